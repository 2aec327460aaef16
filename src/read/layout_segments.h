#pragma once

#include <vector>

#include "read/layout.h"

namespace openbook::read {

/// Words side by side on one line without a gap wide enough to be a column border, left to right; or a table that was
/// found already and is moved as one.
struct Segment {
  std::vector<const LayoutWord*> words;
  book::Box box;
  float size = 0;      ///< Font size of most letters.
  float baseline = 0;  ///< Of most letters.
  int table = -1;      ///< Index of the table it stands for; -1: words.

  float height() const { return box.y1 - box.y0; }
  float middle_y() const { return (box.y0 + box.y1) / 2; }
  std::size_t letters() const;  ///< Bytes of text.
};

/// Words (which must outlive the result) → segments, ordered by y, then x. Turned words are left out.
std::vector<Segment> segments_of(const std::vector<const LayoutWord*>& words);

/// Groups segments to printed lines: those whose heights overlap by half. Each line is sorted from left to right, the
/// lines from top to bottom.
std::vector<std::vector<Segment>> lines_of(std::vector<Segment> segments);

/// One printed line.
LayoutLine line_of(const std::vector<Segment>& segments);

}  // namespace openbook::read
