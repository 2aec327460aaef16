#pragma once

#include <cstddef>
#include <string_view>

namespace openbook::text {

/// How many tokens a usual model's tokeniser would make of a text, within about 15 %: one for each 4 Latin letters
/// begun, each CJK character 0.75, digits in threes, punctuation one each. Additive over concatenation but for
/// rounding.
std::size_t estimate_tokens(std::string_view text);

}  // namespace openbook::text
