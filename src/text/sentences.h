#pragma once

#include <string_view>
#include <vector>

#include "base/range.h"

namespace openbook::text {

/// Ranges of the sentences of a paragraph, in order, without the white space between them. Knows English abbreviations
/// ("Dr.", "e.g.", "U.S."), decimals, initials, closing quotes and brackets, Chinese and Japanese full stops (。！？).
/// A semicolon joins clauses of one sentence. A paragraph is a stretch without block structure; use blocks_of() first
/// for Markdown.
std::vector<ByteRange> sentences_of(std::string_view paragraph);

}  // namespace openbook::text
