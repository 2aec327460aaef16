#pragma once

#include <string>

#include "book/document.h"
#include "read/html_tree.h"

namespace openbook::read {

/// Reads <title>, <meta> and <html lang> into the document where it has nothing yet. Gives the page's whole title.
std::string take_html_metadata(const HtmlTree& tree, book::Document& into);

}  // namespace openbook::read
