#pragma once

#include <string>
#include <string_view>

namespace openbook::read {

/// Does the text hold Hebrew, Arabic or another script that runs from right to left?
bool has_right_to_left(std::string_view text);

/// A line as it is seen, left to right → the order in which it is read (inverse of UAX #9, by ICU).
std::string logical_order(std::string_view visual_line);

}  // namespace openbook::read
