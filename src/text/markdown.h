#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

namespace openbook::text {

enum class BlockKind : std::uint8_t { Heading, Paragraph, ListItem, Quote, Code, Table, Rule, Html };

/// One block of Markdown.
struct Block {
  BlockKind kind = BlockKind::Paragraph;
  ByteRange range;         ///< Whole lines, final newline excluded; fences included.
  std::uint8_t level = 0;  ///< Heading: 1 to 6. List item: nesting depth from 1.
};

/// The blocks of a document, in order, one pass, line by line (CommonMark leaf blocks and GFM tables as openbook's own
/// readers write them; whatever else is a paragraph). Blank lines belong to no block. Each list item is a block of its
/// own (its continuation lines included). YAML front matter is a Code block.
std::vector<Block> blocks_of(std::string_view markdown);

/// Text of a heading line without "#" marks and emphasis.
std::string heading_text(std::string_view line);

/// Readable text of inline Markdown: emphasis, links and code marks removed, escapes undone.
std::string plain_text(std::string_view inline_markdown);

/// Escapes what would otherwise be read as Markdown inside running text ("*", "_", "#" at a line's beginning, "|" in a
/// table cell when `in_table`). For readers whose source is not Markdown.
std::string escape_markdown(std::string_view text, bool in_table = false);

/// One row of a GFM table: the ranges of its cells, trimmed.
std::vector<ByteRange> table_cells(std::string_view row_line, std::uint32_t offset = 0);

}  // namespace openbook::text
