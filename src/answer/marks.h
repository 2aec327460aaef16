#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/range.h"

/// Stretches of a sentence that look like an answer to some type of question: numbers, dates, names, quotations.
namespace openbook::answer {

enum class MarkKind : std::uint8_t {
  Number,  ///< Digits or number words, with a percent sign or separators.
  Date,    ///< A year, month or century, with what belongs to it.
  Name,    ///< A run of capitalised words; Chinese: a transcribed name with "·", or surname and one or two characters.
  Quote,   ///< Between quotation marks or 《》.
  Place,   ///< Chinese: a stretch that ends in 省, 市, 河 …; English: a name after "in", "at", "from".
};
inline constexpr int kMarkKindCount = 5;

struct Mark {
  MarkKind kind = MarkKind::Number;
  ByteRange range;  ///< Of the text given.
};

/// All marks of a sentence, in order of where they begin; marks of different kinds may overlap. Linear in the text.
std::vector<Mark> marks_of(std::string_view sentence);

}  // namespace openbook::answer
