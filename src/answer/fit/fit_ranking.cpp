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

/// Fits one net without each fold, and one on all.
void fit_folds(Rows& rows, const std::vector<int>& folds, Net& all, std::array<Net, kFolds>& nets) {
  const TrainOptions options = ranking_options();
  for (int fold = 0; fold < kFolds; ++fold) {
    for (std::size_t g = 0; g < folds.size(); ++g) rows.weight[g] = folds[g] == fold ? 0.0f : 1.0f;
    nets[static_cast<std::size_t>(fold)] = train(rows, options);
  }
  rows.weight.assign(folds.size(), 1);
  all = train(rows, options);
  round_weights(all);
}

void fit_sentences(const std::vector<Case>& cases, Models& models) {
  Rows rows;
  rows.inputs = kSentenceFeatureCount;
  std::vector<int> folds;
  for (const Case& c : cases) {
    if (!is_fitted_on(c)) continue;
    const auto gold = static_cast<std::size_t>(c.gold);
    for (std::size_t u = 0; u < c.ranking.features[gold].size(); ++u)
      rows.add_row(c.ranking.features[gold][u], c.right[gold][u]);
    rows.end_group();
    folds.push_back(c.fold);
  }
  fit_folds(rows, folds, models.sentence, models.sentence_folds);
}

void fit_passages(std::vector<Case>& cases, Models& models) {
  const Net silent{kPassageFeatureCount, 0, std::vector<float>(NetView::size_of(kPassageFeatureCount, 0), 0)};
  Rows rows;
  rows.inputs = kPassageFeatureCount;
  std::vector<int> folds;
  for (Case& c : cases) {
    if (!is_fitted_on(c)) continue;
    const Net& sentence = models.sentence_folds[static_cast<std::size_t>(c.fold)];
    rank_sentences(c.question, c.views, {sentence.view(), silent.view()}, c.ranking);
    for (std::size_t p = 0; p < c.views.size(); ++p)
      rows.add_row(c.ranking.passage_features[p], static_cast<int>(p) == c.gold ? 1.0f : 0.0f);
    rows.end_group();
    folds.push_back(c.fold);
  }
  fit_folds(rows, folds, models.passage, models.passage_folds);
}

}  // namespace

void rank_unseen(const Models& models, Case& c) {
  const auto fold = static_cast<std::size_t>(c.fold);
  const bool held_out = c.labelled().held_out;
  const Net& sentence = held_out ? models.sentence : models.sentence_folds[fold];
  const Net& passage = held_out ? models.passage : models.passage_folds[fold];
  rank_sentences(c.question, c.views, {sentence.view(), passage.view()}, c.ranking);
}

void fit_ranking(std::vector<Case>& cases, Models& models) {
  fit_sentences(cases, models);
  fit_passages(cases, models);
  for (Case& c : cases) rank_unseen(models, c);
}

}  // namespace openbook::answer::fit
