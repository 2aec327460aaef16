#include "answer/named_edition.h"

#include <algorithm>
#include <string>

#include "answer/editions.h"

namespace openbook::answer {
namespace {

/// What is left of the weight of a term that only names the edition.
constexpr float kNaming = 0.15f;
/// Log odds against other editions of the work, and against other documents: the question says whose words it wants.
constexpr float kOtherEdition = -4;
constexpr float kOtherDocument = -2;

/// The title and, of a document's first passage, the lines up to the first blank one.
std::string opening_of(const book::Passage& passage) {
  constexpr std::size_t kLongest = 200;
  std::string opening = passage.document.title;
  if (passage.chunk.range.begin > 3) return opening;
  const std::size_t blank = passage.text.find("\n\n");
  return blank < kLongest ? opening + "\n" + passage.text.substr(0, blank) : opening;
}

void discount(const std::vector<std::uint64_t>& titles, int year, Question& question) {
  const std::string digits = std::to_string(year);
  float sum = 0, kept = 0;
  std::vector<float> weights;
  for (const QuestionTerm& term : question.terms) {
    const std::string_view word = term.range.of(question.lower);
    const bool names = holds(titles, term.hash) || word.find(digits) != std::string_view::npos ||
                       word.find("版") != std::string_view::npos || word.starts_with("edition") ||
                       word.starts_with("version");
    weights.push_back(names ? kNaming * term.weight : term.weight);
    sum += weights.back();
    kept += names ? 0 : term.weight;
  }
  if (kept <= 0) return;  // The question asks about the edition itself.
  for (std::size_t i = 0; i < weights.size(); ++i) question.terms[i].weight = weights[i];
  question.weight = sum;
}

}  // namespace

NamedEdition read_named_edition(text::Tokeniser& tokeniser, std::span<const book::Passage> passages,
                                Question& question) {
  NamedEdition named;
  const int year = edition_named(question.text);
  if (year == 0) return named;
  std::vector<const book::DocumentRef*> editions;
  for (const book::Passage& passage : passages)
    if (edition_of(passage.document) == year) editions.push_back(&passage.document);
  if (editions.empty()) return named;
  named.year = year;
  std::vector<std::uint64_t> titles;
  for (const book::Passage& passage : passages) {
    const book::DocumentRef& document = passage.document;
    const bool of_work = std::any_of(editions.begin(), editions.end(),
                                     [&](const auto* edition) { return same_work(*edition, document); });
    const bool of_year = edition_of(document) == year;
    named.shifts.push_back(of_year ? 0.0f : of_work ? kOtherEdition : kOtherDocument);
    if (!of_year && !of_work) continue;
    for (const Term& term : terms_of(tokeniser, opening_of(passage))) titles.push_back(term.hash);
  }
  std::sort(titles.begin(), titles.end());
  discount(titles, year, question);
  return named;
}

}  // namespace openbook::answer
