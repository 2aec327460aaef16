#include "answer/explain.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "answer/kind.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(value));
  return text;
}

std::string excerpt(std::string_view text) {
  std::string out(text::utf8_prefix(text, 120));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out.size() < text.size() ? out + " …" : out;
}

float value_of(const SentenceFeatures& features, SentenceFeature feature) {
  return features[static_cast<std::size_t>(feature)];
}

constexpr std::size_t kShown = 5;

}  // namespace

book::TraceStep explain_question(const Question& question) {
  book::TraceStep step{"question", 0, {}};
  step.facts.push_back({"asks for", name_of(question.frame.type)});
  if (const AnswerKind kind = kind_asked(question); kind != AnswerKind::Any)
    step.facts.push_back({"the answer must hold", name_of(kind)});
  step.facts.push_back({"question word", std::string(question.frame.asked.of(question.text))});
  if (!question.frame.after.empty())
    step.facts.push_back({"beside it", std::string(question.frame.after.of(question.text))});
  if (question.frame.wants_steps) step.facts.push_back({"wants", "a procedure"});
  std::string terms;
  for (const QuestionTerm& term : question.terms) {
    if (!terms.empty()) terms += ", ";
    terms += std::string(term.range.of(question.text)) + " " + number(term.weight);
    if (term.name) terms += " (name)";
  }
  step.facts.push_back({"terms and weights", terms.empty() ? "none: nothing to look for" : terms});
  return step;
}

book::TraceStep explain_passages(const Reading& reading) {
  book::TraceStep step{"passages", 0, {}};
  std::vector<std::size_t> order(reading.passages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto& chance = reading.ranking.passage_log_probability;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return chance[a] > chance[b]; });
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
    const PassageOverlap& overlap = reading.ranking.overlaps[order[i]];
    step.facts.push_back(
        {"search rank " + std::to_string(order[i] + 1) + ", " + reading.passages[order[i]].document.title,
         "chance " + number(std::exp(chance[order[i]])) + ", match " + number(overlap.bm25) + ", coverage " +
             number(overlap.coverage) + ", best sentence " + number(overlap.best_coverage)});
  }
  return step;
}

book::TraceStep explain_sentences(const Reading& reading) {
  book::TraceStep step{"sentences", 0, {}};
  for (std::size_t i = 0; i < std::min(kShown, reading.ranking.sentences.size()); ++i) {
    const RankedSentence& s = reading.ranking.sentences[i];
    const SentenceFeatures& f = reading.ranking.features[s.passage][s.unit];
    const Unit& unit = reading.views[s.passage].text->units[s.unit];
    step.facts.push_back({"chance " + number(std::exp(s.log_probability)),
                          excerpt(unit.range.of(reading.passages[s.passage].text)) + " — within its passage " +
                              number(std::exp(s.within)) + ", coverage " +
                              number(value_of(f, SentenceFeature::Coverage)) + ", with title " +
                              number(value_of(f, SentenceFeature::WithTitle)) + ", in order " +
                              number(value_of(f, SentenceFeature::PairShare)) + ", answer type fits " +
                              number(value_of(f, SentenceFeature::TypeFits))});
  }
  return step;
}

book::TraceStep explain_decision(const Decision& decision) {
  book::TraceStep step{"decide", 0, {}};
  for (int i = 0; i < kOwnSignalCount; ++i)
    step.facts.push_back({name_of(static_cast<Signal>(i)), number(decision.signals[static_cast<std::size_t>(i)])});
  step.facts.push_back({"score", number(decision.score)});
  step.facts.push_back({"probability that the library holds the answer", number(decision.probability)});
  step.facts.push_back({"needed", number(decision.threshold)});
  step.facts.push_back({"decision", decision.probability >= decision.threshold ? "answer" : "decline"});
  return step;
}

book::TraceStep explain_choice(const Choice& choice) {
  book::TraceStep step{"choose", 0, {}};
  for (const Chosen& chosen : choice.chosen)
    step.facts.push_back(
        {chosen.older ? "kept, of an older edition" : "kept",
         excerpt(chosen.statement.text) +
             (chosen.also.empty() ? "" : " (also stated in " + std::to_string(chosen.also.size()) + " more)")});
  for (const std::string& why : choice.dropped) step.facts.push_back({"dropped", why});
  return step;
}

}  // namespace openbook::answer
