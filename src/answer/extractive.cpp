#include "answer/extractive.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "answer/choose.h"
#include "answer/compose.h"
#include "answer/explain.h"
#include "answer/named_edition.h"
#include "answer/next_step.h"
#include "answer/spans.h"
#include "answer/weights.h"
#include "base/clock.h"
#include "text/markdown.h"

namespace openbook::answer {
namespace {

constexpr std::size_t kMaxPassages = 20;
constexpr std::size_t kSpanSentences = 3;

/// Tokenisers and word finders are costly to open and not safe concurrently: each call borrows a pair.
struct Tools {
  text::Tokeniser tokeniser;
  WordFinder finder;
};

class ToolShelf {
 public:
  std::unique_ptr<Tools> borrow() {
    const std::lock_guard lock(mutex_);
    if (shelf_.empty()) return std::make_unique<Tools>();
    std::unique_ptr<Tools> tools = std::move(shelf_.back());
    shelf_.pop_back();
    return tools;
  }
  void give_back(std::unique_ptr<Tools> tools) {
    const std::lock_guard lock(mutex_);
    shelf_.push_back(std::move(tools));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Tools>> shelf_;
};

/// The passages that may be used, read once for all parts of a question.
struct Material {
  std::vector<book::Passage> passages;
  std::vector<PassageText> texts;
  std::vector<PassageView> views;
};

Material read_material(Tools& tools, const book::Evidence& evidence) {
  Material material;
  for (const book::Passage& passage : evidence.passages) {
    if (material.passages.size() == kMaxPassages) break;
    if (!passage.dropped.empty() || passage.text.empty()) continue;
    material.passages.push_back(passage);
    material.texts.push_back(read_passage(tools.tokeniser, passage));
  }
  for (std::size_t i = 0; i < material.texts.size(); ++i)
    material.views.push_back({&material.texts[i], material.passages[i].score});
  return material;
}

/// Ranks, and discounts the question's terms that only name an edition.
Ranking rank(Tools& tools, Question& question, const Material& material) {
  const NamedEdition edition = read_named_edition(tools.tokeniser, material.passages, question);
  const AnswererWeights weights = weights_for(question.frame.chinese);
  Ranking ranking = read_overlaps(question, material.views);
  rank_sentences(question, material.views, {weights.sentence, weights.passage}, ranking);
  if (edition.year != 0) shift_passages(edition.shifts, ranking);
  return ranking;
}

/// One part of a question, answered.
struct PartResult {
  Question question;
  Ranking ranking;
  Decision decision;
  Choice choice;
  std::string span;
  bool answered = false;
};

std::string best_span(Tools& tools, const PartResult& part, const Material& material, const AnswererWeights& weights) {
  if (!part.question.frame.wants_span() || part.choice.chosen.empty()) return {};
  const Statement& first = part.choice.chosen.front().statement;
  const Unit& unit = material.texts[first.passage].units[first.unit];
  if (unit.kind == UnitKind::TableRow)
    return cell_asked_for(part.question, material.passages[first.passage].text, unit);
  // The shown sentences, most likely first; an older edition's words are not the answer.
  std::vector<SpanSource> sources;
  for (const Chosen& chosen : part.choice.chosen) {
    const Statement& s = chosen.statement;
    const Unit& u = material.texts[s.passage].units[s.unit];
    if (chosen.older || u.kind == UnitKind::TableRow) continue;
    sources.push_back({&u, u.range.of(material.passages[s.passage].text), s.log_probability});
    // "She drew the chart": who she is stands in the sentence before.
    if (s.context.empty() || part.question.frame.type != QuestionType::Who) continue;
    const Unit& before = material.texts[s.passage].units[s.unit - 1];
    sources.push_back({&before, before.range.of(material.passages[s.passage].text), s.log_probability});
  }
  for (const RankedSentence& s : part.ranking.sentences) {
    if (sources.size() >= kSpanSentences) break;
    const Unit& u = material.texts[s.passage].units[s.unit];
    const bool known = std::any_of(sources.begin(), sources.end(), [&](const SpanSource& o) { return o.unit == &u; });
    if (!known && u.kind != UnitKind::TableRow)
      sources.push_back({&u, u.range.of(material.passages[s.passage].text), s.log_probability});
  }
  sources.resize(std::min(sources.size(), kSpanSentences));
  SpanSearch search = read_spans(tools.finder, part.question, sources);
  score_spans(weights.span, search);
  const SpanCandidate* best = nullptr;
  for (const SpanCandidate& candidate : search.candidates)
    if (best == nullptr || candidate.log_probability > best->log_probability) best = &candidate;
  if (best == nullptr || best->log_probability < weights.span_threshold) return {};
  return text::plain_text(best->range.of(sources[best->sentence].text));
}

class ExtractiveAnswerer final : public Answerer {
 public:
  explicit ExtractiveAnswerer(ExtractiveOptions options) : options_(std::move(options)) {}

  Result<book::Answer> answer(const book::Query& query, const book::Evidence& evidence, const AnswerOptions& options,
                              book::Trace* trace) const override {
    std::unique_ptr<Tools> tools = shelf_.borrow();
    book::Answer answer = answer_with(*tools, query, evidence, options, trace);
    shelf_.give_back(std::move(tools));
    return answer;
  }

 private:
  book::Answer answer_with(Tools& tools, const book::Query& query, const book::Evidence& evidence,
                           const AnswerOptions& options, book::Trace* trace) const {
    const Stopwatch watch;
    const Material material = read_material(tools, evidence);
    const Rarity rarity(evidence);
    std::vector<std::string> parts = query.parts;
    if (parts.empty()) parts.push_back(query.corrected.empty() ? query.text : query.corrected);
    std::vector<PartResult> results;
    for (const std::string& part : parts)
      results.push_back(answer_part(tools, part, rarity, material, evidence, options, trace));
    const bool any = std::any_of(results.begin(), results.end(), [](const PartResult& r) { return r.answered; });
    Composer composer(language_of(query, results.front().question));
    for (const PartResult& part : results) {
      const Reading reading{part.question, material.passages, material.views, part.ranking};
      if (part.answered)
        composer.add(reading, part.choice);
      else if (any)
        composer.add_not_held(part.question.text);
      else
        composer.add_nearest(reading, options.max_sources);
    }
    for (const PartResult& part : results)
      composer.add_related({part.question, material.passages, material.views, part.ranking});
    book::Answer answer = composer.take(any);
    finish(query, results, answer);
    answer.timing["answer"] = watch.millis();
    if (trace != nullptr && !trace->steps.empty()) trace->steps.back().millis = watch.millis();
    return answer;
  }

  PartResult answer_part(Tools& tools, const std::string& part, const Rarity& rarity, const Material& material,
                         const book::Evidence& evidence, const AnswerOptions& options, book::Trace* trace) const {
    PartResult result;
    result.question = read_question(tools.tokeniser, part, rarity);
    result.ranking = rank(tools, result.question, material);
    const bool chinese = result.question.frame.chinese;
    const AnswererWeights weights = weights_for(chinese);
    Decision& decision = result.decision;
    decision.threshold = threshold_of(options.strictness, chinese);
    if (!result.ranking.sentences.empty() && result.question.weight > 0) {
      decision.signals = decline_signals(result.question, result.ranking, evidence.chunk_count);
      decision.score = decision_score_of(weights.decline, decision.signals);
      decision.probability = options_.calibration.value_or(Calibration{}).probability(decision.score);
      // Sure enough for everyday use, not for the strict.
      if (holds_next_step(result.question, material.views, result.ranking))
        decision.probability = std::max(decision.probability, weights.thresholds[1]);
    }
    const bool never_decline = options.declining == Declining::Never && !result.ranking.sentences.empty();
    result.answered = decision.probability >= decision.threshold || never_decline;
    const Reading reading{result.question, material.passages, material.views, result.ranking};
    if (result.answered) {
      result.choice = choose(reading, options);
      result.span = best_span(tools, result, material, weights);
    }
    if (trace != nullptr) explain(reading, result, *trace);
    return result;
  }

  static void explain(const Reading& reading, const PartResult& result, book::Trace& trace) {
    trace.steps.push_back(explain_question(result.question));
    if (!result.ranking.sentences.empty()) {
      trace.steps.push_back(explain_passages(reading));
      trace.steps.push_back(explain_sentences(reading));
    }
    trace.steps.push_back(explain_decision(result.decision));
    book::TraceStep choice = explain_choice(result.choice);
    if (!result.span.empty()) choice.facts.push_back({"span", result.span});
    trace.steps.push_back(std::move(choice));
  }

  static std::string language_of(const book::Query& query, const Question& question) {
    if (!query.language.empty() && query.language != "und") return query.language;
    return question.frame.chinese ? "zh" : "en";
  }

  static void finish(const book::Query& query, const std::vector<PartResult>& results, book::Answer& answer) {
    answer.question = query.text;
    float sum = 0;
    for (const PartResult& part : results) {
      sum += part.decision.probability;
      if (part.span.empty()) continue;
      if (!answer.span.empty()) answer.span += "; ";
      answer.span += part.span;
    }
    answer.confidence = sum / static_cast<float>(results.size());
  }

  ExtractiveOptions options_;
  mutable ToolShelf shelf_;
};

}  // namespace

std::unique_ptr<Answerer> make_extractive_answerer(ExtractiveOptions options) {
  return std::make_unique<ExtractiveAnswerer>(std::move(options));
}

float decision_score(const book::Query& query, const book::Evidence& evidence) {
  Tools tools;
  const Material material = read_material(tools, evidence);
  const std::string& text =
      query.parts.empty() ? (query.corrected.empty() ? query.text : query.corrected) : query.parts.front();
  Question question = read_question(tools.tokeniser, text, Rarity(evidence));
  const Ranking ranking = rank(tools, question, material);
  return decision_score_of(weights_for(question.frame.chinese).decline,
                           decline_signals(question, ranking, evidence.chunk_count));
}

float threshold_of(Strictness strictness, bool chinese) {
  return weights_for(chinese).thresholds[static_cast<std::size_t>(strictness)];
}

}  // namespace openbook::answer
