#include "read/misbehaving_readers.h"
#include "read/worker.h"

int main() {
  openbook::read::WorkerProgram program;
  program.readers = openbook::read::misbehaving_readers();
  return openbook::read::serve_jobs(program);
}
