#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "index/bitmap.h"
#include "index/bm25.h"
#include "index/fields.h"
#include "index/segment.h"

/// The best chunks for some terms, over several segments: BM25 with block-max pruning (Ding, Suel, SIGIR 2011) in the
/// form of MaxScore (Turtle, Flood 1995) window by window, and the result that scoring everything would give.
namespace openbook::index {

/// One segment as a search sees it. All pointers must outlive the call.
struct SearchSegment {
  const Segment* segment = nullptr;
  ByteSource* bytes = nullptr;
  const Bitmap* visible = nullptr;  ///< Chunks that exist for this search and count in df; null: all.
  const Bitmap* allowed = nullptr;  ///< Chunks that may be found (a subset of visible); null: all visible.
};

struct SearchTerm {
  std::string_view term;
  float weight = 1;
};

/// Of all visible chunks.
struct CollectionStatistics {
  std::uint64_t chunk_count = 0;
  double average_length = 1;
};

struct SearchParameters {
  Bm25 bm25;
  std::size_t limit = 20;
  std::uint8_t body_weight = 2;  ///< FieldWeights::body: what a frequency of 1.0 is.
};

struct Hit {
  ChunkId chunk = 0;
  float score = 0;
  bool operator==(const Hit&) const = default;
};

/// Best first, ties by chunk id; fewer than `limit` if fewer chunks hold any of the terms. Scores are sums of integers
/// in steps of at most 2^-29 of the greatest possible score, so that they are the same in whatever order they are
/// added. Weights of 0 or less are left out, equal terms added up.
Result<std::vector<Hit>> search(std::span<const SearchTerm> terms, std::span<const SearchSegment> segments,
                                const CollectionStatistics& statistics, const SearchParameters& parameters);

/// Visible chunks that hold the term. Lists of more than 65,536 entries in a segment with hidden chunks are not
/// counted but scaled by its visible share.
Result<std::uint64_t> document_frequency(std::string_view term, std::span<const SearchSegment> segments);
Result<std::uint64_t> visible_count(const PostingList& list, const SearchSegment& segment);

}  // namespace openbook::index
