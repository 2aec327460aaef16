#pragma once

#include <span>
#include <vector>

#include "read/layout.h"
#include "read/ocr.h"

namespace openbook::read {

/// Recognised words of one page → its blocks. The recogniser has found lines, paragraphs and their order already, and
/// knows the picture better than boxes of words could tell; its paragraphs become blocks. Words it was not sure of at
/// all (dirt, parts of drawings) are left out. `dpi` scales pixels to points; `turn`: by how many clockwise quarter
/// turns the page had been turned for the recogniser, undone in the boxes.
PageLayout lay_out_recognised(std::span<const OcrWord> words, std::uint32_t page, float width, float height, float dpi,
                              int turn = 0);

/// How sure the recogniser was on average over the letters, 0 to 100; 0 without words.
float mean_confidence(std::span<const OcrWord> words);

}  // namespace openbook::read
