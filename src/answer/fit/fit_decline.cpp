#include <algorithm>
#include <cmath>

#include "answer/decline.h"
#include "answer/fit/models.h"
#include "base/hash.h"

namespace openbook::answer::fit {
namespace {

/// Shares of the answerable questions that each level of strictness keeps, on the fitting half. Chinese questions that
/// have no answer stand further apart from the others, so that more of the answerable can be kept at the same cost.
constexpr double kKept[] = {0.975, 0.93, 0.80};
constexpr double kKeptChinese[] = {0.985, 0.955, 0.85};

struct Variant {
  Hide hide;
  Sample sample;
  float weight;
};
constexpr Variant kVariants[] = {{Hide::Nothing, Sample::Whole, 2.0f},  {Hide::Passage, Sample::Whole, 1.0f},
                                 {Hide::Article, Sample::Whole, 1.0f},  {Hide::Nothing, Sample::Small, 0.75f},
                                 {Hide::Article, Sample::Small, 0.75f}, {Hide::Nothing, Sample::Short, 0.75f},
                                 {Hide::Article, Sample::Short, 0.75f}};

TrainOptions decline_options() {
  TrainOptions options;
  options.loss = Loss::Logistic;
  options.hidden = 8;
  options.epochs = 15;
  options.rate = 2e-3f;
  options.decay = 0.2f;
  options.members = 4;
  return options;
}

struct Example {
  int fold = 0;
  bool whole_and_answerable = false;
};

/// Half of the questions are seen whole in a small library, the other half short.
bool is_drawn(const LabelledQuestion& question, Sample sample) {
  if (sample == Sample::Whole) return true;
  return (hash64(question.id, 2) % 2 == 0) == (sample == Sample::Small);
}

void add_examples(const Source& source, const std::vector<std::uint32_t>& questions, const Models& models,
                  const Variant& variant, Rows& rows, std::vector<Example>& examples) {
  std::vector<std::uint32_t> fitted;
  for (std::uint32_t q : questions)
    if (!source.set.questions[q].held_out && is_drawn(source.set.questions[q], variant.sample)) fitted.push_back(q);
  std::vector<Case> cases = make_cases(source, fitted, variant.hide, variant.sample);
  for (Case& c : cases) {
    rank_unseen(models, c);
    const bool answerable = variant.hide == Hide::Nothing;
    rows.add_row(decline_signals(c.question, c.ranking, c.found.evidence.chunk_count), answerable ? 1.0f : 0.0f);
    rows.end_group(variant.weight);
    examples.push_back({c.fold, answerable && variant.sample == Sample::Whole});
  }
}

Signals signals_at(const Rows& rows, std::size_t row) {
  Signals signals;
  std::copy_n(rows.x.begin() + static_cast<std::ptrdiff_t>(row * kSignalCount), kSignalCount, signals.begin());
  return signals;
}

}  // namespace

void fit_decline(const Source& source, const std::vector<std::uint32_t>& questions, bool chinese, Models& models) {
  Rows rows;
  rows.inputs = kSignalCount;
  std::vector<Example> examples;
  for (const Variant& variant : kVariants) add_examples(source, questions, models, variant, rows, examples);
  models.decline = train(rows, decline_options());
  round_weights(models.decline);

  // Thresholds from scores of nets that have not seen the question's article.
  std::vector<float> kept;
  TrainOptions fold_options = decline_options();
  fold_options.members = 1;
  const std::vector<float> weights = rows.weight;
  for (int fold = 0; fold < kFolds; ++fold) {
    for (std::size_t g = 0; g < examples.size(); ++g) rows.weight[g] = examples[g].fold == fold ? 0.0f : weights[g];
    const Net net = train(rows, fold_options);
    for (std::size_t g = 0; g < examples.size(); ++g)
      if (examples[g].fold == fold && examples[g].whole_and_answerable)
        kept.push_back(decision_score_of(net.view(), signals_at(rows, g)));
  }
  std::sort(kept.rbegin(), kept.rend());
  const auto& shares = chinese ? kKeptChinese : kKept;
  for (std::size_t level = 0; level < 3 && !kept.empty(); ++level) {
    const float score = kept[static_cast<std::size_t>(shares[level] * static_cast<double>(kept.size() - 1))];
    models.thresholds[level] = 1 / (1 + std::exp(-score));
  }
}

}  // namespace openbook::answer::fit
