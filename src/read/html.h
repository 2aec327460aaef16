#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// Web pages: the main content (html_to_markdown.h) in the encoding that the page declares or shows.
std::unique_ptr<Reader> make_html_reader();
bool sniff_html(std::string_view head);

}  // namespace openbook::read
