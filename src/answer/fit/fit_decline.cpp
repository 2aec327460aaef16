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
  bool small;  ///< In a small library: a random sample of the passages.
  float weight;
};
constexpr Variant kVariants[] = {{Hide::Nothing, false, 2.0f},
                                 {Hide::Passage, false, 1.0f},
                                 {Hide::Article, false, 1.0f},
                                 {Hide::Nothing, true, 0.75f},
                                 {Hide::Article, true, 0.75f}};

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

void add_examples(const Source& source, const std::vector<std::uint32_t>& questions, const Models& models,
                  const Variant& variant, Rows& rows, std::vector<Example>& examples) {
  std::vector<std::uint32_t> fitted;
  for (std::uint32_t q : questions)
    if (!source.set.questions[q].held_out) fitted.push_back(q);
  std::vector<Case> cases = make_cases(source, fitted, variant.hide, variant.small ? Sample::Small : Sample::Whole);
  for (Case& c : cases) {
    rank_unseen(models, c);
    const bool answerable = variant.hide == Hide::Nothing;
    rows.add_row(decline_signals(c.question, c.ranking, c.found.evidence.chunk_count), answerable ? 1.0f : 0.0f);
    rows.end_group(variant.weight);
    examples.push_back({c.fold, answerable && !variant.small});
  }
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
  const std::vector<float> weights = rows.weight;
  for (int fold = 0; fold < kFolds; ++fold) {
    for (std::size_t g = 0; g < examples.size(); ++g) rows.weight[g] = examples[g].fold == fold ? 0.0f : weights[g];
    const Net net = train(rows, decline_options());
    for (std::size_t g = 0; g < examples.size(); ++g)
      if (examples[g].fold == fold && examples[g].whole_and_answerable)
        kept.push_back(score_of(net.view(), std::span<const float>(rows.x).subspan(g * kSignalCount, kSignalCount)));
  }
  std::sort(kept.rbegin(), kept.rend());
  const auto& shares = chinese ? kKeptChinese : kKept;
  for (std::size_t level = 0; level < 3 && !kept.empty(); ++level) {
    const float score = kept[static_cast<std::size_t>(shares[level] * static_cast<double>(kept.size() - 1))];
    models.thresholds[level] = 1 / (1 + std::exp(-score));
  }
}

}  // namespace openbook::answer::fit
