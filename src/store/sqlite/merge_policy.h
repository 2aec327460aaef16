#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace openbook::store {

struct SegmentSize {
  std::uint64_t chunk_count = 0;
  std::uint64_t dead_count = 0;
};

/// Segments [begin, end) to write anew as one.
struct MergeRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Which neighbouring segments (oldest first) to merge after a commit, if any. Keeps the sizes falling at least by half
/// from each to the next, so that n chunks lie in at most log2(n) segments and each chunk is rewritten about log2(n)
/// times in its life; rewrites a segment of which a quarter is dead. `budget`: chunks that one commit may rewrite
/// for the sake of fewer segments (not kept where there are more than 16), so that adding one document stays cheap.
std::optional<MergeRange> next_merge(std::span<const SegmentSize> segments, std::uint64_t budget);

}  // namespace openbook::store
