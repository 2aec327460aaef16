#pragma once

#include <vector>

#include "read/layout.h"
#include "read/ocr.h"

namespace openbook::read {

/// Recognised words → words for lay_out(), scaled from pixels to points. Single ideographs that the recogniser parted
/// are joined; sizes are those of the lines, since the height of a word depends on its letters.
std::vector<LayoutWord> layout_words(const std::vector<OcrWord>& words, float dpi);

}  // namespace openbook::read
