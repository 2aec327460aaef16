#include "answer/ranking.h"

#include <algorithm>
#include <cmath>

namespace openbook::answer {
namespace {

using F = PassageFeature;

float& at(PassageFeatures& features, F feature) {
  return features[static_cast<std::size_t>(feature)];
}

float sentence_value(const SentenceFeatures& features, SentenceFeature feature) {
  return features[static_cast<std::size_t>(feature)];
}

/// Features that look at one passage alone; those that compare follow in compare().
PassageFeatures lone_features(const Question& question, const PassageView& view, const PassageOverlap& overlap,
                              const std::vector<SentenceFeatures>& sentences, const std::vector<float>& raw) {
  PassageFeatures f{};
  const float weight = std::max(question.weight, 1e-6f);
  at(f, F::Match) = overlap.bm25;
  at(f, F::Coverage) = overlap.coverage;
  at(f, F::TitleCoverage) = weight_of(overlap.titled, question) / weight;
  at(f, F::BestUnit) = overlap.best_coverage;
  at(f, F::BestPair) = overlap.pair_coverage;
  float rarest = 1e-6f;
  for (const QuestionTerm& term : question.terms) rarest = std::max(rarest, term.weight);
  for (std::size_t i = 0; i < question.terms.size(); ++i) {
    const QuestionTerm& term = question.terms[i];
    if (overlap.matched.test(i)) continue;
    at(f, F::NamesMissing) += term.name ? term.weight / weight : 0;
    at(f, F::NumbersMissing) += term.number ? term.weight / weight : 0;
    at(f, F::RarestUnmatched) = std::max(at(f, F::RarestUnmatched), term.weight / rarest);
  }
  for (std::size_t u = 0; u < overlap.units.size(); ++u) {
    at(f, F::UnitPairs) = std::max(at(f, F::UnitPairs), overlap.units[u].pair_share);
    at(f, F::UnitDensity) = std::max(at(f, F::UnitDensity), overlap.units[u].density);
    at(f, F::UnitRun) = std::max(at(f, F::UnitRun), overlap.units[u].longest_run);
    at(f, F::UnitGrams) = std::max(at(f, F::UnitGrams), overlap.units[u].gram_share);
    at(f, F::TypeFits) = std::max(at(f, F::TypeFits),
                                  sentence_value(sentences[u], SentenceFeature::TypeFits) * overlap.units[u].coverage);
  }
  at(f, F::SentenceBest) = raw.empty() ? -5 : *std::max_element(raw.begin(), raw.end());
  at(f, F::SentenceSum) = raw.empty() ? -5 : log_sum_exp(raw);
  at(f, F::LogUnits) = std::log(1.0f + static_cast<float>(raw.size())) / 4;
  at(f, F::LogLength) = std::log(1.0f + static_cast<float>(view.text->terms.size())) / 6;
  return f;
}

void behind_best(std::vector<PassageFeatures>& all, F from, F to) {
  float best = kNoChance;
  for (PassageFeatures& f : all) best = std::max(best, at(f, from));
  for (PassageFeatures& f : all) at(f, to) = at(f, from) - best;
}

/// Weight of the question terms that no other passage of the first five holds.
float only_here(const Question& question, const std::vector<PassageOverlap>& overlaps, std::size_t index) {
  TermSet elsewhere;
  for (std::size_t p = 0; p < std::min<std::size_t>(overlaps.size(), 5); ++p)
    if (p != index) elsewhere |= overlaps[p].matched;
  return weight_of(overlaps[index].matched & ~elsewhere, question) / std::max(question.weight, 1e-6f);
}

/// What a passage lacks although the library holds it.
void compare_held(const Question& question, Ranking& ranking) {
  TermSet anywhere;
  for (const PassageOverlap& overlap : ranking.overlaps) anywhere |= overlap.matched;
  float heaviest = 1e-6f;
  for (const QuestionTerm& term : question.terms) heaviest = std::max(heaviest, term.weight);
  for (std::size_t p = 0; p < ranking.overlaps.size(); ++p) {
    const TermSet lacking = anywhere & ~ranking.overlaps[p].matched;
    PassageFeatures& f = ranking.passage_features[p];
    for (std::size_t i = 0; i < question.terms.size(); ++i)
      if (lacking.test(i))
        at(f, F::HeldElsewhere) = std::max(at(f, F::HeldElsewhere), question.terms[i].weight / heaviest);
    at(f, F::ShareOfHeld) =
        weight_of(ranking.overlaps[p].matched, question) / std::max(weight_of(anywhere, question), 1e-6f);
    at(f, F::QuestionTerms) = std::log(1.0f + static_cast<float>(question.terms.size())) / 3;
  }
}

void compare(const Question& question, std::span<const PassageView> passages, Ranking& ranking) {
  auto& all = ranking.passage_features;
  behind_best(all, F::Match, F::MatchBehindBest);
  behind_best(all, F::Coverage, F::CoverageBehindBest);
  behind_best(all, F::TitleCoverage, F::TitleBehindBest);
  behind_best(all, F::BestUnit, F::BestUnitBehindBest);
  behind_best(all, F::BestPair, F::BestPairBehindBest);
  behind_best(all, F::UnitPairs, F::UnitPairsBehindBest);
  behind_best(all, F::UnitDensity, F::UnitDensityBehindBest);
  behind_best(all, F::UnitRun, F::UnitRunBehindBest);
  behind_best(all, F::UnitGrams, F::UnitGramsBehindBest);
  behind_best(all, F::SentenceBest, F::SentenceBestBehind);
  behind_best(all, F::SentenceSum, F::SentenceSumBehind);
  compare_held(question, ranking);
  float best = 1e-6f;
  for (PassageFeatures& f : all) best = std::max(best, at(f, F::Match));
  const float top = passages[0].search_score;
  for (std::size_t p = 0; p < all.size(); ++p) {
    int rank = 0, same_title = 0;
    for (std::size_t other = 0; other < all.size(); ++other) {
      rank += at(all[other], F::Match) > at(all[p], F::Match);
      same_title += passages[other].text->title == passages[p].text->title;
    }
    at(all[p], F::MatchOfBest) = at(all[p], F::Match) / best;
    at(all[p], F::MatchRank) = 1.0f / static_cast<float>(1 + rank);
    at(all[p], F::SearchRank) = 1.0f / static_cast<float>(1 + p);
    at(all[p], F::SearchOfBest) = top > 0 ? std::clamp(passages[p].search_score / top, 0.0f, 1.0f) : 0.0f;
    at(all[p], F::OnlyHere) = only_here(question, ranking.overlaps, p);
    at(all[p], F::TitleShare) = static_cast<float>(same_title) / static_cast<float>(all.size());
  }
}

/// Normalises the passages' chances and fills the sentences from them.
void order_sentences(Ranking& ranking) {
  ranking.sentences.clear();
  log_softmax(ranking.passage_log_probability);
  for (std::uint32_t p = 0; p < ranking.raw.size(); ++p) {
    std::vector<float> within = ranking.raw[p];
    log_softmax(within);
    for (std::uint32_t u = 0; u < within.size(); ++u)
      ranking.sentences.push_back({p, u, ranking.raw[p][u], within[u], within[u] + ranking.passage_log_probability[p]});
  }
  std::stable_sort(
      ranking.sentences.begin(), ranking.sentences.end(),
      [](const RankedSentence& a, const RankedSentence& b) { return a.log_probability > b.log_probability; });
}

}  // namespace

Ranking read_overlaps(const Question& question, std::span<const PassageView> passages) {
  Ranking ranking;
  std::size_t terms = 0;
  for (const PassageView& passage : passages) terms += passage.text->terms.size();
  const float mean = passages.empty() ? 1 : static_cast<float>(terms) / static_cast<float>(passages.size());
  for (const PassageView& passage : passages) {
    ranking.overlaps.push_back(overlap_of(question, *passage.text, mean));
    ranking.features.push_back(sentence_features(question, *passage.text, ranking.overlaps.back()));
  }
  return ranking;
}

void rank_sentences(const Question& question, std::span<const PassageView> passages, const RankingNets& nets,
                    Ranking& ranking) {
  ranking.raw.clear();
  ranking.passage_features.clear();
  ranking.sentences.clear();
  for (std::size_t p = 0; p < passages.size(); ++p) {
    std::vector<float>& raw = ranking.raw.emplace_back();
    for (const SentenceFeatures& features : ranking.features[p]) raw.push_back(score_of(nets.sentence, features));
    ranking.passage_features.push_back(
        lone_features(question, passages[p], ranking.overlaps[p], ranking.features[p], raw));
  }
  if (passages.empty()) return;
  compare(question, passages, ranking);
  ranking.passage_raw.clear();
  for (const PassageFeatures& features : ranking.passage_features)
    ranking.passage_raw.push_back(score_of(nets.passage, features));
  ranking.passage_log_probability = ranking.passage_raw;
  order_sentences(ranking);
}

void shift_passages(std::span<const float> shifts, Ranking& ranking) {
  for (std::size_t p = 0; p < ranking.passage_log_probability.size(); ++p)
    ranking.passage_log_probability[p] += shifts[p];
  order_sentences(ranking);
}

}  // namespace openbook::answer
