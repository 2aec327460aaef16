#include "text/characters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace openbook::text {
namespace {

CharacterClass ascii_class(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return CharacterClass::Letter;
  if (c >= '0' && c <= '9') return CharacterClass::Digit;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return CharacterClass::Space;
  return c > ' ' && c < 0x7F ? CharacterClass::Punctuation : CharacterClass::Other;
}

}  // namespace

CharacterClass class_of(char32_t code_point) {
  if (code_point < 0x80) return ascii_class(code_point);
  // The common blocks first: a table look-up a character would be spent on nearly every byte of Chinese text.
  if (code_point >= 0x4E00 && code_point <= 0x9FFF) return CharacterClass::Ideograph;
  if (code_point >= 0x3041 && code_point <= 0x30FF && code_point != 0x30FB) return CharacterClass::Kana;
  if (code_point >= 0xAC00 && code_point <= 0xD7A3) return CharacterClass::Hangul;
  const UChar32 c = static_cast<UChar32>(code_point);
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return CharacterClass::Ideograph;
  switch (u_charType(c)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER: {
      UErrorCode status = U_ZERO_ERROR;
      const UScriptCode script = code_point >= 0x1100 ? uscript_getScript(c, &status) : USCRIPT_LATIN;
      if (script == USCRIPT_HANGUL) return CharacterClass::Hangul;
      if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_BOPOMOFO)
        return CharacterClass::Kana;
      return CharacterClass::Letter;
    }
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
      return CharacterClass::Digit;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharacterClass::Mark;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return CharacterClass::Space;
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
      return CharacterClass::Other;
    default:
      return CharacterClass::Punctuation;
  }
}

}  // namespace openbook::text
