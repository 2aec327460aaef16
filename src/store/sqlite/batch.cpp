#include "store/sqlite/batch.h"

#include <algorithm>

#include "store/sqlite/schema.h"

namespace openbook::store {
namespace {

constexpr std::uint64_t kMergeChunks = 4096;  // One commit may always rewrite this many: about 10 ms.

}  // namespace

Result<Batch> Batch::begin(Database& database, SegmentCache& cache, const StoreOptions& options) {
  OB_TRY(SegmentSet segments, SegmentSet::load(database, cache));
  Batch batch(database, options, std::move(segments));
  OB_TRY(const std::int64_t revision, meta_integer(database, "revision"));
  OB_TRY(const std::int64_t next_chunk, meta_integer(database, "next_chunk"));
  OB_TRY(const std::int64_t last, database.integer(0, "SELECT made_at FROM revision WHERE number=?", revision));
  batch.revision_ = revision + 1;
  batch.next_chunk_ = static_cast<std::uint64_t>(next_chunk);
  batch.now_ = std::max(now_millis(), last);
  return batch;
}

Status Batch::apply(const Change& change) {
  return std::visit([this](const auto& one) { return (*this)(one); }, change);
}

Result<std::int64_t> Batch::finish() {
  if (!changed_) return revision_ - 1;
  const std::uint64_t added = builder_.chunk_count();
  if (!builder_.empty()) OB_RETURN_IF_ERROR(segments_.add(builder_));
  for (const auto& [first, count] : hidden_) segments_.hide(first, count);
  OB_RETURN_IF_ERROR(segments_.tidy(std::max(kMergeChunks, 8 * added)));
  OB_RETURN_IF_ERROR(segments_.save());
  OB_RETURN_IF_ERROR(database_->execute("INSERT INTO revision VALUES(?, ?)", revision_, now_));
  OB_RETURN_IF_ERROR(set_meta_integer(*database_, "revision", revision_));
  OB_RETURN_IF_ERROR(set_meta_integer(*database_, "next_chunk", static_cast<std::int64_t>(next_chunk_)));
  return revision_;
}

Status Batch::operator()(const SourceFile& source) {
  return database_->execute(
      "INSERT INTO source VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(uri) DO UPDATE SET size=?2, "
      "modified=?3, content_hash=?4, reader=?5",
      source.uri, source.size, source.modified, source.content_hash, source.reader);
}

Status Batch::operator()(const RemoveDocument& change) {
  OB_TRY(const VersionRow version, version_row(change.id, 0));
  if (version.id == 0 || version.ended) return {};
  OB_RETURN_IF_ERROR(
      database_->execute("DELETE FROM source WHERE uri = (SELECT source_uri FROM document WHERE id=?)", change.id));
  return end_version(version);
}

Status Batch::operator()(const AdoptIdentity&) {
  changed_ = true;
  return store_identity(*database_, *options_);
}

Status Batch::operator()(const SetEmbedder& change) {
  OB_TRY(const EmbedderRow stored, embedder_of(*database_));
  if (stored.identity == change.identity && stored.dimension == change.dimension) return {};
  changed_ = true;
  OB_RETURN_IF_ERROR(database_->execute("DELETE FROM vector"));
  return database_->execute(
      "INSERT INTO embedder VALUES(1, ?1, ?2) ON CONFLICT(id) DO UPDATE SET identity=?1, "
      "dimension=?2",
      change.identity, change.dimension);
}

Status Batch::operator()(const PutVectors& change) {
  OB_TRY(const VersionRow version, version_row(change.id, change.version));
  if (version.id == 0) return {};  // Forgotten meanwhile.
  changed_ = true;
  return insert_vectors(version.id, version.chunk_count, change.vectors);
}

Status Batch::insert_vectors(std::int64_t version, std::size_t chunk_count, const std::vector<float>& vectors) {
  OB_TRY(const EmbedderRow embedder, embedder_of(*database_));
  if (embedder.dimension == 0) return fail(Code::InvalidInput, "vectors came before the name of their embedder");
  if (vectors.size() != chunk_count * embedder.dimension)
    return fail(Code::InvalidInput, std::to_string(vectors.size()) + " numbers for " + std::to_string(chunk_count) +
                                        " chunks of " + std::to_string(embedder.dimension) + " each");
  return database_->execute("INSERT OR REPLACE INTO vector VALUES(?, ?)", version, Bytes{encode_vectors(vectors)});
}

Result<Batch::VersionRow> Batch::version_row(book::DocumentId id, int number) {
  OB_TRY(Rows rows, database_->query("SELECT id, number, content_hash, to_revision, first_chunk, chunk_count "
                                     "FROM version WHERE document = ?1 AND (?2 = 0 OR number = ?2) "
                                     "ORDER BY number DESC LIMIT 1",
                                     id, number));
  OB_TRY(const bool found, rows.next());
  if (!found) return VersionRow{};
  return VersionRow{
      rows.integer(0), static_cast<int>(rows.integer(1)), std::string(rows.text(2)), !rows.is_null(3), rows.number(4),
      rows.number(5)};
}

Status Batch::end_version(const VersionRow& version) {
  changed_ = true;
  hidden_.emplace_back(version.first_chunk, version.chunk_count);
  return database_->execute("UPDATE version SET to_revision=?, ended_at=? WHERE id=?", revision_, now_, version.id);
}

Status Batch::check_room(std::size_t chunk_count) const {
  if (next_chunk_ + chunk_count < 0xffffffff) return {};
  return fail(Code::OverLimit,
              "this knowledge base has used all 4,294,967,295 chunk numbers; export it into a new one");
}

}  // namespace openbook::store
