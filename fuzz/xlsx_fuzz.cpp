#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/xlsx.h"

/// Whatever the bytes, the xlsx reader returns.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const openbook::book::Blob blob{"/f.xlsx", "f.xlsx", "", bytes};
  (void)openbook::read::make_xlsx_reader()->read(blob, {},
                                                 [](openbook::book::Document) -> openbook::Status { return {}; });
  return 0;
}
