#pragma once

#include <span>

#include "index/segment.h"

namespace openbook::index {

/// One segment that a merge reads, and the slots of it that the result is to hold.
struct MergeInput {
  const Segment* segment = nullptr;
  ByteSource* bytes = nullptr;
  Bitmap keep;
};

/// Writes one segment of what the inputs keep, in order of chunk id; terms that nothing kept holds are left out. No
/// chunk may be in two inputs. Memory: 4 bytes a chunk and the longest posting list.
Result<SegmentInfo> merge(std::span<const MergeInput> inputs, ByteSink& sink);

}  // namespace openbook::index
