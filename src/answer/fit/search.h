#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "answer/fit/data.h"
#include "answer/passage_text.h"
#include "book/evidence.h"

/// A plain exhaustive BM25 in memory, which gives the fit the same kind of evidence that the program's search gives.
namespace openbook::answer::fit {

/// Passages that are not there: for questions whose answer is hidden.
struct Hidden {
  std::vector<std::uint32_t> passages;  ///< Sorted.
};

struct Found {
  book::Evidence evidence;              ///< Terms and counts; passages are left empty, see `passages`.
  std::vector<std::uint32_t> passages;  ///< Indexes, best first.
  std::vector<float> scores;
};

class Library {
 public:
  /// Reads and tokenises all passages of the set.
  Library(text::Tokeniser& tokeniser, const Set& set);

  const PassageText& text(std::uint32_t passage) const { return texts_[passage]; }
  book::Passage passage(std::uint32_t index) const;

  /// BM25 (k1 0.9, b 0.4, title and text as one field, function words of the question dropped), top `count`; counts and
  /// lengths as if the hidden passages were not there.
  Found search(text::Tokeniser& tokeniser, const std::string& question, const Hidden& hidden, std::size_t count) const;

  /// All passages that share the title of this one.
  Hidden article_of(std::uint32_t passage) const;

 private:
  struct Posting {
    std::uint32_t passage = 0;
    float count = 0;
  };
  const Set& set_;
  std::vector<PassageText> texts_;
  std::vector<float> lengths_;
  float mean_length_ = 1;
  std::unordered_map<std::string, std::vector<Posting>> postings_;
};

}  // namespace openbook::answer::fit
