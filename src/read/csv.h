#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// Comma, semicolon, tab or bar separated values, in any encoding: one Markdown table, with the row number of each row
/// in the source map. Separator, quote and escape are found by trying; ragged rows are filled up.
std::unique_ptr<Reader> make_csv_reader();

/// Are the first lines records of the same number of fields?
bool sniff_csv(std::string_view head);

}  // namespace openbook::read
