#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// DOCX (WordprocessingML, transitional and strict). Insertions under tracked changes are read, deletions are not;
/// comments stand as quotes behind what they are about, notes at the end. SourceSpan::page is the page on which Word
/// showed the text when it last saved the file; without that knowledge there are no spans.
std::unique_ptr<Reader> make_docx_reader();
bool sniff_docx(std::string_view head);

}  // namespace openbook::read
