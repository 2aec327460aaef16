#include "store/sqlite/details.h"

#include <algorithm>

#include "base/bytes.h"
#include "store/sqlite/schema.h"

namespace openbook::store {

std::string encode_details(const book::Document& document) {
  ByteWriter writer;
  writer.varint(document.metadata.size());
  for (const auto& [key, value] : document.metadata) {
    writer.text(key);
    writer.text(value);
  }
  writer.varint(document.notes.size());
  for (const std::string& note : document.notes) writer.text(note);
  return writer.take();
}

Status decode_details(std::string_view bytes, book::Document& document) {
  ByteReader reader(bytes);
  for (std::uint64_t left = reader.varint(); left > 0 && !reader.failed(); --left) {
    const std::string_view key = reader.text();
    document.metadata[std::string(key)] = reader.text();
  }
  for (std::uint64_t left = reader.varint(); left > 0 && !reader.failed(); --left)
    document.notes.emplace_back(reader.text());
  if (reader.failed() || reader.remaining() != 0) return fail(Code::Corrupt, "a document's metadata is damaged");
  return {};
}

std::string encode_path(const std::vector<std::string>& heading) {
  ByteWriter writer;
  for (const std::string& part : heading) writer.text(part);
  return writer.take();
}

Result<std::vector<std::string>> decode_path(std::string_view bytes) {
  ByteReader reader(bytes);
  std::vector<std::string> heading;
  while (reader.remaining() > 0 && !reader.failed()) heading.emplace_back(reader.text());
  if (reader.failed()) return fail(Code::Corrupt, "a chunk's headings are damaged");
  return heading;
}

Result<book::Chunk> chunk_of(const Rows& rows, int column) {
  book::Chunk chunk;
  chunk.range.begin = rows.number(column);
  chunk.range.end = chunk.range.begin + rows.number(column + 1);
  chunk.lead.begin = rows.number(column + 2);
  chunk.lead.end = chunk.lead.begin + rows.number(column + 3);
  chunk.parent.begin = chunk.range.begin - rows.number(column + 4);
  chunk.parent.end = chunk.parent.begin + rows.number(column + 5);
  chunk.token_count = rows.number(column + 6);
  OB_TRY(chunk.heading, decode_path(rows.bytes(column + 7)));
  return chunk;
}

Result<std::string> read_text(Database& database, std::int64_t version, ByteRange range) {
  std::string text;
  if (range.begin >= range.end) return text;
  text.reserve(range.size());
  const auto first = static_cast<std::int64_t>(range.begin / kTextPieceBytes);
  const auto last = static_cast<std::int64_t>((range.end - 1) / kTextPieceBytes);
  const std::int64_t base = version << kPieceBits;
  OB_TRY(Rows rows,
         database.query("SELECT bytes FROM text WHERE id BETWEEN ? AND ? ORDER BY id", base | first, base | last));
  std::size_t at = static_cast<std::size_t>(first) * kTextPieceBytes;
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) break;
    const std::string_view piece = rows.bytes(0);
    const std::size_t begin = std::max<std::size_t>(range.begin, at);
    const std::size_t end = std::min<std::size_t>(range.end, at + piece.size());
    if (begin < end) text.append(piece.substr(begin - at, end - begin));
    at += kTextPieceBytes;
  }
  if (text.size() != range.size())
    return fail(Code::Corrupt, "text of version " + std::to_string(version) + " is missing in the knowledge base");
  return text;
}

Status write_text(Database& database, std::int64_t version, std::string_view markdown) {
  std::int64_t id = version << kPieceBits;
  for (std::size_t at = 0; at < markdown.size(); at += kTextPieceBytes)
    OB_RETURN_IF_ERROR(
        database.execute("INSERT INTO text VALUES(?, ?)", id++, Bytes{markdown.substr(at, kTextPieceBytes)}));
  return {};
}

}  // namespace openbook::store
