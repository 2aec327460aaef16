// Build-time program: prints ICU's Traditional → Simplified transliteration as a sorted table of single characters, so
// that the running program neither parses ICU's rules at start-up nor carries a table of its own making.
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <cstdio>
#include <memory>

int main() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> simplify(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status)) {
    std::fprintf(stderr, "ICU has no Traditional-Simplified transliteration: %s\n", u_errorName(status));
    return 1;
  }
  for (UChar32 c = 0x3400; c <= 0xFAFF; ++c) {
    if (c == 0xA000) c = 0xF900;  // Only the blocks that hold ideographs.
    icu::UnicodeString text(c);
    simplify->transliterate(text);
    if (text.countChar32() == 1 && text.char32At(0) != c && text.char32At(0) <= 0xFFFF)
      std::printf("{0x%04X, 0x%04X},\n", static_cast<unsigned>(c), static_cast<unsigned>(text.char32At(0)));
  }
  return 0;
}
