#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "answer/net.h"
#include "answer/sentence_features.h"

/// P(passage) · P(sentence | passage): which sentences of the evidence answer the question.
namespace openbook::answer {

/// What the passage prior sees. Append only, and fit again.
enum class PassageFeature : int {
  Match,
  MatchOfBest,
  MatchBehindBest,
  MatchRank,
  SearchRank,
  SearchOfBest,
  Coverage,
  CoverageBehindBest,
  TitleCoverage,
  TitleBehindBest,
  BestUnit,
  BestUnitBehindBest,
  BestPair,
  BestPairBehindBest,
  UnitPairs,
  UnitDensity,
  UnitRun,
  UnitGrams,
  UnitPairsBehindBest,
  UnitDensityBehindBest,
  UnitRunBehindBest,
  UnitGramsBehindBest,
  NamesMissing,
  NumbersMissing,
  RarestUnmatched,
  OnlyHere,
  SentenceBest,
  SentenceBestBehind,
  SentenceSum,
  SentenceSumBehind,
  LogUnits,
  LogLength,
  TypeFits,
  TitleShare,
  HeldElsewhere,  ///< Heaviest question term that another passage holds and this one does not / heaviest of all.
  ShareOfHeld,    ///< Weight matched here / weight of the terms that any passage holds.
  QuestionTerms,  ///< The same in every passage: few terms tell passages apart less surely.
  Count
};
inline constexpr int kPassageFeatureCount = static_cast<int>(PassageFeature::Count);
using PassageFeatures = std::array<float, kPassageFeatureCount>;

/// One passage of the evidence, best first; `text` must outlive the ranking.
struct PassageView {
  const PassageText* text = nullptr;
  float search_score = 0;  ///< The search's own; used only relative to the first passage's.
};

struct RankedSentence {
  std::uint32_t passage = 0;
  std::uint32_t unit = 0;
  float raw = 0;              ///< The sentence scorer's score.
  float within = 0;           ///< log P(sentence | passage).
  float log_probability = 0;  ///< log P(passage) + log P(sentence | passage).
};

struct Ranking {
  std::vector<PassageOverlap> overlaps;
  std::vector<std::vector<SentenceFeatures>> features;  ///< [passage][unit]
  std::vector<std::vector<float>> raw;                  ///< [passage][unit]
  std::vector<PassageFeatures> passage_features;
  std::vector<float> passage_raw;
  std::vector<float> passage_log_probability;
  std::vector<RankedSentence> sentences;  ///< Most probable first; ties by passage, then unit.
};

struct RankingNets {
  NetView sentence;
  NetView passage;
};

/// The question-dependent features, without any scorer.
Ranking read_overlaps(const Question& question, std::span<const PassageView> passages);

/// Fills raw, passage_features, probabilities and sentences.
void rank_sentences(const Question& question, std::span<const PassageView> passages, const RankingNets& nets,
                    Ranking& ranking);

/// Adds to each passage's log probability, for what the scorer cannot know, and orders the sentences anew. One shift a
/// passage.
void shift_passages(std::span<const float> shifts, Ranking& ranking);

}  // namespace openbook::answer
