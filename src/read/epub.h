#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// EPUB 2 and 3: the chapters of the spine in order, without the table of contents, which repeats their headings.
/// SourceSpan::part is the chapter's file.
std::unique_ptr<Reader> make_epub_reader();
bool sniff_epub(std::string_view head);

}  // namespace openbook::read
