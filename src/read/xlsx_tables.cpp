#include "read/xlsx_tables.h"

#include <algorithm>
#include <set>

namespace openbook::read {
namespace {

constexpr std::size_t kMaxBandRows = 5000;  ///< Held in memory; a longer table goes on with the columns found in these.

const SheetCell* cell_at(const SheetRow& row, std::uint32_t column) {
  const auto found = std::lower_bound(row.cells.begin(), row.cells.end(), column,
                                      [](const SheetCell& cell, std::uint32_t c) { return cell.column < c; });
  return found != row.cells.end() && found->column == column ? &*found : nullptr;
}

/// Cells of a row that lie in the columns, those that a merge filled not counted.
std::size_t own_cells(const SheetRow& row, const std::vector<std::uint32_t>& columns) {
  return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [&](std::uint32_t column) {
    const SheetCell* cell = cell_at(row, column);
    return cell != nullptr && !cell->is_filled;
  }));
}

}  // namespace

book::SourceSpan SheetTables::at(std::uint32_t row, std::uint32_t column) const {
  book::SourceSpan span;
  span.row = row;
  span.column = column;
  span.part = part_;
  return span;
}

void SheetTables::add(SheetRow row) {
  if (row.number != last_row_ + 1 && last_row_ != 0) flush(true);
  last_row_ = row.number;
  if (!running_.empty()) return write_row(row, running_);
  band_.push_back(std::move(row));
  if (band_.size() >= kMaxBandRows) flush(false);
}

void SheetTables::end() {
  flush(true);
}

void SheetTables::flush(bool band_ends) {
  if (!band_.empty()) {
    const std::vector<Columns> found = islands();
    for (const Columns& columns : found) write_island(columns);
    if (!band_ends && found.size() == 1) running_ = found.front();
    band_.clear();
  }
  if (band_ends) running_.clear();
}

std::vector<SheetTables::Columns> SheetTables::islands() const {
  std::set<std::uint32_t> used;
  for (const SheetRow& row : band_)
    for (const SheetCell& cell : row.cells)
      if (!cell.is_filled) used.insert(cell.column);
  std::vector<Columns> groups;
  for (const std::uint32_t column : used) {
    if (groups.empty() || column != groups.back().back() + 1) groups.emplace_back();
    groups.back().push_back(column);
  }
  // A gap parts tables only where both sides are tables of their own; else it is a spacer inside one.
  const bool apart = std::all_of(groups.begin(), groups.end(), [&](const Columns& columns) {
    const auto full =
        std::count_if(band_.begin(), band_.end(), [&](const SheetRow& row) { return own_cells(row, columns) > 1; });
    return columns.size() >= 2 && full >= 2;
  });
  if (apart && groups.size() > 1) return groups;
  Columns all(used.begin(), used.end());
  return all.empty() ? std::vector<Columns>() : std::vector<Columns>{std::move(all)};
}

std::vector<TableCell> SheetTables::cells_of(const SheetRow& row, const Columns& columns) const {
  std::vector<TableCell> cells;
  cells.reserve(columns.size());
  const bool banner = own_cells(row, columns) == 1;  // One text over the whole row: said once.
  for (const std::uint32_t column : columns) {
    const SheetCell* cell = cell_at(row, column);
    const bool shown = cell != nullptr && !(banner && cell->is_filled && columns.size() > 2 && cell->text.size() > 40);
    cells.push_back({shown ? cell->text : std::string(), at(row.number, column)});
  }
  return cells;
}

void SheetTables::write_row(const SheetRow& row, const Columns& columns) {
  writer_.table_row(cells_of(row, columns));
}

void SheetTables::write_island(const Columns& columns) {
  std::vector<const SheetRow*> rows;
  for (const SheetRow& row : band_)
    if (std::any_of(columns.begin(), columns.end(), [&](std::uint32_t c) { return cell_at(row, c) != nullptr; }))
      rows.push_back(&row);
  std::size_t first = 0;
  // Titles above the table, and bands that hold no table at all.
  while (first < rows.size()) {
    const bool single = own_cells(*rows[first], columns) == 1;
    const bool more = std::any_of(rows.begin() + static_cast<std::ptrdiff_t>(first) + 1, rows.end(),
                                  [&](const SheetRow* row) { return own_cells(*row, columns) > 1; });
    const SheetCell* lead = cell_at(*rows[first], columns.front());
    if (!single || !(rows.size() - first == 1 || (more && lead != nullptr && !lead->is_filled))) break;
    for (const std::uint32_t column : columns) {
      const SheetCell* cell = cell_at(*rows[first], column);
      if (cell != nullptr && !cell->is_filled) writer_.paragraph(cell->text, at(rows[first]->number, column));
    }
    ++first;
  }
  if (first == rows.size()) return;
  const std::vector<TableCell> header = cells_of(*rows[first], columns);
  writer_.table_header(header, columns.size());
  for (std::size_t i = first + 1; i < rows.size(); ++i) write_row(*rows[i], columns);
}

}  // namespace openbook::read
