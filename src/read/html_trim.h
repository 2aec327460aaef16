#pragma once

#include <cstdint>
#include <vector>

#include "read/html_tree.h"

namespace openbook::read {

/// Drops short blocks that say what pages say everywhere ("Share this", "返回顶部"), and at the beginning and the end
/// of the chosen content the blocks that are only links, with the headings that then stand above nothing. What would
/// cost more than a third of the text is left alone.
void trim_content(HtmlTree& tree, const std::vector<std::uint32_t>& chosen);

}  // namespace openbook::read
