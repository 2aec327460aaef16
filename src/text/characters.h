#pragma once

#include <cstdint>

namespace openbook::text {

/// What a code point is to a tokeniser. Ideographs and kana and Hangul are written without reliable spaces.
enum class CharacterClass : std::uint8_t { Space, Letter, Digit, Ideograph, Kana, Hangul, Mark, Punctuation, Other };

CharacterClass class_of(char32_t code_point);

inline bool is_cjk(CharacterClass c) {
  return c == CharacterClass::Ideograph || c == CharacterClass::Kana || c == CharacterClass::Hangul;
}
inline bool is_cjk(char32_t code_point) {
  return code_point >= 0x1100 && is_cjk(class_of(code_point));
}

}  // namespace openbook::text
