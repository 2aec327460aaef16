#include <map>

#include "store/sqlite/details.h"
#include "store/sqlite/snapshot.h"

/// From chunk numbers to text.
namespace openbook::store {
namespace {

/// A version that holds some of the chunks asked for.
struct Holder {
  std::int64_t version = 0;
  ChunkSpan span;
  book::DocumentRef document;
  book::SourceMap source;
};

Error unknown_chunk(book::ChunkId chunk) {
  return {Code::NotFound, "chunk " + std::to_string(chunk) + " is not in this state of the library", {}};
}

Result<Holder> holder_of(Database& database, book::ChunkId chunk, std::int64_t revision) {
  OB_TRY(Rows rows,
         database.query(
             "SELECT v.id, v.first_chunk, v.chunk_count, d.id, d.uri, v.title, v.number, v.language, v.added_at, "
             "m.bytes, v.from_revision <= ?2 AND (v.to_revision IS NULL OR v.to_revision > ?2) "
             "FROM version v JOIN document d ON d.id = v.document LEFT JOIN source_map m ON m.version = v.id "
             "WHERE v.id = (SELECT id FROM version WHERE first_chunk <= ?1 AND chunk_count > 0 "
             "ORDER BY first_chunk DESC LIMIT 1)",
             chunk, revision));
  OB_TRY(const bool found, rows.next());
  if (!found) return fail(unknown_chunk(chunk));
  Holder holder;
  holder.version = rows.integer(0);
  holder.span = {rows.number(1), rows.number(2)};
  if (chunk - holder.span.first >= holder.span.count || rows.integer(10) == 0) return fail(unknown_chunk(chunk));
  holder.document = {rows.integer(3),           std::string(rows.text(4)),
                     std::string(rows.text(5)), static_cast<int>(rows.integer(6)),
                     std::string(rows.text(7)), rows.integer(8)};
  if (!rows.is_null(9)) {
    OB_TRY(holder.source, book::decode_source_map(rows.bytes(9)));
  }
  return holder;
}

Result<book::Chunk> load_chunk(Database& database, const Holder& holder, book::ChunkId id) {
  OB_TRY(Rows rows, database.query("SELECT c.begin, c.size, c.lead_begin, c.lead_size, c.parent_before, c.parent_size, "
                                   "c.tokens, h.path FROM chunk c LEFT JOIN heading h ON h.id = (?2 << 20 | c.heading) "
                                   "WHERE c.id = ?1",
                                   id, holder.version));
  OB_TRY(const bool found, rows.next());
  if (!found) return fail(unknown_chunk(id));
  return chunk_of(rows, 0);
}

/// Lead and range alone, as Chunk::text_of would cut them out of the whole Markdown.
Result<std::string> load_text(Database& database, std::int64_t version, const book::Chunk& chunk) {
  OB_TRY(std::string bytes, read_text(database, version, chunk.lead));
  OB_TRY(const std::string body, read_text(database, version, chunk.range));
  book::Chunk local;
  local.lead = {0, static_cast<std::uint32_t>(bytes.size())};
  bytes += body;
  local.range = {local.lead.end, static_cast<std::uint32_t>(bytes.size())};
  return local.text_of(bytes);
}

book::SourceMap clipped(const book::SourceMap& map, const book::Chunk& chunk) {
  book::SourceMap source = map.clipped(chunk.range);
  if (chunk.lead.empty()) return source;
  book::SourceMap with_lead = map.clipped(chunk.lead);
  for (const book::SourceSpan& span : source.spans)
    if (with_lead.spans.empty() || span.range.begin >= with_lead.spans.back().range.end)
      with_lead.spans.push_back(span);
  return with_lead;
}

}  // namespace

Result<std::vector<book::Passage>> SqliteSnapshot::passages(std::span<const book::Candidate> candidates) {
  std::map<book::ChunkId, Holder> holders;  // By the last chunk, so that lower_bound finds the holder.
  std::vector<book::Passage> passages;
  for (const book::Candidate& candidate : candidates) {
    auto at = holders.lower_bound(candidate.chunk);
    if (at == holders.end() || candidate.chunk < at->second.span.first) {
      OB_TRY(Holder loaded, holder_of(database_, candidate.chunk, view_->revision));
      at = holders.emplace(loaded.span.first + loaded.span.count - 1, std::move(loaded)).first;
    }
    const Holder& holder = at->second;
    book::Passage passage;
    passage.chunk_id = candidate.chunk;
    passage.document = holder.document;
    OB_TRY(passage.chunk, load_chunk(database_, holder, candidate.chunk));
    OB_TRY(passage.text, load_text(database_, holder.version, passage.chunk));
    passage.source = clipped(holder.source, passage.chunk);
    passage.score = candidate.score;
    passage.signals = candidate.signals;
    passages.push_back(std::move(passage));
  }
  return passages;
}

Result<ChunkSpan> SqliteSnapshot::chunks_around(book::ChunkId chunk) {
  OB_TRY(const Holder holder, holder_of(database_, chunk, view_->revision));
  return holder.span;
}

}  // namespace openbook::store
