#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "index/postings.h"
#include "index/scorer.h"

namespace openbook::index {

/// One term's list in one segment while it is searched: moves forward only, decodes a block when it must.
/// Not safe concurrently.
class ListCursor {
 public:
  /// All must outlive the cursor. `weight` as Scorer::contribution takes it.
  static Result<ListCursor> over(const PostingList& list, const Scorer& scorer, std::span<const std::uint8_t> lengths,
                                 float weight);

  std::uint32_t bound() const { return bound_; }  ///< No chunk of the segment gets more.

  /// No chunk in [begin, end) gets more than this; 0 if none is there. `begin` must not fall from call to call.
  std::uint32_t bound_in(std::uint32_t begin, std::uint32_t end);

  /// Adds each chunk's contribution in [begin, end) to sums[slot - begin].
  Status add_to(std::uint32_t begin, std::uint32_t end, std::uint32_t* sums);

  /// The contribution to one chunk; slots must not fall from call to call, nor below a window already begun.
  Result<std::uint32_t> contribution_at(std::uint32_t slot);

 private:
  ListCursor() = default;
  Status decode(std::size_t number);
  std::uint32_t contribution(std::uint32_t at) const {
    return scorer_->contribution(weight_, block_.frequencies[at], lengths_[block_.slots[at]]);
  }

  const PostingList* list_ = nullptr;
  const Scorer* scorer_ = nullptr;
  std::span<const std::uint8_t> lengths_;
  float weight_ = 0;
  std::uint32_t bound_ = 0;
  std::vector<std::uint32_t> block_bounds_;
  std::size_t first_ = 0;  ///< First block that ends at or after the window's begin.
  std::size_t decoded_ = std::numeric_limits<std::size_t>::max();
  std::uint32_t at_ = 0;  ///< In the decoded block: everything before is below the last slot asked for.
  PostingBlock block_;
};

}  // namespace openbook::index
