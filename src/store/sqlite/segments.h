#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "index/segment.h"
#include "store/sqlite/database.h"

/// Segments as the tables describe them.
namespace openbook::store {

struct SegmentRow {
  std::int64_t id = 0;
  bool history = false;  ///< Holds only what as-of searches may find.
  index::ChunkId first_chunk = 0;
  index::SegmentInfo info;
  std::shared_ptr<const index::Segment> segment;
  index::Bitmap dead;  ///< Hidden chunks by slot; of size 0 if none.

  std::size_t dead_count() const { return dead.count(); }
  /// Slots that are not dead.
  index::Bitmap live() const;
};

/// Opened segments by id. An id never means other bytes once its transaction has committed. Safe concurrently.
class SegmentCache {
 public:
  Result<std::shared_ptr<const index::Segment>> get(Database& database, std::int64_t id, std::uint64_t byte_size);
  /// Drops what `rows` does not name.
  void keep_only(const std::vector<SegmentRow>& rows);
  void clear();

 private:
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<const index::Segment>> segments_;
};

/// All segments, current and history, by first chunk.
Result<std::vector<SegmentRow>> load_segments(Database& database, SegmentCache& cache);

/// The form in which the table keeps a set of slots.
std::string encode(const index::Bitmap& bitmap);

}  // namespace openbook::store
