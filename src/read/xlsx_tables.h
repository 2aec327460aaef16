#pragma once

#include <cstdint>
#include <vector>

#include "read/markdown_writer.h"
#include "read/xlsx_rows.h"

/// From the rows of a sheet to its tables. Blank rows part the sheet into bands; within a band, blank columns part
/// tables that stand side by side; a line of one cell above a table is its title.
namespace openbook::read {

class SheetTables {
 public:
  SheetTables(std::uint32_t part, MarkdownWriter& writer) : part_(part), writer_(writer) {}

  void add(SheetRow row);
  /// Writes what is held back.
  void end();

 private:
  /// Columns of one table, in order.
  using Columns = std::vector<std::uint32_t>;

  void flush(bool band_ends);
  std::vector<Columns> islands() const;
  void write_island(const Columns& columns);
  void write_row(const SheetRow& row, const Columns& columns);
  std::vector<TableCell> cells_of(const SheetRow& row, const Columns& columns) const;
  book::SourceSpan at(std::uint32_t row, std::uint32_t column) const;

  std::uint32_t part_;
  MarkdownWriter& writer_;
  std::vector<SheetRow> band_;  ///< Rows that follow one another without a gap.
  Columns running_;             ///< Columns of the long table under way; empty: none.
  std::uint32_t last_row_ = 0;
};

}  // namespace openbook::read
