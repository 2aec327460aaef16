#pragma once

#include <optional>
#include <string>
#include <vector>

#include "read/html_tree.h"
#include "read/markdown_writer.h"

namespace openbook::read {

/// The rows of a data table, spans flattened: a cell that reaches over rows or columns stands in each of them (one
/// over the whole width only once). Cells hold inline Markdown. Empty: the table only lays out a page (it holds other
/// tables, headings or long text), and its cells are to be read as blocks.
std::optional<std::vector<std::vector<TableCell>>> html_table_rows(const HtmlTree& tree, std::uint32_t table,
                                                                   const book::SourceSpan& at);

}  // namespace openbook::read
