#include "read/pdf/pdf.h"
#include "read/worker.h"

namespace {

using openbook::read::ReaderEntry;

constexpr ReaderEntry kReaders[] = {{"pdf", {}, nullptr, openbook::read::make_pdf_reader, "openbook-reader-pdf"}};

}  // namespace

/// openbook-reader-pdf: reads PDF by poppler, which is GPL; hence a program of its own.
int main() {
  openbook::read::WorkerProgram program;
  program.readers = kReaders;
  // Encodings of Chinese, Japanese and Korean fonts that a PDF names without holding them, and fonts to draw a page
  // with before it is recognised.
  program.readable_paths = {"/usr/share/poppler", "/usr/share/fonts",      "/usr/local/share/fonts",
                            "/etc/fonts",         "/usr/share/fontconfig", "/var/cache/fontconfig"};
  program.warm_up = openbook::read::warm_up_pdf;
  return openbook::read::serve_jobs(program);
}
