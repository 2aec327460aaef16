#pragma once

#include <vector>

#include "read/layout.h"

namespace openbook::read {

/// Glyphs → words, whatever order they were painted in: letters painted twice are dropped, accents composed, ligatures
/// and presentation forms taken apart, right-to-left words turned to reading order. The text's main direction becomes
/// horizontal: `turn` tells by how many clockwise quarter turns it had run; glyphs of other directions give one
/// `turned` word a line. Boxes are in the upright frame (upright_box and page_box convert).
struct UprightWords {
  std::vector<LayoutWord> words;
  int turn = 0;
  float width = 0, height = 0;  ///< Of the upright frame.
};
UprightWords words_of(const PageContent& page);

/// A box of the page in the frame where text that ran with `turn` is upright, and back. Width and height are the
/// page's own in both.
book::Box upright_box(const book::Box& box, int turn, float page_width, float page_height);
book::Box page_box(const book::Box& box, int turn, float page_width, float page_height);

/// A line's words, left to right → its text in reading order, right-to-left scripts included; CJK joined without
/// spaces.
std::string line_text(const std::vector<const LayoutWord*>& words);

/// Text with "a" and "b" joined as on one line: a space unless CJK stands on both sides.
void append_joined(std::string& text, std::string_view more);

}  // namespace openbook::read
