#include "answer/compose.h"

#include <algorithm>

#include "answer/phrases.h"

namespace openbook::answer {
namespace {

constexpr std::size_t kMaxRelated = 3;

std::string label_of(const book::Passage& passage) {
  return passage.chunk.heading.empty() ? passage.document.title : passage.chunk.heading.back();
}

bool ends_sentence(std::string_view text) {
  for (const std::string_view mark : {"。", "！", "？", "”", "」", ".", "!", "?", "\n"})
    if (text.ends_with(mark)) return true;
  return false;
}

}  // namespace

int Composer::cite(const book::Passage& passage, ByteRange text_range, bool nearest) {
  const ByteRange range{passage.markdown_offset(text_range.begin), passage.markdown_offset(text_range.end)};
  for (const book::Citation& citation : answer_.citations)
    if (citation.document.id == passage.document.id && citation.range == range) return citation.number;
  book::Citation citation;
  citation.number = static_cast<int>(answer_.citations.size()) + 1;
  citation.document = passage.document;
  citation.range = range;
  citation.quote = std::string(text_range.of(passage.text));
  citation.heading = passage.chunk.heading;
  citation.location = passage.source.resolve(range);
  citation.nearest = nearest;
  answer_.citations.push_back(std::move(citation));
  return answer_.citations.back().number;
}

void Composer::say(std::string text, std::vector<int> citations, bool context) {
  answer_.sentences.push_back({std::move(text), std::move(citations), context});
}

void Composer::add(const Reading& reading, const Choice& choice) {
  for (const Chosen& chosen : choice.chosen) {
    const Statement& statement = chosen.statement;
    std::vector<int> numbers{cite(reading.passages[statement.passage], statement.range, false)};
    for (const Statement& other : chosen.also)
      numbers.push_back(cite(reading.passages[other.passage], other.range, false));
    if (!statement.context.empty() && !chosen.older) say(statement.context, numbers, true);
    const std::string& title = reading.passages[statement.passage].document.title;
    say(chosen.older ? older_edition_text(language_, title, statement.text) : statement.text, std::move(numbers));
  }
}

void Composer::add_not_held(std::string_view part) {
  say(part_not_held_text(language_, part), {});
}

void Composer::add_nearest(const Reading& reading, int max_sources) {
  std::vector<std::uint32_t> seen;
  for (const RankedSentence& sentence : reading.ranking.sentences) {
    if (static_cast<int>(seen.size()) >= max_sources) break;
    if (std::find(seen.begin(), seen.end(), sentence.passage) != seen.end()) continue;
    seen.push_back(sentence.passage);
    const Unit& unit = reading.views[sentence.passage].text->units[sentence.unit];
    cite(reading.passages[sentence.passage], unit.range, true);
  }
}

void Composer::add_related(const Reading& reading) {
  std::vector<std::size_t> order(reading.passages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return reading.ranking.passage_raw[a] > reading.ranking.passage_raw[b];
  });
  for (std::size_t p : order) {
    if (answer_.related.size() >= kMaxRelated) return;
    const std::string label = label_of(reading.passages[p]);
    const bool cited = std::any_of(answer_.citations.begin(), answer_.citations.end(), [&](const book::Citation& c) {
      return !c.nearest && (c.heading.empty() ? c.document.title : c.heading.back()) == label;
    });
    if (label.empty() || cited ||
        std::find(answer_.related.begin(), answer_.related.end(), label) != answer_.related.end())
      continue;
    answer_.related.push_back(label);
  }
}

book::Answer Composer::take(bool answered) {
  answer_.answered = answered;
  if (!answered) {
    answer_.sentences.clear();
    say(not_held_text(language_), {});
  }
  bool open_end = false;
  for (const book::AnswerSentence& sentence : answer_.sentences) {
    // Chinese sentences follow each other without a gap, but a table row before one has no full stop of its own.
    if (!answer_.text.empty()) answer_.text += open_end ? " " : sentence_gap(language_);
    open_end = !ends_sentence(sentence.text);
    answer_.text += sentence.text;
    // The sentence before shares its citation with the one that follows.
    if (sentence.context) continue;
    if (!sentence.citations.empty() && sentence_gap(language_) == " ") answer_.text += " ";
    for (int number : sentence.citations) {
      answer_.text += '[';
      answer_.text += std::to_string(number);
      answer_.text += ']';
    }
  }
  return std::move(answer_);
}

}  // namespace openbook::answer
