#include <cstdint>
#include <cstdlib>

#include "read/encoding.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string declared = openbook::read::declared_encoding(bytes);
  if (!openbook::text::is_valid_utf8(openbook::read::decode_text(bytes, declared).utf8)) std::abort();
  return 0;
}
