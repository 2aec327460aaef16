#pragma once

#include <bitset>
#include <cstdint>
#include <vector>

#include "answer/passage_text.h"
#include "answer/question.h"

/// Which question terms stand where: the raw matter of the sentence and passage features.
namespace openbook::answer {

inline constexpr std::size_t kMaxQuestionTerms = 128;
using TermSet = std::bitset<kMaxQuestionTerms>;  ///< Bit i: Question::terms[i].

float weight_of(const TermSet& set, const Question& question);

/// How one unit meets the question.
struct UnitOverlap {
  TermSet matched;
  float coverage = 0;           ///< Share of the question's weight matched, 0 to 1.
  float pair_share = 0;         ///< Share of neighbouring question terms that are neighbours here, in order.
  float density = 0;            ///< Matched weight within the densest twelve positions, as a share.
  float longest_run = 0;        ///< Longest common run of terms (function words too) / terms in the question.
  float run_share = 0;          ///< Share of the question's terms, function words too, found here.
  float gram_share = 0;         ///< Share of the question's grams found here.
  std::uint32_t new_terms = 0;  ///< Content terms here that the question does not hold.
};

struct PassageOverlap {
  std::vector<UnitOverlap> units;
  TermSet matched;  ///< In any unit or the title.
  TermSet titled;   ///< In the title or the heading path.
  float coverage = 0;
  float bm25 = 0;           ///< Σ idf·tf/(tf + k) over the question's weight, k1 = 0.9, b = 0.4: about 0 to 1.
  float best_coverage = 0;  ///< Of a single unit.
  float pair_coverage = 0;  ///< Of two neighbouring units at best.
};

/// `mean_length`: terms in the mean passage of the evidence, for the length norm.
PassageOverlap overlap_of(const Question& question, const PassageText& passage, float mean_length);

}  // namespace openbook::answer
