#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/range.h"

namespace openbook::book {

/// Small dense numbers given by the store; index and fusion handle these, never text.
using DocumentId = std::int64_t;
using ChunkId = std::uint32_t;

/// A passage: what is indexed, found and shown. It holds a range of its document's Markdown, never a copy of the text.
/// A piece of a long table begins below the table's header row; `lead` then names the header (and delimiter) rows,
/// which belong to the passage's text although they stand further up.
struct Chunk {
  ByteRange range;                   ///< Of the document's Markdown; begins and ends at sentence, row or block borders.
  ByteRange lead;                    ///< Header rows of the table that `range` continues; empty otherwise.
  ByteRange parent;                  ///< The 1000 to 1500 token stretch around it, for models that can read more.
  std::vector<std::string> heading;  ///< Texts of the headings above it, outermost first.
  std::uint32_t token_count = 0;     ///< Estimated as text::estimate_tokens does, lead included.

  /// The passage's text: lead and range, joined.
  std::string text_of(std::string_view markdown) const;
};

}  // namespace openbook::book
