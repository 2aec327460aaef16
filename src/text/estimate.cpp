#include "text/estimate.h"

#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::text {

std::size_t estimate_tokens(std::string_view text) {
  std::size_t twelfths = 0;  // In twelfths of a token, so that quarters and thirds stay whole numbers.
  std::size_t letters = 0;
  std::size_t digits = 0;
  const auto close_runs = [&] {
    twelfths += (letters + 3) / 4 * 12 + (digits + 2) / 3 * 12;
    letters = digits = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    switch (class_of(c)) {
      case CharacterClass::Letter:
      case CharacterClass::Mark:
        letters += c < 0x250 ? 1 : 2;
        break;
      case CharacterClass::Digit:
        ++digits;
        break;
      case CharacterClass::Ideograph:
      case CharacterClass::Kana:
      case CharacterClass::Hangul:
        close_runs(), twelfths += 9;
        break;
      case CharacterClass::Space:
        close_runs();
        break;
      case CharacterClass::Punctuation:
      case CharacterClass::Other:
        close_runs(), twelfths += 12;
        break;
    }
  }
  close_runs();
  return (twelfths + 11) / 12;
}

}  // namespace openbook::text
