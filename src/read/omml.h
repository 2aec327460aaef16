#pragma once

#include <string>

#include "read/xml.h"

/// Office Math (ECMA-376 part 1, 22.1) as a line that a person can read: "x = (-b ± √(b^2 - 4ac))/(2a)".
namespace openbook::read {

/// Text of an `oMath` or `oMathPara` element; several equations of a paragraph are parted by "; ".
std::string math_text(XmlNode math);

}  // namespace openbook::read
