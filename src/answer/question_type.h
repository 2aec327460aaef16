#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

/// What a question asks for, read from its words alone.
namespace openbook::answer {

enum class QuestionType : std::uint8_t { Who, When, Where, Number, Why, How, Entity, What, YesNo, Other };
inline constexpr int kQuestionTypeCount = 10;
const char* name_of(QuestionType type);

/// The frame of one question. Ranges are of the text given.
struct QuestionFrame {
  QuestionType type = QuestionType::Other;
  bool chinese = false;      ///< Written mainly in Chinese, Japanese or Korean characters.
  ByteRange asked;           ///< The question word ("how many", "什么时候"); empty if there is none.
  ByteRange before;          ///< Words just before the question word (Chinese: up to four characters).
  ByteRange after;           ///< Words just after it: the noun asked for ("which river" → "river").
  bool wants_steps = false;  ///< A procedure is asked for: "how do I …", "步骤", "如何 …".
  bool wants_list = false;   ///< Several things are asked for: "which … are", "哪些", "list".
  bool negated = false;
  /// Does a span of a few words answer it? Not for why, how, yes/no and procedures.
  bool wants_span() const;
};

QuestionFrame frame_of(std::string_view question);

}  // namespace openbook::answer
