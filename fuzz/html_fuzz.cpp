#include "read/html.h"
#include "reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return openbook::read::fuzz_reader(*openbook::read::make_html_reader(), "page.html", data, size);
}
