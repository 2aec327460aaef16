#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "book/query.h"
#include "index/bitmap.h"
#include "store/sqlite/segments.h"

namespace openbook::store {

/// A segment as one revision sees it.
struct ViewedSegment {
  std::int64_t id = 0;
  std::shared_ptr<const index::Segment> segment;
  std::optional<index::Bitmap> visible;  ///< nullopt: every slot.
};

/// What the index looks like at one revision: made once, shared by all snapshots of it. Immutable.
struct LibraryView {
  std::int64_t revision = 0;
  bool is_past = false;  ///< Not the newest: hidden chunks of later times are visible again.
  std::vector<ViewedSegment> segments;
  std::uint64_t chunk_count = 0;
  double average_length = 0;
};

/// The newest revision, from the segments' own bitmaps.
Result<std::shared_ptr<const LibraryView>> newest_view(Database& database, SegmentCache& cache, std::int64_t revision);

/// An older revision, from the versions that it saw, over current and history segments.
Result<std::shared_ptr<const LibraryView>> past_view(Database& database, SegmentCache& cache, std::int64_t revision);

/// For each segment of the view the chunks that a filter leaves.
Result<std::vector<index::Bitmap>> allowed_slots(Database& database, const LibraryView& view,
                                                 const book::Filter& filter);

/// The least text above every text with this prefix; nullopt if there is none.
std::optional<std::string> prefix_end(std::string_view prefix);

}  // namespace openbook::store
