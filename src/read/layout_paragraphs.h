#pragma once

#include <vector>

#include "read/layout.h"

namespace openbook::read {

/// Lines of one column, top to bottom → blocks: a new one begins after a gap, at an indent, after a short last line, at
/// a list mark, and where size or weight change. Appended to `out`.
void add_paragraphs(std::vector<LayoutLine> lines, std::uint32_t page, std::vector<LayoutBlock>& out);

/// Length in bytes of the list mark that a line begins with ("•", "-", "1.", "(a)"), 0: none. A number is stored in
/// `number` (0 for bullets).
std::size_t list_mark(std::string_view text, int& number);

}  // namespace openbook::read
