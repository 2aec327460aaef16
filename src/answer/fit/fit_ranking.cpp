#include "answer/fit/models.h"

namespace openbook::answer::fit {
namespace {

/// Chosen by five-fold cross-validation inside the fitting half; 8 to 32 hidden units are within half a point.
TrainOptions ranking_options() {
  TrainOptions options;
  options.hidden = 12;
  options.epochs = 30;
  options.decay = 0.1f;
  options.members = 3;
  return options;
}

bool is_fitted_on(const Case& c) {
  return !c.labelled().held_out && c.gold >= 0;
}

/// Groups as they are gathered, with the fold and weight of each.
struct Gathered {
  Rows rows;
  std::vector<int> folds;
  std::vector<float> weights;
  void end_group(const Case& c, float weight) {
    rows.end_group(weight);
    folds.push_back(c.fold);
    weights.push_back(weight);
  }
};
constexpr float kSmallWeight = 0.5f;

/// Fits one net without each fold, and one on all.
void fit_folds(Gathered& gathered, Net& all, std::array<Net, kFolds>& nets) {
  auto& [rows, folds, weights] = gathered;
  const TrainOptions options = ranking_options();
  TrainOptions fold_options = options;
  fold_options.members =
      1;  // They only give scores to fit on; a mean of three is hardly better and takes as long again.
  for (int fold = 0; fold < kFolds; ++fold) {
    for (std::size_t g = 0; g < folds.size(); ++g) rows.weight[g] = folds[g] == fold ? 0.0f : weights[g];
    nets[static_cast<std::size_t>(fold)] = train(rows, fold_options);
  }
  rows.weight = weights;
  all = train(rows, options);
  round_weights(all);
}

void gather_sentences(const std::vector<Case>& cases, float weight, Gathered& gathered) {
  for (const Case& c : cases) {
    if (!is_fitted_on(c)) continue;
    const auto gold = static_cast<std::size_t>(c.gold);
    for (std::size_t u = 0; u < c.ranking.features[gold].size(); ++u)
      gathered.rows.add_row(c.ranking.features[gold][u], c.right[gold][u]);
    gathered.end_group(c, weight);
  }
}

void gather_passages(std::vector<Case>& cases, float weight, const Models& models, Gathered& gathered) {
  const Net silent{kPassageFeatureCount, 0, std::vector<float>(NetView::size_of(kPassageFeatureCount, 0), 0)};
  for (Case& c : cases) {
    if (!is_fitted_on(c)) continue;
    const Net& sentence = models.sentence_folds[static_cast<std::size_t>(c.fold)];
    rank_sentences(c.question, c.views, {sentence.view(), silent.view()}, c.ranking);
    for (std::size_t p = 0; p < c.views.size(); ++p)
      gathered.rows.add_row(c.ranking.passage_features[p], static_cast<int>(p) == c.gold ? 1.0f : 0.0f);
    gathered.end_group(c, weight);
  }
}

}  // namespace

void rank_unseen(const Models& models, Case& c) {
  const auto fold = static_cast<std::size_t>(c.fold);
  const bool held_out = c.labelled().held_out;
  const Net& sentence = held_out ? models.sentence : models.sentence_folds[fold];
  const Net& passage = held_out ? models.passage : models.passage_folds[fold];
  rank_sentences(c.question, c.views, {sentence.view(), passage.view()}, c.ranking);
}

void fit_ranking(std::vector<Case>& cases, std::vector<Case>& small, Models& models) {
  Gathered sentences, passages;
  sentences.rows.inputs = kSentenceFeatureCount;
  gather_sentences(cases, 1, sentences);
  gather_sentences(small, kSmallWeight, sentences);
  fit_folds(sentences, models.sentence, models.sentence_folds);
  passages.rows.inputs = kPassageFeatureCount;
  gather_passages(cases, 1, models, passages);
  gather_passages(small, kSmallWeight, models, passages);
  fit_folds(passages, models.passage, models.passage_folds);
  for (Case& c : cases) rank_unseen(models, c);
}

}  // namespace openbook::answer::fit
