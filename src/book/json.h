#pragma once

#include "base/json_forward.h"
#include "book/answer.h"
#include "book/document.h"
#include "book/search_result.h"

/// The JSON form of the nouns, as `--json` prints it. Fixed: other programs rely on it.
namespace openbook::book {

Json to_json(const DocumentRef& document);
Json to_json(const SearchResult& result);
Json to_json(const Answer& answer);
/// The whole document with its source map: one span {range, page, box, line, row, column, part}; what does not apply is
/// left out.
Json to_json(const Document& document);

}  // namespace openbook::book
