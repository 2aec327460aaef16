#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// JSON and JSON Lines, also gzip-compressed. An object with a "text" is a document of its own ("contents", "content",
/// "body" and "passage" count as well), each line of a JSON Lines file and each element of an array; "_id" or "id",
/// "title" and "path" are used, other scalars become metadata, and its uri is "<uri of the file>#<_id or line number>".
/// Lines are read one at a time; a bad one becomes a note. Other JSON is rendered readably as one document, with line
/// numbers.
std::unique_ptr<Reader> make_json_reader();
bool sniff_json(std::string_view head);

}  // namespace openbook::read
