#include "answer/fit/span_cases.h"

#include <thread>

#include "answer/fit/measure.h"

namespace openbook::answer::fit {
namespace {

SpanCase make_span_case(WordFinder& finder, const Case& c) {
  std::vector<SpanSource> sources;
  for (const RankedSentence& sentence : c.ranking.sentences) {
    if (sources.size() == kSpanSentences) break;
    const Unit& unit = c.views[sentence.passage].text->units[sentence.unit];
    const Passage& passage = c.source->set.passages[c.found.passages[sentence.passage]];
    sources.push_back({&unit, unit.range.of(passage.text), sentence.log_probability});
  }
  SpanCase out;
  out.search = read_spans(finder, c.question, sources);
  for (const SpanCandidate& candidate : out.search.candidates)
    out.f1.push_back(best_f1(comparable(candidate.range.of(sources[candidate.sentence].text)), c.answers));
  return out;
}

}  // namespace

std::vector<SpanCase> make_span_cases(const std::vector<Case>& cases) {
  std::vector<SpanCase> out(cases.size());
  const auto work = [&](std::size_t first) {
    WordFinder finder;
    for (std::size_t i = first; i < cases.size(); i += 2) out[i] = make_span_case(finder, cases[i]);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  return out;
}

}  // namespace openbook::answer::fit
