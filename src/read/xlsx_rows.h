#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "read/ooxml.h"
#include "read/xlsx_workbook.h"

/// The rows of one sheet, one at a time: a sheet of a gigabyte needs the memory of its longest row.
namespace openbook::read {

struct SheetCell {
  std::uint32_t column = 1;  ///< 1-based.
  std::string text;
  bool is_filled = false;  ///< Stands here because a merged cell covers it, with the text of the merge's first cell.
};

struct SheetRow {
  std::uint32_t number = 1;      ///< 1-based.
  std::vector<SheetCell> cells;  ///< Not blank, by column.
};

/// A rectangle of merged cells, 1-based, bounds included.
struct Merge {
  std::uint32_t row = 1, column = 1, last_row = 1, last_column = 1;
};

/// "BC12" → column 55, row 12; zero where it says nothing.
struct CellReference {
  std::uint32_t column = 0, row = 0;
};
CellReference parse_reference(std::string_view text);

/// What stands around the rows of a sheet's part.
struct SheetFrame {
  Xml xml;                    ///< The part without its rows.
  std::vector<Merge> merges;  ///< By first row.
};
Result<SheetFrame> read_frame(Package& package, std::string_view part);

/// Visits every row that is not blank, merged cells filled; stops at the visitor's error.
/// Errors: Corrupt (damaged part; the rows before the damage have been visited), OverLimit.
Status visit_rows(Package& package, const XlsxWorkbook& workbook, std::string_view part,
                  const std::vector<Merge>& merges, const std::function<Status(SheetRow)>& visit);

}  // namespace openbook::read
