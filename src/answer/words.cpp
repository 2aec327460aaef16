#include "answer/words.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <string>

#include "answer/lexicon.h"
#include "answer/passage_text.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

bool is_one_of(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool is_conjunction(std::string_view word) {
  return word == "and" || word == "or" || word == "but" || word == "nor" || word == "while" || word == "because" ||
         word == "although" || word == "if" || word == "whether";
}

WordClass punctuation_class(char32_t c) {
  if (is_one_of(U",;:、，；：—–-/", c)) return WordClass::Comma;
  if (is_one_of(U"([{（【“‘「『《〈", c)) return WordClass::Open;
  if (is_one_of(U")]}）】”’」』》〉\"'", c)) return WordClass::Close;
  return WordClass::Stop;
}

WordClass latin_class(std::string_view word) {
  const std::string lower = lower_case(word);
  if (word[0] >= '0' && word[0] <= '9') return WordClass::Number;
  if (is_english_number_word(lower)) return WordClass::Number;
  if (is_english_determiner(lower)) return WordClass::Determiner;
  if (is_conjunction(lower)) return WordClass::Conjunction;
  if (is_english_preposition(lower)) return WordClass::Preposition;
  if (is_english_auxiliary(lower)) return WordClass::Auxiliary;
  if (word[0] >= 'A' && word[0] <= 'Z') return WordClass::Capital;
  if (is_english_pronoun(lower)) return WordClass::Pronoun;
  if (lower.size() > 4 && (lower.ends_with("ed") || lower.ends_with("ing") || lower.ends_with("ly")))
    return WordClass::Verbal;
  return WordClass::Lower;
}

WordClass chinese_class(std::string_view word) {
  static constexpr std::string_view kMeasures[] = {"年", "月", "日", "个", "人", "公里", "米",   "元",       "次",
                                                   "名", "座", "位", "岁", "号", "世纪", "年代", "平方公里", "公斤",
                                                   "吨", "只", "种", "条", "部", "集",   "届",   "间",       "所",
                                                   "支", "家", "度", "分", "秒", "小时", "天"};
  if (std::find(std::begin(kMeasures), std::end(kMeasures), word) != std::end(kMeasures)) return WordClass::Measure;
  bool particles = true, numerals = true;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = text::next_code_point(word, at);
    particles = particles && is_chinese_function_character(c);
    numerals = numerals && is_chinese_numeral(c);
  }
  return numerals ? WordClass::Number : particles ? WordClass::Particle : WordClass::Ideographs;
}

WordClass class_of_word(std::string_view word) {
  std::size_t at = 0;
  const char32_t first = text::next_code_point(word, at);
  const auto kind = text::class_of(first);
  if (text::is_cjk(kind)) return chinese_class(word);
  if (kind == text::CharacterClass::Letter || kind == text::CharacterClass::Digit) return latin_class(word);
  return punctuation_class(first);
}

bool is_latin_word(WordClass kind) {
  return kind <= WordClass::Verbal;
}

/// Joins "well" "-" "known" and "1939" "–" "1945" when no space stands between.
void join_hyphens(std::string_view text, std::vector<Word>& words) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool hyphen = words[i].range.size() == 1 && text[words[i].range.begin] == '-';
    if (out > 0 && hyphen && i + 1 < words.size() && is_latin_word(words[out - 1].kind) &&
        is_latin_word(words[i + 1].kind) && words[out - 1].range.end == words[i].range.begin &&
        words[i + 1].range.begin == words[i].range.end) {
      words[out - 1].range.end = words[++i].range.end;
      continue;
    }
    words[out++] = words[i];
  }
  words.resize(out);
}

}  // namespace

struct WordFinder::State {
  UBreakIterator* breaker = nullptr;
  ~State() {
    if (breaker != nullptr) ubrk_close(breaker);
  }
};

WordFinder::WordFinder() : state_(std::make_unique<State>()) {
  UErrorCode status = U_ZERO_ERROR;
  state_->breaker = ubrk_open(UBRK_WORD, "zh", nullptr, 0, &status);
}
WordFinder::~WordFinder() = default;
WordFinder::WordFinder(WordFinder&&) noexcept = default;
WordFinder& WordFinder::operator=(WordFinder&&) noexcept = default;

std::vector<Word> WordFinder::words_of(std::string_view sentence, std::size_t limit) {
  std::vector<Word> words;
  if (state_->breaker == nullptr || sentence.empty()) return words;
  UErrorCode status = U_ZERO_ERROR;
  UText* const text = utext_openUTF8(nullptr, sentence.data(), static_cast<std::int64_t>(sentence.size()), &status);
  ubrk_setUText(state_->breaker, text, &status);
  if (U_SUCCESS(status)) {
    std::int32_t begin = ubrk_first(state_->breaker);
    for (std::int32_t end = ubrk_next(state_->breaker); end != UBRK_DONE && words.size() < limit;
         begin = end, end = ubrk_next(state_->breaker)) {
      const ByteRange range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
      const char first = sentence[range.begin];
      if (range.empty() || first == ' ' || first == '\n' || first == '\t' || first == '\r') continue;
      words.push_back({range, class_of_word(range.of(sentence))});
    }
  }
  utext_close(text);
  join_hyphens(sentence, words);
  return words;
}

}  // namespace openbook::answer
