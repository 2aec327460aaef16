#pragma once

#include <functional>
#include <vector>

#include "index/segment_builder.h"
#include "store/sqlite/segments.h"

namespace openbook::store {

/// The segments of the library while a transaction changes them. Not safe concurrently.
class SegmentSet {
 public:
  /// Reads the table; the database and the cache must outlive it.
  static Result<SegmentSet> load(Database& database, SegmentCache& cache);

  /// Writes what a batch built as a new current segment.
  Status add(index::SegmentBuilder& builder);
  /// Hides chunks [first, first + count) from now on.
  void hide(index::ChunkId first, std::uint32_t count);
  /// Merges what merge_policy.h names. `budget` as there.
  Status tidy(std::uint64_t budget);
  /// Writes anew each segment that holds some of these chunks, without them.
  Status erase(const std::vector<std::pair<index::ChunkId, std::uint32_t>>& ranges);
  /// Stores the bitmaps of hidden chunks that changed.
  Status save();

  const std::vector<SegmentRow>& rows() const { return rows_; }

 private:
  SegmentSet(Database& database, SegmentCache& cache) : database_(&database), cache_(&cache) {}

  using Keep = std::vector<index::Bitmap>;
  Status tidy_part(bool history, std::uint64_t budget);
  /// Replaces rows (by index) with what of them lives, and a history segment of what an ended version still has.
  Status rewrite(const std::vector<std::size_t>& rows, const Keep* erased);
  Result<index::Bitmap> remembered(const SegmentRow& row);
  Status insert(bool history, const std::function<Result<index::SegmentInfo>(index::ByteSink&)>& write);
  Status drop(std::int64_t id);
  void sort();

  Database* database_;
  SegmentCache* cache_;
  std::vector<SegmentRow> rows_;  ///< By first chunk, then id.
  std::vector<std::int64_t> changed_;
};

}  // namespace openbook::store
