#pragma once

#include "store/sqlite/batch.h"
#include "store/sqlite/connections.h"

namespace openbook::store {

class SqliteWriter final : public Writer {
 public:
  static Result<std::unique_ptr<Writer>> open(std::shared_ptr<Connections> connections);

  Status put(NewDocument document) override;
  Status put_source(SourceFile source) override;
  Status remove(book::DocumentId id) override;
  Status reindex(book::DocumentId id, int version, std::vector<book::Chunk> chunks,
                 index::DocumentTerms terms) override;
  Status adopt_identity() override;
  Status set_embedder(std::string identity, std::uint32_t dimension) override;
  Status put_vectors(book::DocumentId id, int version, std::vector<float> vectors) override;
  Result<std::uint64_t> commit() override;
  std::size_t pending_count() const override { return pending_.size(); }
  Result<Receipt> forget(std::span<const book::DocumentId> ids) override;

 private:
  SqliteWriter(std::shared_ptr<Connections> connections, Database database)
      : connections_(std::move(connections)), database_(std::move(database)) {}
  Status collect(Change change, std::size_t bytes);
  Result<std::int64_t> write_pending();

  std::shared_ptr<Connections> connections_;
  Database database_;
  SegmentCache segments_;  ///< Its own: it may hold what a transaction made that then failed, until cleared.
  std::vector<Change> pending_;
  std::size_t pending_bytes_ = 0;
  Millis pending_since_ = 0;
};

}  // namespace openbook::store
