#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/pdf/pdf.h"

/// Any bytes as a PDF: an Error or a document, never a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  static const std::unique_ptr<read::Reader> reader = read::make_pdf_reader();
  read::ReadOptions options;
  options.max_pages = 20;
  const book::Blob blob{"/fuzz.pdf", "fuzz.pdf", "", {reinterpret_cast<const char*>(data), size}};
  (void)reader->read(blob, options, [](book::Document) { return Status{}; });
  return 0;
}
