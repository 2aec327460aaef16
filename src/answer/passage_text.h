#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "answer/marks.h"
#include "base/range.h"
#include "book/evidence.h"
#include "text/tokenise.h"

/// A passage cut into the units that an answer may quote, each with its terms. Independent of any question.
namespace openbook::answer {

/// One term of a text, by hash: comparing terms is comparing numbers.
struct Term {
  std::uint64_t hash = 0;
  ByteRange range;             ///< Of the text it was read from.
  std::uint32_t position = 0;  ///< Ordinal among the text's term beginnings.
  text::TokenKind kind = text::TokenKind::Word;
  bool stop_word = false;
};

/// Terms of a text that compare and weigh: words, numbers, identifiers and their parts, bigrams. Single characters and
/// dictionary segments are left out: bigrams hold the same matter (cmrc2018: characters alone 92, bigrams 97 R@1).
std::vector<Term> terms_of(text::Tokeniser& tokeniser, std::string_view text);

/// Sorted hashes of a text's small pieces: four-letter pieces of Latin words, single characters of Chinese.
std::vector<std::uint32_t> grams_of(std::string_view lower_text);

/// ASCII letters to lower case; everything else as it is, so that byte offsets stay.
std::string lower_case(std::string_view text);

enum class UnitKind : std::uint8_t { Sentence, ListItem, TableRow, Code };

/// What is quoted as a whole: a sentence, a list item, a table row.
struct Unit {
  UnitKind kind = UnitKind::Sentence;
  ByteRange range;                   ///< Of the passage's text.
  ByteRange header;                  ///< Table row: the header row above it; else empty.
  std::uint32_t block = 0;           ///< Ordinal of its Markdown block (a table is one block).
  std::vector<Term> terms;           ///< Ranges are of the unit. A table row holds its header's terms as well.
  std::vector<std::uint64_t> known;  ///< Sorted distinct hashes of terms.
  std::vector<std::uint32_t> grams;
  std::vector<Mark> marks;  ///< Ranges are of the unit.
  std::string lower;
  std::uint32_t length = 0;    ///< Number of term positions.
  bool points_back = false;    ///< Begins with a word that points back: a pronoun, "also", "however" …
  bool lacks_subject = false;  ///< Begins with a personal pronoun: its subject stands before it.
  bool is_question = false;
  bool has_reason = false;
  bool has_manner = false;
};

struct PassageText {
  std::vector<Unit> units;
  std::vector<std::uint64_t> title;  ///< Sorted hashes of the terms of the title and the heading path.
  std::vector<Term> terms;           ///< Of all units and the title, for counting.
  std::vector<std::uint64_t> known;  ///< Sorted distinct hashes of terms.
  std::vector<ByteRange> headings;   ///< Heading lines inside the passage.
  bool chinese = false;
};

/// At most 48 KiB of a passage are read, and units longer than 1,500 bytes are cut, so that no text costs much time.
PassageText read_passage(text::Tokeniser& tokeniser, const book::Passage& passage);

/// Is the hash in a sorted list?
bool holds(const std::vector<std::uint64_t>& sorted, std::uint64_t hash);

}  // namespace openbook::answer
