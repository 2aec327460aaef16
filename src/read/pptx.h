#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// PPTX (PresentationML, transitional and strict): each slide's title as a heading, its text, tables, charts and
/// SmartArt, then the speaker's notes and the comments. SourceSpan::page is the slide's number.
std::unique_ptr<Reader> make_pptx_reader();
bool sniff_pptx(std::string_view head);

}  // namespace openbook::read
