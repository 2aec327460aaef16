#include "store/sqlite/writer.h"

#include <cmath>

#include "store/sqlite/forget.h"
#include "store/sqlite/schema.h"

namespace openbook::store {
namespace {

constexpr std::size_t kMaxMarkdownBytes = std::size_t{1} << 30;

Status check_chunks(const std::vector<book::Chunk>& chunks, const index::DocumentTerms& terms, std::size_t text_size) {
  if (chunks.size() != terms.chunk_count())
    return fail(Code::Bug,
                std::to_string(chunks.size()) + " chunks with the terms of " + std::to_string(terms.chunk_count()));
  const auto inside = [&](ByteRange range) { return range.begin <= range.end && range.end <= text_size; };
  for (const book::Chunk& chunk : chunks)
    if (!inside(chunk.range) || !inside(chunk.lead) || !inside(chunk.parent) || chunk.parent.begin > chunk.range.begin)
      return fail(Code::Bug, "a chunk lies outside its document or before its parent");
  return {};
}

Status check_vectors(const std::vector<float>& vectors) {
  for (const float number : vectors)
    if (!std::isfinite(number)) return fail(Code::InvalidInput, "a vector holds a number that is not finite");
  return {};
}

Status check(const NewDocument& put) {
  if (put.document.uri.empty()) return fail(Code::InvalidInput, "a document without a uri");
  if (put.document.markdown.size() > kMaxMarkdownBytes)
    return fail(Code::OverLimit,
                "a text of " + std::to_string(put.document.markdown.size()) + " bytes, limit 1 GiB; split the file");
  OB_RETURN_IF_ERROR(check_vectors(put.vectors));
  return check_chunks(put.chunks, put.terms, put.document.markdown.size());
}

}  // namespace

Result<std::unique_ptr<Writer>> SqliteWriter::open(std::shared_ptr<Connections> connections) {
  OB_TRY(Database database,
         Database::open(connections->path(), SQLITE_OPEN_READWRITE, connections->options().busy_timeout_ms));
  OB_RETURN_IF_ERROR(configure(database));
  return std::unique_ptr<Writer>(new SqliteWriter(std::move(connections), std::move(database)));
}

Status SqliteWriter::put(NewDocument document) {
  if (Status checked = check(document); !checked) return fail(std::move(checked).error().at(document.document.uri));
  const std::size_t bytes = document.document.markdown.size() + document.vectors.size() * sizeof(float);
  return collect(std::move(document), bytes);
}

Status SqliteWriter::put_source(SourceFile source) {
  return collect(std::move(source), 0);
}

Status SqliteWriter::remove(book::DocumentId id) {
  return collect(RemoveDocument{id}, 0);
}

Status SqliteWriter::reindex(book::DocumentId id, int version, std::vector<book::Chunk> chunks,
                             index::DocumentTerms terms) {
  OB_RETURN_IF_ERROR(check_chunks(chunks, terms, kMaxMarkdownBytes));
  const std::size_t bytes = terms.byte_size();
  return collect(ReindexVersion{id, version, std::move(chunks), std::move(terms)}, bytes);
}

Status SqliteWriter::adopt_identity() {
  return collect(AdoptIdentity{}, 0);
}

Status SqliteWriter::set_embedder(std::string identity, std::uint32_t dimension) {
  if (identity.empty() || dimension == 0 || dimension > 65'536)
    return fail(Code::InvalidInput, "an embedder wants a name and 1 to 65,536 dimensions");
  return collect(SetEmbedder{std::move(identity), dimension}, 0);
}

Status SqliteWriter::put_vectors(book::DocumentId id, int version, std::vector<float> vectors) {
  OB_RETURN_IF_ERROR(check_vectors(vectors));
  const std::size_t bytes = vectors.size() * sizeof(float);
  return collect(PutVectors{id, version, std::move(vectors)}, bytes);
}

Status SqliteWriter::collect(Change change, std::size_t bytes) {
  const StoreOptions& options = connections_->options();
  if (pending_.empty()) pending_since_ = now_millis();
  pending_.push_back(std::move(change));
  pending_bytes_ += bytes;
  if (pending_bytes_ < options.batch_bytes && now_millis() - pending_since_ < options.batch_age_ms) return {};
  OB_TRY([[maybe_unused]] const std::uint64_t revision, commit());
  return {};
}

Result<std::uint64_t> SqliteWriter::commit() {
  if (pending_.empty()) {
    OB_TRY(const std::int64_t revision, meta_integer(database_, "revision"));
    return static_cast<std::uint64_t>(revision);
  }
  Result<std::int64_t> revision = write_pending();
  if (!revision) {
    segments_.clear();
    return fail(std::move(revision).error());
  }
  pending_.clear();
  pending_bytes_ = 0;
  // What was committed stays committed, whether or not the file can shrink now.
  (void)give_back_free_pages(database_);
  return static_cast<std::uint64_t>(*revision);
}

Result<std::int64_t> SqliteWriter::write_pending() {
  OB_TRY(Transaction transaction, Transaction::begin_write(database_));
  OB_TRY(Batch batch, Batch::begin(database_, segments_, connections_->options()));
  for (const Change& change : pending_) OB_RETURN_IF_ERROR(batch.apply(change));
  OB_TRY(const std::int64_t revision, batch.finish());
  OB_RETURN_IF_ERROR(transaction.commit());
  return revision;
}

Result<Receipt> SqliteWriter::forget(std::span<const book::DocumentId> ids) {
  OB_TRY([[maybe_unused]] const std::uint64_t before, commit());
  Result<Receipt> receipt = forget_documents(database_, segments_, connections_->path(), ids);
  if (!receipt) segments_.clear();
  return receipt;
}

}  // namespace openbook::store
