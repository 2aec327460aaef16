#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/pptx.h"

/// Whatever the bytes, the pptx reader returns.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const openbook::book::Blob blob{"/f.pptx", "f.pptx", "", bytes};
  (void)openbook::read::make_pptx_reader()->read(blob, {},
                                                 [](openbook::book::Document) -> openbook::Status { return {}; });
  return 0;
}
