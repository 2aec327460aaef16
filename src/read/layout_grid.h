#pragma once

#include <vector>

#include "read/layout_segments.h"

namespace openbook::read {

/// A table found on a page: its cells and which words they took.
struct FoundTable {
  book::Box box;
  std::vector<std::vector<LayoutCell>> rows;  ///< All equally long.
};

/// Tables drawn with lines: groups of crossing rules that make a grid of at least two rows and columns with text in
/// them. Cells joined over borders that are not drawn keep their text at the top left. Words that a table took are set
/// to null in `words`.
std::vector<FoundTable> ruled_tables(const std::vector<book::Box>& rules, std::vector<const LayoutWord*>& words,
                                     float page_width, float page_height);

/// A cell's text: its words, line by line.
LayoutCell cell_of(const std::vector<const LayoutWord*>& words);

/// Drops rows and columns without text. Returns false when less than two rows or columns remain.
bool drop_empty(std::vector<std::vector<LayoutCell>>& rows);

}  // namespace openbook::read
