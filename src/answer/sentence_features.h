#pragma once

#include <array>

#include "answer/overlap.h"

/// What the sentence scorer sees of one unit of one passage.
namespace openbook::answer {

/// Every value is roughly within -1 to 1, before the scorer's own standardising. The order is part of the weights'
/// identity: append only, and fit again.
enum class SentenceFeature : int {
  Coverage,
  CoverageSquare,
  CountShare,
  RarestMatched,
  RarestUnmatched,
  CoverageBehindBest,
  CoverageOfBest,
  CoverageRank,
  WithTitle,
  WithTitleBehindBest,
  OnlyHere,
  FirstHere,
  WithPrevious,
  WithNext,
  WithBoth,
  WithSubject,
  PreviousCoverage,
  NextCoverage,
  PairShare,
  Density,
  DensityBehindBest,
  LongestRun,
  LongestRunBehindBest,
  RunShare,
  GramShare,
  GramBehindBest,
  NamesMatched,
  NumbersMatched,
  NamesMissing,
  NumbersMissing,
  QuoteMatched,
  AskedMatched,
  AskedNear,
  BesideMatched,
  LastTermMatched,
  FirstTermMatched,
  LogLength,
  Short,
  NewTerms,
  NewShare,
  IsFirst,
  IsLast,
  Place,
  UnitCount,
  PointsBack,
  IsQuestion,
  IsListItem,
  IsTableRow,
  IsCode,
  MarkNumber,
  MarkDate,
  MarkName,
  MarkQuote,
  MarkPlace,
  TypeFits,
  TypeFitsCount,
  TypeFitsNear,
  ReasonFits,
  MannerFits,
  ComparesFits,
  NegationFits,
  SaturatedMatch,
  TypeWho,
  TypeWhen,
  TypeWhere,
  TypeNumber,
  TypeWhy,
  TypeHow,
  TypeEntity,
  TypeWhat,
  TypeYesNo,
  TypeOther,
  QuestionLength,
  PassageCoverage,
  TitleCoverage,
  KindHeld,        ///< The answer's kind (kind.h): 1 held here, -1 asked for and not held, 0 left open.
  KindHeldBefore,  ///< The same of the unit before; 0 for the first.
  Count
};
inline constexpr int kSentenceFeatureCount = static_cast<int>(SentenceFeature::Count);
using SentenceFeatures = std::array<float, kSentenceFeatureCount>;

/// Features of all units of one passage, in order.
std::vector<SentenceFeatures> sentence_features(const Question& question, const PassageText& passage,
                                                const PassageOverlap& overlap);

/// Is a mark of this kind what a question of this type asks for?
bool mark_fits(MarkKind mark, QuestionType type);

/// Marks of the unit that the question does not already hold.
std::vector<Mark> new_marks(const Question& question, const Unit& unit, std::string_view unit_text_lower);

}  // namespace openbook::answer
