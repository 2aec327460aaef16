#include "read/html_table.h"

#include <algorithm>
#include <charconv>

#include "read/html_inline.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxColumns = 256;
constexpr std::size_t kMaxCells = 400'000;

std::size_t span_of(const HtmlTree& tree, std::uint32_t cell, const char* name) {
  const std::string_view text = tree.attribute(cell, name);
  std::size_t value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp<std::size_t>(value, 1, 1000);
}

bool is_cell(GumboTag tag) {
  return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
}

struct Shape {
  std::size_t rows = 0, cells = 0, headers = 0, widest_row = 0, blocks = 0, long_cells = 0;
  bool nested = false;
};

Shape shape_of(const HtmlTree& tree, std::uint32_t table) {
  Shape shape;
  std::size_t in_row = 0;
  for (std::uint32_t i = table + 1; i < tree.nodes()[table].end; ++i) {
    const HtmlNode& node = tree.nodes()[i];
    if (node.dropped) {
      i = node.end - 1;
      continue;
    }
    if (node.tag == GUMBO_TAG_TABLE) {
      shape.nested = true;
      i = node.end - 1;
      continue;
    }
    if (node.tag == GUMBO_TAG_TR) shape.rows += 1, in_row = 0;
    if (is_cell(node.tag)) {
      shape.cells += 1;
      shape.headers += node.tag == GUMBO_TAG_TH;
      shape.widest_row = std::max(shape.widest_row, ++in_row);
      shape.long_cells += tree.text_of(i).size() > 500;
    }
    shape.blocks += (node.tag >= GUMBO_TAG_H1 && node.tag <= GUMBO_TAG_H6) || node.tag == GUMBO_TAG_PRE ||
                    node.tag == GUMBO_TAG_ARTICLE;
  }
  return shape;
}

bool lays_out_a_page(const HtmlTree& tree, std::uint32_t table) {
  const std::string_view role = tree.attribute(table, "role");
  if (role == "presentation" || role == "none") return true;
  const Shape shape = shape_of(tree, table);
  if (shape.rows == 0 || (shape.nested && (shape.headers == 0 || 4 * shape.long_cells > shape.cells))) return true;
  if (shape.widest_row <= 1 && shape.headers == 0) return true;
  if (shape.rows == 1 && shape.headers == 0) return true;
  return shape.headers == 0 && (4 * shape.long_cells > shape.cells || (shape.blocks > 0 && shape.cells <= 6));
}

/// Lays cells into a grid; what reaches down from rows above is carried along.
class Grid {
 public:
  Grid(const HtmlTree& tree, const book::SourceSpan& at) : tree_(tree), at_(at) {}

  bool add_row(std::uint32_t row) {
    rows_.emplace_back();
    starts_.emplace_back();
    column_ = 0;
    for (std::uint32_t i = row + 1; i < tree_.nodes()[row].end; i = tree_.nodes()[i].end) {
      if (tree_.nodes()[i].dropped || !is_cell(tree_.nodes()[i].tag)) continue;
      take_carried();
      add_cell(i);
    }
    take_carried();
    return cell_count_ < kMaxCells;
  }

  std::vector<std::vector<TableCell>> take() {
    std::size_t width = 0;
    for (const auto& row : rows_) width = std::max(width, row.size());
    for (std::size_t r = 0; r < rows_.size(); ++r)
      if (width > 1 && rows_[r].size() == width && starts_[r] == 1)
        for (std::size_t c = 1; c < width; ++c) rows_[r][c].text.clear();
    std::erase_if(rows_, [](const auto& row) {
      return std::all_of(row.begin(), row.end(), [](const TableCell& cell) { return cell.text.empty(); });
    });
    return std::move(rows_);
  }

 private:
  struct Carried {
    std::size_t rows_left = 0;
    TableCell cell;
  };

  void add_cell(std::uint32_t node) {
    TableCell cell{inline_of(tree_, node, HtmlInlineText::Marks::Drop), at_};
    if (at_.line) cell.at.line = tree_.nodes()[node].line;
    const std::size_t across = span_of(tree_, node, "colspan"), down = span_of(tree_, node, "rowspan");
    starts_.back() += 1;
    for (std::size_t i = 0; i < across && column_ < kMaxColumns; ++i, ++column_) {
      if (down > 1) {
        if (carried_.size() <= column_) carried_.resize(column_ + 1);
        carried_[column_] = {down - 1, cell};
      }
      rows_.back().push_back(cell);
      ++cell_count_;
    }
  }

  void take_carried() {
    while (column_ < carried_.size() && carried_[column_].rows_left > 0) {
      --carried_[column_].rows_left;
      rows_.back().push_back(carried_[column_].cell);
      starts_.back() += 1;
      ++column_;
      ++cell_count_;
    }
  }

  const HtmlTree& tree_;
  const book::SourceSpan& at_;
  std::vector<std::vector<TableCell>> rows_;
  std::vector<std::size_t> starts_;  ///< Cells that begin in each row: 1 in a row that is one wide cell.
  std::vector<Carried> carried_;
  std::size_t column_ = 0, cell_count_ = 0;
};

}  // namespace

std::optional<std::vector<std::vector<TableCell>>> html_table_rows(const HtmlTree& tree, std::uint32_t table,
                                                                   const book::SourceSpan& at) {
  if (lays_out_a_page(tree, table)) return std::nullopt;
  Grid grid(tree, at);
  for (std::uint32_t i = table + 1; i < tree.nodes()[table].end;) {
    const HtmlNode& node = tree.nodes()[i];
    if (node.dropped || node.tag == GUMBO_TAG_CAPTION) {
      i = node.end;
    } else if (node.tag == GUMBO_TAG_TR) {
      if (!grid.add_row(i)) break;
      i = node.end;
    } else {
      ++i;
    }
  }
  return grid.take();
}

}  // namespace openbook::read
