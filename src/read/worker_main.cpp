#include "read/registry.h"
#include "read/worker.h"

/// openbook-reader: reads every format but PDF, one locked-in child process for each file.
int main() {
  openbook::read::WorkerProgram program;
  program.readers = openbook::read::readers();
  return openbook::read::serve_jobs(program);
}
