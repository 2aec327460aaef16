// Build-time program: prints the sound of each Chinese character, without tones, from ICU's Han-Latin rules, which take
// a tenth of a second to load: too long for a question that may hold a slip of the pen.
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

int main() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> sound(
      icu::Transliterator::createInstance("Han-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  if (U_FAILURE(status)) {
    std::fprintf(stderr, "ICU has no Han-Latin transliteration: %s\n", u_errorName(status));
    return 1;
  }
  // One number for each syllable, 0 for characters without one; the characters are U+4E00 to U+9FFF in order.
  std::map<std::string, int> syllables;
  for (UChar32 c = 0x4E00; c <= 0x9FFF; ++c) {
    icu::UnicodeString text(c);
    sound->transliterate(text);
    std::string syllable;
    text.toUTF8String(syllable);
    const bool sounded = !syllable.empty() && syllable[0] >= 'a' && syllable[0] <= 'z';
    const int number = sounded ? syllables.emplace(syllable, static_cast<int>(syllables.size()) + 1).first->second : 0;
    std::printf("%d,%c", number, c % 16 == 15 ? '\n' : ' ');
  }
  return 0;
}
