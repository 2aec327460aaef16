#pragma once

#include <span>
#include <string>
#include <vector>

#include "book/evidence.h"
#include "book/query.h"
#include "text/tokenise.h"

namespace openbook::retrieve {

/// A query term and how much a match of it is worth: its weight times its idf.
struct WeighedTerm {
  std::string term;
  text::TokenKind kind = text::TokenKind::Word;
  float worth = 0;
};

/// How well a passage holds the question together, on the scale of BM25: the worth of the distinct terms in its best
/// window of 60 words (after the sentence and window features of Metzler, Croft, SIGIR 2005), and of neighbouring
/// question words that stand near each other in the same order. 0 if no term occurs.
class Proximity {
 public:
  /// `terms` in the order of the question.
  explicit Proximity(std::vector<WeighedTerm> terms);

  float score(std::string_view title, std::string_view text, text::Tokeniser& tokeniser) const;

 private:
  struct Match {
    std::uint32_t position = 0;  ///< In words (or Chinese characters).
    std::uint32_t term = 0;
  };
  std::vector<Match> matches_of(std::string_view text, text::Tokeniser& tokeniser) const;
  float best_window(const std::vector<Match>& matches) const;
  float neighbours(const std::vector<Match>& title, const std::vector<Match>& text) const;
  std::uint32_t number_of(std::string_view term) const;

  std::vector<WeighedTerm> terms_;
  std::vector<std::uint32_t> sorted_;                           ///< Term numbers, by term.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;  ///< Neighbours in the question.
};

/// Adds each passage's proximity to its score (and names it in signals.rerank), sorts them again, best first, ties by
/// chunk, and keeps the first `limit`.
void rerank_by_proximity(std::vector<book::Passage>& passages, const Proximity& proximity, std::size_t limit,
                         text::Tokeniser& tokeniser);

}  // namespace openbook::retrieve
