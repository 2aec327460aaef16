#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read/ooxml.h"
#include "read/xlsx_format.h"

/// What the sheets of a workbook share.
namespace openbook::read {

struct XlsxSheet {
  std::string name;
  std::string part;
  bool is_hidden = false;
};

struct XlsxWorkbook {
  std::vector<XlsxSheet> sheets;
  std::vector<std::string> strings;       ///< Shared strings.
  std::vector<std::string> cell_formats;  ///< Format code of each cell style.
  DateSystem dates = DateSystem::From1900;

  /// What a cell shows. `cell` is a `c` element.
  std::string cell_text(XmlNode cell) const;
};

/// Errors: Corrupt (no workbook part, no sheet in it).
Result<XlsxWorkbook> parse_workbook(Package& package);

}  // namespace openbook::read
