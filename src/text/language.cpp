#include "text/language.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/characters.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::text {
namespace {

constexpr std::size_t kSample = 1024;

/// Function words that no other language of the list shares, or only rarely: enough of them decides.
struct FunctionWords {
  const char* language;
  std::array<std::string_view, 14> words;
};
constexpr FunctionWords kFunctionWords[] = {
    {"en", {"the", "of", "and", "to", "is", "that", "for", "with", "as", "was", "are", "this", "from", "by"}},
    {"de", {"der", "die", "und", "das", "ist", "nicht", "den", "von", "mit", "ein", "eine", "auf", "dem", "zu"}},
    {"fr", {"le", "la", "les", "et", "des", "est", "une", "du", "dans", "que", "pour", "qui", "au", "sur"}},
    {"es", {"el", "los", "las", "y", "del", "una", "es", "por", "con", "para", "como", "su", "se", "lo"}},
    {"it", {"il", "di", "che", "della", "per", "un", "non", "sono", "gli", "una", "con", "dei", "nel", "piu"}},
    {"pt", {"os", "da", "em", "um", "uma", "nao", "ao", "dos", "pelo", "pela", "mais", "foi", "sao", "das"}},
    {"nl", {"het", "een", "van", "en", "niet", "dat", "voor", "zijn", "op", "met", "aan", "ook", "door", "de"}},
};

struct ScriptCounts {
  std::size_t latin = 0, han = 0, kana = 0, hangul = 0, cyrillic = 0, other = 0;
  UScriptCode other_script = USCRIPT_UNKNOWN;
};

ScriptCounts count_scripts(std::string_view sample) {
  ScriptCounts counts;
  for (std::size_t at = 0; at < sample.size();) {
    const char32_t c = next_code_point(sample, at);
    switch (class_of(c)) {
      case CharacterClass::Ideograph:
        ++counts.han;
        break;
      case CharacterClass::Kana:
        ++counts.kana;
        break;
      case CharacterClass::Hangul:
        ++counts.hangul;
        break;
      case CharacterClass::Letter: {
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
        if (script == USCRIPT_LATIN)
          ++counts.latin;
        else if (script == USCRIPT_CYRILLIC)
          ++counts.cyrillic;
        else
          ++counts.other, counts.other_script = script;
        break;
      }
      default:
        break;
    }
  }
  return counts;
}

std::string_view language_of_script(UScriptCode script) {
  constexpr std::pair<UScriptCode, std::string_view> kLanguages[] = {
      {USCRIPT_GREEK, "el"}, {USCRIPT_ARABIC, "ar"},     {USCRIPT_HEBREW, "he"},
      {USCRIPT_THAI, "th"},  {USCRIPT_DEVANAGARI, "hi"}, {USCRIPT_ARMENIAN, "hy"}};
  for (const auto& [known, language] : kLanguages)
    if (known == script) return language;
  return "und";
}

std::string latin_language(std::string_view sample) {
  std::array<std::size_t, std::size(kFunctionWords)> hits{};
  const std::string folded = fold(sample);
  for (std::size_t begin = 0; begin < folded.size();) {
    std::size_t end = begin;
    while (end < folded.size() && folded[end] >= 'a' && folded[end] <= 'z') ++end;
    const std::string_view word(folded.data() + begin, end - begin);
    for (std::size_t i = 0; i < hits.size(); ++i)
      hits[i] += std::find(kFunctionWords[i].words.begin(), kFunctionWords[i].words.end(), word) !=
                 kFunctionWords[i].words.end();
    begin = end + 1;
  }
  // English unless the evidence is plain: short questions and code hold few function words, and are mostly English.
  const auto best = std::max_element(hits.begin(), hits.end());
  return *best >= 3 && *best > 2 * hits[0] ? kFunctionWords[best - hits.begin()].language : "en";
}

std::string_view sample_of(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t count = 0; count < kSample && at < text.size(); ++count) next_code_point(text, at);
  return text.substr(0, at);
}

}  // namespace

std::string language_of(std::string_view text) {
  const std::string_view sample = sample_of(text);
  const ScriptCounts n = count_scripts(sample);
  const std::size_t cjk = n.han + n.kana + n.hangul;
  // One ideograph carries about as much as four Latin letters: manuals full of code are still Chinese.
  if (cjk * 4 >= n.latin + n.cyrillic + n.other && cjk > 0) {
    if (n.hangul * 2 > cjk) return "ko";
    return n.kana * 12 > cjk ? "ja" : "zh";
  }
  if (n.cyrillic > n.latin && n.cyrillic >= n.other) return "ru";
  if (n.other > n.latin) return std::string(language_of_script(n.other_script));
  return n.latin > 0 ? latin_language(sample) : "und";
}

bool is_mostly_cjk(std::string_view text) {
  const ScriptCounts n = count_scripts(sample_of(text));
  const std::size_t cjk = n.han + n.kana + n.hangul;
  return cjk * 5 > cjk + n.latin + n.cyrillic + n.other;
}

}  // namespace openbook::text
