#pragma once

#include "book/chunk.h"
#include "book/document.h"
#include "store/sqlite/database.h"

/// The small byte forms inside the tables, and the pieces that a version's text is kept in.
namespace openbook::store {

/// Metadata and notes of a document.
std::string encode_details(const book::Document& document);
Status decode_details(std::string_view bytes, book::Document& document);

/// A heading path.
std::string encode_path(const std::vector<std::string>& heading);
Result<std::vector<std::string>> decode_path(std::string_view bytes);

/// A chunk from eight columns beginning at `column`: begin, size, lead_begin, lead_size, parent_before, parent_size,
/// tokens, heading path.
Result<book::Chunk> chunk_of(const Rows& rows, int column);

/// A range of a version's Markdown; reads only the pieces that hold it. Corrupt if they do not.
Result<std::string> read_text(Database& database, std::int64_t version, ByteRange range);
Status write_text(Database& database, std::int64_t version, std::string_view markdown);

}  // namespace openbook::store
