#pragma once

#include <cstdint>

namespace openbook::text {

/// A number for the usual sound of a Chinese character, without its tone: equal for 文 and 闻. 0 for anything else.
/// From ICU's Han-Latin rules.
std::uint16_t sound_of(char32_t code_point);

}  // namespace openbook::text
