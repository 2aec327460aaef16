#include "store/sqlite/batch.h"
#include "store/sqlite/details.h"
#include "store/sqlite/schema.h"

/// How documents and their chunks enter the tables.
namespace openbook::store {

Status Batch::operator()(const NewDocument& put) {
  OB_RETURN_IF_ERROR(check_room(put.chunks.size()));
  const std::string& source_uri = put.source_uri.empty() ? put.document.uri : put.source_uri;
  OB_TRY(book::DocumentId id, database_->integer(0, "SELECT id FROM document WHERE uri=?", put.document.uri));
  int number = 1;
  if (id == 0) {
    OB_RETURN_IF_ERROR(
        database_->execute("INSERT INTO document(uri, source_uri) VALUES(?, ?)", put.document.uri, source_uri));
    id = database_->last_row_id();
  } else {
    OB_RETURN_IF_ERROR(
        database_->execute("UPDATE document SET source_uri=?1 WHERE id=?2 AND source_uri<>?1", source_uri, id));
    OB_TRY(const VersionRow newest, version_row(id, 0));
    if (newest.id != 0 && !newest.ended) {
      if (newest.content_hash == put.content_hash) return {};
      OB_RETURN_IF_ERROR(end_version(newest));
    }
    number = newest.number + 1;
  }
  changed_ = true;
  return insert_version(id, number, put);
}

Status Batch::insert_version(book::DocumentId document, int number, const NewDocument& put) {
  const auto first = static_cast<book::ChunkId>(next_chunk_);
  OB_RETURN_IF_ERROR(database_->execute(
      "INSERT INTO version(document, number, title, language, format, content_hash, byte_size, added_at, "
      "from_revision, first_chunk, chunk_count, details) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      document, number, put.document.title, put.document.language, put.document.format, put.content_hash,
      put.document.markdown.size(), now_, revision_, first, put.chunks.size(), Bytes{encode_details(put.document)}));
  const std::int64_t version = database_->last_row_id();
  OB_RETURN_IF_ERROR(write_text(*database_, version, put.document.markdown));
  OB_RETURN_IF_ERROR(insert_chunks(version, first, put.chunks));
  if (!put.document.source.spans.empty())
    OB_RETURN_IF_ERROR(
        database_->execute("INSERT INTO source_map VALUES(?, ?)", version, Bytes{book::encode(put.document.source)}));
  if (!put.vectors.empty()) OB_RETURN_IF_ERROR(insert_vectors(version, put.chunks.size(), put.vectors));
  builder_.add(put.terms, first);
  next_chunk_ += put.chunks.size();
  return {};
}

Status Batch::insert_chunks(std::int64_t version, book::ChunkId first, const std::vector<book::Chunk>& chunks) {
  std::string path;
  std::int64_t heading = -1;
  for (const book::Chunk& chunk : chunks) {
    std::string next = encode_path(chunk.heading);
    if (heading < 0 || next != path) {
      path = std::move(next);
      if (++heading >> kPieceBits != 0) return fail(Code::OverLimit, "a document has more than 1,048,576 headings");
      OB_RETURN_IF_ERROR(
          database_->execute("INSERT INTO heading VALUES(?, ?)", version << kPieceBits | heading, Bytes{path}));
    }
    OB_RETURN_IF_ERROR(database_->execute("INSERT INTO chunk VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", first++, heading,
                                          chunk.range.begin, chunk.range.size(), chunk.lead.begin, chunk.lead.size(),
                                          chunk.range.begin - chunk.parent.begin, chunk.parent.size(),
                                          chunk.token_count));
  }
  return {};
}

Status Batch::operator()(const ReindexVersion& change) {
  OB_TRY(const VersionRow version, version_row(change.id, change.version));
  if (version.id == 0) return {};  // Forgotten meanwhile.
  OB_RETURN_IF_ERROR(check_room(change.chunks.size()));
  changed_ = true;
  hidden_.emplace_back(version.first_chunk, version.chunk_count);
  OB_RETURN_IF_ERROR(database_->execute("DELETE FROM chunk WHERE id >= ? AND id < ?", version.first_chunk,
                                        std::uint64_t{version.first_chunk} + version.chunk_count));
  OB_RETURN_IF_ERROR(database_->execute("DELETE FROM heading WHERE id >= ? AND id < ?", version.id << kPieceBits,
                                        (version.id + 1) << kPieceBits));
  OB_RETURN_IF_ERROR(database_->execute("DELETE FROM vector WHERE version=?", version.id));
  const auto first = static_cast<book::ChunkId>(next_chunk_);
  OB_RETURN_IF_ERROR(insert_chunks(version.id, first, change.chunks));
  OB_RETURN_IF_ERROR(database_->execute("UPDATE version SET first_chunk=?, chunk_count=? WHERE id=?", first,
                                        change.chunks.size(), version.id));
  builder_.add(change.terms, first);
  next_chunk_ += change.chunks.size();
  if (version.ended) hidden_.emplace_back(first, static_cast<std::uint32_t>(change.chunks.size()));
  return {};
}

}  // namespace openbook::store
