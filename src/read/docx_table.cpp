#include <algorithm>

#include "read/docx_body.h"

/// Tables of a DOCX: a grid with merged cells repeated, or, where a table only serves the layout, its content as
/// ordinary blocks.
namespace openbook::read {
namespace {

constexpr std::size_t kMaxColumns = 256;
constexpr std::size_t kRepeatedBytes = 200;  ///< Longer texts of merged cells are not repeated.
constexpr std::size_t kLayoutBytes = 3000;   ///< A cell longer than this is a column of prose, not a table's cell.

template <typename Visit>
void each_below(XmlNode parent, std::string_view name, Visit visit, int depth = 0) {
  for (const XmlNode node : parent.children()) {
    const std::string_view local = local_name(node);
    if (local == name) {
      visit(node);
    } else if (depth < 16 && (local == "sdt" || local == "sdtContent" || local == "customXml" || local == "ins" ||
                              local == "smartTag")) {
      each_below(node, name, visit, depth + 1);  // Wrappers stand between a table and its rows, a row and its cells.
    }
  }
}

std::size_t span_of(XmlNode cell) {
  const long long span = number_attribute(child(child(cell, "tcPr"), "gridSpan"), "val", 1);
  return static_cast<std::size_t>(std::clamp(span, 1LL, static_cast<long long>(kMaxColumns)));
}

std::size_t skipped_before(XmlNode row) {
  const long long skipped = number_attribute(child(child(row, "trPr"), "gridBefore"), "val", 0);
  return static_cast<std::size_t>(std::clamp(skipped, 0LL, static_cast<long long>(kMaxColumns)));
}

std::string repeated(const std::string& text) {
  return text.size() <= kRepeatedBytes ? text : std::string();
}

/// Drops columns that are blank in every row: left over from the finer grid of merged cells.
void drop_blank_columns(std::vector<std::vector<TableCell>>& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  for (std::size_t column = width; column-- > 0;) {
    const bool used = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
      return column < row.size() && !trimmed(row[column].text).empty();
    });
    if (used) continue;
    for (auto& row : rows)
      if (column < row.size()) row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
  }
}

/// Does every row say in this column what it says in the one before? Then a finer grid split one column in two.
bool repeats_column(const std::vector<std::vector<TableCell>>& rows, std::size_t column,
                    const std::vector<std::vector<bool>>& continued) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (column < rows[i].size() && (column >= continued[i].size() || !continued[i][column])) return false;
  return true;
}

}  // namespace

bool is_deleted_row(XmlNode row) {
  return static_cast<bool>(child(child(row, "trPr"), "del"));
}

std::vector<std::vector<TableCell>> DocxBody::rows_of(XmlNode table) {
  std::vector<std::vector<TableCell>> rows;
  std::vector<std::vector<bool>> continued;  // Cells that a merge to the right filled.
  each_below(table, "tr", [&](XmlNode row) {
    if (is_deleted_row(row)) return;
    std::vector<TableCell> cells(skipped_before(row));
    std::vector<bool> filled(cells.size());
    each_below(row, "tc", [&](XmlNode cell) {
      if (cells.size() >= kMaxColumns) return;
      std::string text = one_line(cell);
      const XmlNode merge = child(child(cell, "tcPr"), "vMerge");
      const bool goes_on = merge && attribute(merge, "val") != "restart";
      if (goes_on && trimmed(text).empty() && !rows.empty() && cells.size() < rows.back().size())
        text = repeated(rows.back()[cells.size()].text);
      const std::size_t span = std::min(span_of(cell), kMaxColumns - cells.size());
      for (std::size_t i = 0; i < span; ++i) {
        cells.push_back({i == 0 ? text : repeated(text), here()});
        filled.push_back(i > 0);
      }
    });
    rows.push_back(std::move(cells));
    continued.push_back(std::move(filled));
  });
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  for (std::size_t column = width; column-- > 1;) {
    if (!repeats_column(rows, column, continued)) continue;
    for (auto& row : rows)
      if (column < row.size()) row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
  }
  drop_blank_columns(rows);
  std::erase_if(rows, [](const auto& row) {
    return std::all_of(row.begin(), row.end(), [](const TableCell& cell) { return trimmed(cell.text).empty(); });
  });
  return rows;
}

void DocxBody::table_as_blocks(XmlNode node) {
  each_below(node, "tr", [&](XmlNode row) {
    if (!is_deleted_row(row)) each_below(row, "tc", [&](XmlNode cell) { blocks(cell); });
  });
  flush_code();
}

void DocxBody::table(XmlNode node) {
  // Counters and fields move on while cells are read, so a table that turns out to be layout is read again from the
  // state before it.
  const DocxNumbering numbering = parts_.numbering;
  const DocxInline fields = inline_;
  const std::uint32_t page = page_;
  const auto comments_before = pending_comments_;
  const std::vector<std::vector<TableCell>> rows = rows_of(node);
  std::size_t longest = 0, columns = 0;
  for (const auto& row : rows) {
    columns = std::max(columns, row.size());
    for (const TableCell& cell : row) longest = std::max(longest, cell.text.size());
  }
  if (columns == 1 || rows.size() == 1 || longest > kLayoutBytes) {
    if (rows.size() == 1 && columns > 1 && longest <= kRepeatedBytes) return writer_.table(rows, TextForm::Markdown);
    parts_.numbering = numbering;
    inline_.restore(fields);
    page_ = page;
    pending_comments_ = comments_before;
    return table_as_blocks(node);
  }
  writer_.table(rows, TextForm::Markdown);
}

}  // namespace openbook::read
