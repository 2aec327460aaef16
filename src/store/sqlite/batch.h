#pragma once

#include <string>
#include <variant>
#include <vector>

#include "store/sqlite/segment_set.h"
#include "store/sqlite/vector_rows.h"
#include "store/store.h"

namespace openbook::store {

/// What a Writer collects until it commits, in the order it was told.
struct RemoveDocument {
  book::DocumentId id = 0;
};
struct ReindexVersion {
  book::DocumentId id = 0;
  int version = 0;
  std::vector<book::Chunk> chunks;
  index::DocumentTerms terms;
};
struct AdoptIdentity {};
struct SetEmbedder {
  std::string identity;
  std::uint32_t dimension = 0;
};
struct PutVectors {
  book::DocumentId id = 0;
  int version = 0;
  std::vector<float> vectors;
};
using Change =
    std::variant<NewDocument, SourceFile, RemoveDocument, ReindexVersion, AdoptIdentity, SetEmbedder, PutVectors>;

/// Writes changes inside one transaction, which its caller begins and commits.
class Batch {
 public:
  static Result<Batch> begin(Database& database, SegmentCache& cache, const StoreOptions& options);

  Status apply(const Change& change);
  /// Writes the batch's segment, hides what ended, merges, and counts the revision. The library's revision after it.
  Result<std::int64_t> finish();

 private:
  struct VersionRow {
    std::int64_t id = 0;
    int number = 0;
    std::string content_hash;
    bool ended = false;
    book::ChunkId first_chunk = 0;
    std::uint32_t chunk_count = 0;
  };

  Batch(Database& database, const StoreOptions& options, SegmentSet segments)
      : database_(&database), options_(&options), segments_(std::move(segments)) {}

  Status operator()(const NewDocument& document);
  Status operator()(const SourceFile& source);
  Status operator()(const RemoveDocument& change);
  Status operator()(const ReindexVersion& change);
  Status operator()(const AdoptIdentity& change);
  Status operator()(const SetEmbedder& change);
  Status operator()(const PutVectors& change);

  Result<VersionRow> version_row(book::DocumentId id, int number);  ///< Number 0: the newest. Id 0 if there is none.
  Status end_version(const VersionRow& version);
  Status insert_version(book::DocumentId document, int number, const NewDocument& put);
  Status insert_chunks(std::int64_t version, book::ChunkId first, const std::vector<book::Chunk>& chunks);
  Status insert_vectors(std::int64_t version, std::size_t chunk_count, const std::vector<float>& vectors);
  Status check_room(std::size_t chunk_count) const;

  Database* database_;
  const StoreOptions* options_;
  SegmentSet segments_;
  index::SegmentBuilder builder_;
  std::vector<std::pair<book::ChunkId, std::uint32_t>> hidden_;
  std::int64_t revision_ = 0;  ///< Of this batch.
  Millis now_ = 0;             ///< Never before the revision before it.
  std::uint64_t next_chunk_ = 0;
  bool changed_ = false;
};

}  // namespace openbook::store
