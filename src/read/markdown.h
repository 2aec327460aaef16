#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// Markdown stays what it is: line ends made "\n", white space at line ends and runs of blank lines removed, front
/// matter moved to the metadata, underlined headings and inline HTML made plain Markdown, comments dropped.
std::unique_ptr<Reader> make_markdown_reader();

/// Always false for what could as well be plain text; true where headings, fences or tables show it.
bool sniff_markdown(std::string_view head);

/// Appends Markdown of any origin, cleaned, with a span of line numbers for each block (first_line 0: without).
/// `front_matter` of the text goes into the metadata.
void append_markdown(std::string_view utf8_markdown, std::uint32_t first_line, book::Document& into);

}  // namespace openbook::read
