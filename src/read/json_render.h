#pragma once

#include "read/json_value.h"
#include "read/markdown_writer.h"

namespace openbook::read {

/// Writes JSON for people: arrays of flat objects as tables, objects as "**key**: value" lists, the first two levels of
/// named objects and arrays under headings. Spans carry the line of each value.
void render_json(const JsonValue& value, MarkdownWriter& writer);

}  // namespace openbook::read
