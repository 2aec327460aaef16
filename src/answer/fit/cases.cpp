#include "answer/fit/cases.h"

#include <algorithm>
#include <thread>

#include "answer/fit/measure.h"
#include "base/hash.h"

namespace openbook::answer::fit {
namespace {

Hidden hidden_of(const Source& source, const LabelledQuestion& question, Hide hide, Sample sample) {
  Hidden hidden;
  if (hide == Hide::Passage) hidden.passages = {question.passage};
  if (hide == Hide::Article) hidden = source.library->article_of(question.passage);
  if (sample == Sample::Whole) return hidden;
  constexpr std::uint64_t kPerMille[] = {20, 50, 150};
  const std::uint64_t seed = hash64(question.id);
  for (std::uint32_t p = 0; p < source.set.passages.size(); ++p) {
    const bool kept = hash64(source.set.passages[p].id, seed) % 1000 < kPerMille[seed % 3];
    if (!kept && p != question.passage) hidden.passages.push_back(p);
  }
  std::sort(hidden.passages.begin(), hidden.passages.end());
  hidden.passages.erase(std::unique(hidden.passages.begin(), hidden.passages.end()), hidden.passages.end());
  return hidden;
}

}  // namespace

Case make_case(text::Tokeniser& tokeniser, const Source& source, std::uint32_t question_index, Hide hide,
               Sample sample) {
  Case out;
  out.source = &source;
  out.question_index = question_index;
  const LabelledQuestion& labelled = out.labelled();
  const Hidden hidden = hidden_of(source, labelled, hide, sample);
  out.found = source.library->search(tokeniser, labelled.text, hidden, kPassages);
  out.question = read_question(tokeniser, labelled.text, Rarity(out.found.evidence));
  out.chinese = out.question.frame.chinese;
  out.fold = static_cast<int>(hash64(source.set.passages[labelled.passage].title) % kFolds);
  for (const std::string& answer : labelled.answers) out.answers.push_back(comparable(answer));
  for (std::size_t i = 0; i < out.found.passages.size(); ++i) {
    const std::uint32_t passage = out.found.passages[i];
    if (passage == labelled.passage) out.gold = static_cast<int>(i);
    const PassageText& text = source.library->text(passage);
    out.views.push_back({&text, out.found.scores[i]});
    auto& right = out.right.emplace_back();
    for (const Unit& unit : text.units)
      right.push_back(contains_answer(comparable(unit.range.of(source.set.passages[passage].text)), out.answers));
  }
  out.ranking = read_overlaps(out.question, out.views);
  return out;
}

std::vector<Case> make_cases(const Source& source, const std::vector<std::uint32_t>& questions, Hide hide,
                             Sample sample) {
  std::vector<Case> cases(questions.size());
  const auto work = [&](std::size_t first) {
    text::Tokeniser tokeniser;
    for (std::size_t i = first; i < questions.size(); i += 2)
      cases[i] = make_case(tokeniser, source, questions[i], hide, sample);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  return cases;
}

Result<std::unique_ptr<Source>> load_source(const std::string& data, const std::string& name) {
  auto source = std::make_unique<Source>();
  OB_TRY(source->set, load_set(data, name));
  text::Tokeniser tokeniser;
  source->library = std::make_unique<Library>(tokeniser, source->set);
  return source;
}

}  // namespace openbook::answer::fit
