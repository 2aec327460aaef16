#pragma once

#include <string_view>

#include "read/markdown_writer.h"
#include "read/ooxml.h"

/// Pictures made of data: charts as tables of their cached values, SmartArt as a list of its texts.
namespace openbook::read {

/// Title as a paragraph, then categories by series. A damaged chart leaves a note in the package.
void write_chart(Package& package, std::string_view part, const book::SourceSpan& at, MarkdownWriter& writer);

/// One list item for each text of a SmartArt diagram, in the order of the data.
void write_diagram(Package& package, std::string_view part, const book::SourceSpan& at, MarkdownWriter& writer);

}  // namespace openbook::read
