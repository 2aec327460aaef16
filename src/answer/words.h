#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/range.h"

/// A sentence as words: what a span may begin and end with.
namespace openbook::answer {

/// What a word is to a span's border. The order is part of the span weights' identity.
enum class WordClass : std::uint8_t {
  Lower,  ///< Any other word of a spaced script.
  Capital,
  Number,  ///< Digits or number words.
  Determiner,
  Preposition,
  Auxiliary,
  Conjunction,
  Pronoun,
  Verbal,      ///< Ends in -ed, -ing, -ly.
  Ideographs,  ///< A Chinese word.
  Particle,    ///< 的, 了, 是, 在 …: Chinese function words.
  Measure,     ///< 年, 月, 个, 公里 …
  Comma,       ///< , ; : 、 ， ； ： and dashes.
  Open,        ///< Opening brackets and quotation marks.
  Close,
  Stop,  ///< Other punctuation.
};
inline constexpr int kWordClassCount = 16;

struct Word {
  ByteRange range;
  WordClass kind = WordClass::Lower;
};

/// Finds words: ICU's dictionary for Chinese and Japanese, hyphenated words kept whole. Opening costs about a
/// millisecond, so keep it. Not safe concurrently.
class WordFinder {
 public:
  WordFinder();
  ~WordFinder();
  WordFinder(WordFinder&&) noexcept;
  WordFinder& operator=(WordFinder&&) noexcept;

  /// Words and punctuation in order, spaces left out; at most `limit`.
  std::vector<Word> words_of(std::string_view sentence, std::size_t limit = 400);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace openbook::answer
