#pragma once

#include <cstdint>
#include <vector>

#include "read/html_tree.h"

namespace openbook::read {

/// Drops what no reader sees: scripts, styles, templates, form controls, hidden elements, embedded pictures' insides.
void drop_invisible(HtmlTree& tree);

/// Drops navigation, banners, footers, side columns, cookie notices, sharing bars, comments and blocks made of links;
/// gives the nodes, in document order and none inside another, that hold the main content. Never loses the only
/// content: a page that would be left with next to nothing is kept whole.
std::vector<std::uint32_t> choose_main_content(HtmlTree& tree);

}  // namespace openbook::read
