#pragma once

#include <vector>

#include "read/layout_segments.h"

namespace openbook::read {

/// A gutter: an empty upright strip with text on both sides.
struct Gutter {
  float begin = 0, end = 0;
  bool found() const { return end > begin; }
};

/// What to do with the lines on both sides of a gutter.
enum class BandKind : std::uint8_t {
  Columns,  ///< Read the left side to its end, then the right.
  Table,    ///< Rows of cells.
  Labels,   ///< Short texts on the left, each beside the stretch on the right that it names: read stretch by stretch.
  Lines,    ///< Not a border at all (list marks, line numbers): read line by line.
};

using Lines = std::vector<std::vector<Segment>>;

/// The gutter that parts the tallest stretch of lines. Lines that cross it (headings, wide figures' captions) do not
/// count.
Gutter best_gutter(const Lines& lines);

/// Does any segment of the line reach into the gutter?
bool crosses(const std::vector<Segment>& line, const Gutter& gutter);

/// What a stretch of lines that keeps clear of the gutter is.
BandKind kind_of(const Lines& band, const Gutter& gutter);

/// Does a stretch of lines look like a table: short texts in rows, above one another in columns?
bool is_text_table(const Lines& band);

/// The cells of a band that is a table: columns are where its segments stand, lines that only continue cells are
/// joined to the row above.
std::vector<std::vector<LayoutCell>> table_rows(const Lines& band);

}  // namespace openbook::read
