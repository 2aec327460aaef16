#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// XLSX and XLSM (SpreadsheetML, transitional and strict). Each sheet is a heading and its tables, values as Excel
/// shows them; then what lies on the sheet: charts, text boxes, comments. SourceSpan::row and column are the sheet's,
/// part is its name.
std::unique_ptr<Reader> make_xlsx_reader();
bool sniff_xlsx(std::string_view head);

}  // namespace openbook::read
