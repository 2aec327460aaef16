#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "answer/ranking.h"

/// Does the evidence hold an answer at all? A calibrated decision over many signals.
namespace openbook::answer {

/// The signals of its own; the features of the best sentence and the best passage follow them. Append only, fit again.
enum class Signal : int {
  TopMatch,
  BestMatch,
  SentenceCoverage,
  PassageCoverage,
  SearchMargin,
  MatchMargin,
  PassageScore,
  PassageChance,
  PassageMargin,
  PassageSum,
  SentenceScore,
  SentenceWithin,
  SentenceChance,
  ThreeChance,
  Nowhere,
  NamesNowhere,
  NumbersNowhere,
  AskedNowhere,
  RarestNowhere,
  SentenceNamesMissing,
  SentenceNumbersMissing,
  LastMatch,
  MeanCoverage,
  TopTitle,
  TitleRuns,
  PassageCount,
  LogChunks,
  QuestionWeight,
  QuestionTerms,
  Negated,
  BestTwoCoverage,
  SameTopic,
  KindMissing,  ///< 1: none of the sentences that would be shown, nor those before them, holds the asked-for kind.
  Count
};
inline constexpr int kOwnSignalCount = static_cast<int>(Signal::Count);
inline constexpr int kSignalCount = kOwnSignalCount + kSentenceFeatureCount + kPassageFeatureCount;
using Signals = std::array<float, kSignalCount>;

const char* name_of(Signal signal);

/// Signals of a ranked question. A ranking without sentences gives zeros.
Signals decline_signals(const Question& question, const Ranking& ranking, std::uint64_t chunk_count);

/// The net's score, less kKindPenalty where the asked-for kind is missing. The fitting sets hide passages at random,
/// and what is left mostly holds a number or name by chance, so that the net alone learns too little of it.
float decision_score_of(const NetView& net, const Signals& signals);
inline constexpr float kKindPenalty = 5;

/// Maps the net's score to a probability: 1 / (1 + exp(-(scale·score + bias))).
struct Calibration {
  float scale = 1;
  float bias = 0;
  float probability(float score) const;
};

/// A question whose answer is known to be held by the library, or known not to be.
struct CalibrationCase {
  float score = 0;  ///< Of the decision net (Decision::score).
  bool answerable = false;
};

/// Refits scale and bias to the library's own questions. Few cases move it little: the given calibration acts as
/// `prior_weight` cases of each kind. With no case, or only impossible scores, `prior` comes back. Pure; 50 Newton
/// steps.
Calibration calibrate(std::span<const CalibrationCase> cases, const Calibration& prior, float prior_weight = 10);

}  // namespace openbook::answer
