#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"
#include "split/splitter.h"

namespace openbook::split {

enum class UnitKind : std::uint8_t { Heading, Sentence, ListItem, Row, Code };

/// The smallest stretch that is never divided: a sentence, a list item, a table row, a code block (or some lines of a
/// long one).
struct Unit {
  UnitKind kind = UnitKind::Sentence;
  ByteRange range;
  std::uint32_t token_count = 0;
  std::uint8_t level = 0;   ///< Of a heading.
  std::uint32_t block = 0;  ///< Units of one block share this number.
  ByteRange table_header;   ///< Of a table's body row: its header and delimiter lines.
  std::uint32_t header_tokens = 0;
};

/// The units of a document, in order.
std::vector<Unit> units_of(std::string_view markdown, const SplitOptions& options);

}  // namespace openbook::split
