#include "store/sqlite/merge_policy.h"

namespace openbook::store {
namespace {
constexpr std::size_t kManySegments = 16;
}

std::optional<MergeRange> next_merge(std::span<const SegmentSize> segments, std::uint64_t budget) {
  if (segments.empty()) return std::nullopt;
  std::size_t begin = segments.size() - 1;
  std::uint64_t size = segments[begin].chunk_count;
  while (begin > 0 && segments[begin - 1].chunk_count < 2 * size) {
    const std::uint64_t joined = size + segments[begin - 1].chunk_count;
    if (joined > budget && segments.size() <= kManySegments) break;
    size = joined;
    --begin;
  }
  if (begin + 1 < segments.size()) return MergeRange{begin, segments.size()};
  for (std::size_t i = 0; i < segments.size(); ++i)
    if (segments[i].dead_count > 0 && segments[i].dead_count * 4 >= segments[i].chunk_count)
      return MergeRange{i, i + 1};
  return std::nullopt;
}

}  // namespace openbook::store
