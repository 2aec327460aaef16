#pragma once

#include "index/search.h"
#include "store/sqlite/connections.h"
#include "store/sqlite/segment_pages.h"

namespace openbook::store {

/// A reading transaction on a connection of its own.
class SqliteSnapshot final : public Snapshot {
 public:
  static Result<std::unique_ptr<Snapshot>> open(std::shared_ptr<Connections> connections, std::optional<Millis> as_of);
  ~SqliteSnapshot() override;
  SqliteSnapshot(const SqliteSnapshot&) = delete;
  SqliteSnapshot& operator=(const SqliteSnapshot&) = delete;

  std::uint64_t revision() const override { return static_cast<std::uint64_t>(view_->revision); }
  std::uint64_t chunk_count() const override { return view_->chunk_count; }
  double average_length() const override { return view_->average_length; }
  Result<std::uint64_t> document_count() override;
  Result<std::vector<book::Candidate>> search(std::span<const book::QueryTerm> terms, const book::Filter& filter,
                                              const SearchOptions& options) override;
  Result<std::vector<book::Candidate>> search_vectors(std::string_view embedder, std::span<const float> query,
                                                      const book::Filter& filter, std::size_t limit) override;
  Result<std::uint64_t> document_frequency(std::string_view term) override;
  Status visit_vocabulary(std::string_view prefix,
                          const std::function<bool(std::string_view, std::uint64_t)>& visit) override;
  Result<std::vector<book::Passage>> passages(std::span<const book::Candidate> candidates) override;
  Result<ChunkSpan> chunks_around(book::ChunkId chunk) override;
  Result<std::vector<DocumentInfo>> list(const ListOptions& options) override;
  Result<std::optional<DocumentInfo>> find(std::string_view uri) override;
  Result<std::optional<DocumentInfo>> find(book::DocumentId id) override;
  Result<std::vector<VersionInfo>> history(std::string_view uri) override;
  Result<book::Document> document(book::DocumentId id, int version) override;
  Result<std::vector<book::Chunk>> chunks(book::DocumentId id, int version) override;
  Result<std::optional<SourceFile>> find_source(std::string_view uri) override;
  Result<std::vector<SourceFile>> sources(std::string_view uri_prefix) override;

 private:
  SqliteSnapshot(std::shared_ptr<Connections> connections, Database database);
  Status begin(std::optional<Millis> as_of);
  std::vector<index::SearchSegment> search_segments(const std::vector<index::Bitmap>& allowed);
  /// The version with this number (0: the visible, else the newest that this snapshot may know).
  Result<std::int64_t> version_id(book::DocumentId id, int number);

  std::shared_ptr<Connections> connections_;
  Database database_;
  std::shared_ptr<const LibraryView> view_;
  std::vector<SegmentSource> sources_;  ///< One for each segment of the view.
};

}  // namespace openbook::store
