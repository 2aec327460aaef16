#include "answer/question.h"

#include <algorithm>
#include <cmath>

#include "answer/lexicon.h"
#include "answer/overlap.h"
#include "base/hash.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

constexpr std::size_t kMaxQuestionBytes = 2000;

/// English words that shape a question without being its matter, beyond the tokeniser's stop words.
constexpr std::string_view kFrameWords[] = {"many", "much", "name", "type",      "kind",    "sort",   "term", "called",
                                            "also", "did",  "does", "according", "besides", "please", "tell"};

bool is_frame_word(std::string_view word) {
  return std::find(std::begin(kFrameWords), std::end(kFrameWords), word) != std::end(kFrameWords);
}

bool holds_function_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_chinese_function_character(text::next_code_point(text, at))) return true;
  return false;
}

bool begins_with_capital(std::string_view word) {
  return !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
}

bool compares(std::string_view lower) {
  static constexpr std::string_view kCues[] = {" most ", " first", " only ",   "largest", "highest",
                                               "oldest", " last ", "smallest", "longest", " main ",
                                               "最",     "第一",   "首",       "唯一"};
  return std::any_of(std::begin(kCues), std::end(kCues),
                     [&](auto cue) { return lower.find(cue) != std::string_view::npos; });
}

float weight_of(const Term& term, const Question& question, const Rarity& rarity) {
  const std::string_view word = term.range.of(question.lower);
  if (term.stop_word || term.range.overlaps(question.frame.asked)) return 0;
  const float idf = rarity.idf(term.hash);
  if (term.kind == text::TokenKind::Bigram) return holds_function_character(word) ? 0.5f * idf : idf;
  if (is_frame_word(word)) return 0.3f * idf;
  return term.kind == text::TokenKind::Part ? 0.5f * idf : idf;
}

void add_terms(Question& question, const Rarity& rarity) {
  for (const Term& term : question.sequence) {
    const float weight = weight_of(term, question, rarity);
    const bool seen = std::any_of(question.terms.begin(), question.terms.end(),
                                  [&](const QuestionTerm& other) { return other.hash == term.hash; });
    if (weight <= 0 || seen || question.terms.size() >= kMaxQuestionTerms) continue;
    QuestionTerm out{term.hash, weight, term.range, false, false, false};
    const std::string_view surface = term.range.of(question.text);
    out.number = term.kind == text::TokenKind::Number;
    out.name = term.range.begin > 0 && begins_with_capital(surface);
    for (const ByteRange& quote : question.quotes) out.name |= quote.contains(term.range);
    out.asked_for = question.frame.after.overlaps(term.range) || question.frame.before.overlaps(term.range);
    question.weight += weight;
    question.terms.push_back(out);
  }
}

}  // namespace

Rarity::Rarity(const book::Evidence& evidence) {
  const auto chunks = static_cast<double>(std::max<std::uint64_t>(evidence.chunk_count, 1));
  double sum = 0;
  for (const book::TermStatistics& term : evidence.terms) {
    const double df = std::min(static_cast<double>(term.document_frequency), chunks);
    const auto idf = static_cast<float>(std::log(1 + (chunks - df + 0.5) / (df + 0.5)));
    idf_.emplace(hash64(term.term), idf);
    sum += idf;
  }
  mean_ = evidence.terms.empty() ? static_cast<float>(std::log(1 + chunks)) * 0.5f
                                 : static_cast<float>(sum / static_cast<double>(evidence.terms.size()));
}

float Rarity::idf(std::uint64_t hash) const {
  const auto found = idf_.find(hash);
  return found == idf_.end() ? mean_ : found->second;
}

Question read_question(text::Tokeniser& tokeniser, std::string_view text, const Rarity& rarity) {
  Question question;
  question.text = text::utf8_prefix(text, kMaxQuestionBytes);
  question.lower = lower_case(question.text);
  question.frame = frame_of(question.text);
  for (const Mark& mark : marks_of(question.text))
    if (mark.kind == MarkKind::Quote) question.quotes.push_back(mark.range);
  question.sequence = terms_of(tokeniser, question.text);
  add_terms(question, rarity);
  for (const QuestionTerm& term : question.terms) question.known.push_back(term.hash);
  std::sort(question.known.begin(), question.known.end());
  for (const Term& term : question.sequence) question.heard.push_back(term.hash);
  std::sort(question.heard.begin(), question.heard.end());
  question.heard.erase(std::unique(question.heard.begin(), question.heard.end()), question.heard.end());
  std::string without_asked = question.lower;
  const ByteRange asked = question.frame.asked;
  std::fill(without_asked.begin() + asked.begin, without_asked.begin() + asked.end, ' ');
  question.grams = grams_of(without_asked);
  question.compares = compares(question.lower);
  return question;
}

}  // namespace openbook::answer
