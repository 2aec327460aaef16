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
  constexpr std::uint64_t kPassagesKept[] = {30, 60, 150};
  const std::uint64_t seed = hash64(question.id), size = source.set.passages.size();
  for (std::uint32_t p = 0; p < source.set.passages.size(); ++p) {
    const bool kept = hash64(source.set.passages[p].id, seed) % size < kPassagesKept[seed % 3];
    if (!kept && p != question.passage) hidden.passages.push_back(p);
  }
  std::sort(hidden.passages.begin(), hidden.passages.end());
  hidden.passages.erase(std::unique(hidden.passages.begin(), hidden.passages.end()), hidden.passages.end());
  return hidden;
}

/// Questions of readers are shorter than those of people who write them beside the passage. Chinese ones stay whole: a
/// stretch without some of its characters is no question.
std::string shortened(text::Tokeniser& tokeniser, const LabelledQuestion& question) {
  const std::uint64_t seed = hash64(question.id, 1);
  std::vector<std::pair<std::uint64_t, ByteRange>> words;
  for (const auto& token : text::tokens_of(tokeniser, question.text)) {
    if (token.kind == text::TokenKind::Bigram || token.kind == text::TokenKind::Character) return question.text;
    if (token.stop_word || (!words.empty() && words.back().second.overlaps(token.range))) continue;
    words.push_back({hash64(token.term, seed), token.range});
  }
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text = question.text;
  for (std::size_t i = 2 + seed % 2; i < words.size(); ++i)
    std::fill(text.begin() + words[i].second.begin, text.begin() + words[i].second.end, ' ');
  return text;
}

}  // namespace

Case make_case(text::Tokeniser& tokeniser, const Source& source, std::uint32_t question_index, Hide hide,
               Sample sample) {
  Case out;
  out.source = &source;
  out.question_index = question_index;
  const LabelledQuestion& labelled = out.labelled();
  const Hidden hidden = hidden_of(source, labelled, hide, sample);
  out.text = sample == Sample::Short ? shortened(tokeniser, labelled) : labelled.text;
  out.found = source.library->search(tokeniser, out.text, hidden, kPassages);
  out.question = read_question(tokeniser, out.text, Rarity(out.found.evidence));
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
