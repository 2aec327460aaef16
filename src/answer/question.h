#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "answer/passage_text.h"
#include "answer/question_type.h"
#include "book/evidence.h"
#include "text/tokenise.h"

/// A question as the scorers see it: its frame, and its terms with what each is worth in this library.
namespace openbook::answer {

/// How rare a term is, by hash of the term.
class Rarity {
 public:
  explicit Rarity(const book::Evidence& evidence);
  /// ln(1 + (N - df + 0.5) / (df + 0.5)), from the evidence's counts; a term without a count is worth the mean.
  float idf(std::uint64_t hash) const;

 private:
  std::unordered_map<std::uint64_t, float> idf_;
  float mean_ = 1;
};

struct QuestionTerm {
  std::uint64_t hash = 0;
  float weight = 0;  ///< IDF; halved for a Chinese bigram with a function character.
  ByteRange range;
  bool name = false;  ///< Capitalised inside the question, or inside quotation marks.
  bool number = false;
  bool asked_for = false;  ///< Stands in the noun phrase after the question word, or beside it.
};

struct Question {
  std::string text;
  std::string lower;
  QuestionFrame frame;
  std::vector<QuestionTerm> terms;   ///< Distinct content terms, in order of first occurrence.
  float weight = 0;                  ///< Sum of the terms' weights; 0: nothing to look for.
  std::vector<std::uint64_t> known;  ///< Sorted hashes of terms.
  std::vector<Term> sequence;        ///< All terms, function words too, in order.
  std::vector<std::uint64_t> heard;  ///< Sorted distinct hashes of sequence.
  std::vector<std::uint32_t> grams;  ///< As grams_of, without those of the question word.
  std::vector<ByteRange> quotes;
  bool compares = false;  ///< Holds "most", "first", "only", 最, 第一 …
};

Question read_question(text::Tokeniser& tokeniser, std::string_view question, const Rarity& rarity);

}  // namespace openbook::answer
