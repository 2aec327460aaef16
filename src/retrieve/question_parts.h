#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace openbook::retrieve {

/// Splits a question that asks two or more things ("Who founded it and when did it open?",
/// "创始人是谁？什么时候成立？") into at most four questions, in order. A question that asks one thing comes back as it
/// is.
std::vector<std::string> question_parts(std::string_view question);

/// Does a part of a question need the subject of the parts before it ("when did it open?", "成立于哪一年？")?
bool lacks_subject(std::string_view part);

}  // namespace openbook::retrieve
