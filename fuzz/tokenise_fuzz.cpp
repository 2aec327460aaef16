#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/estimate.h"
#include "text/language.h"
#include "text/normalise.h"
#include "text/tokenise.h"
#include "text/utf8.h"

/// Any bytes as text: terms are UTF-8 within the text, and normalising gives UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  static text::Tokeniser tokeniser;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::uint32_t begin = 0;
  tokeniser.visit(bytes, [&](const text::Token& token) {
    if (token.range.begin < begin || token.range.end > size || token.range.begin >= token.range.end) std::abort();
    if (token.term.empty() || !text::is_valid_utf8(token.term)) std::abort();
    begin = token.range.begin;
  });
  if (!text::is_valid_utf8(text::fold(bytes)) || !text::is_valid_utf8(text::to_nfc(text::to_valid_utf8(bytes))))
    std::abort();
  text::language_of(bytes);
  text::is_mostly_cjk(bytes);
  text::estimate_tokens(bytes);
  return 0;
}
