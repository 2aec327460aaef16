#include <cstddef>
#include <cstdint>

#include "read/pdf/pdf.h"
#include "reader_fuzz.h"

/// Any bytes as a PDF.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return openbook::read::fuzz_reader(*openbook::read::make_pdf_reader(), "fuzz.pdf", data, size);
}
