#include "read/markdown.h"
#include "reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return openbook::read::fuzz_reader(*openbook::read::make_markdown_reader(), "page.md", data, size);
}
