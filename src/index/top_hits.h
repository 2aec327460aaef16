#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "index/slot_map.h"

namespace openbook::index {

/// The best chunks seen so far by whole-number score; ties go to the smaller id.
class TopHits {
 public:
  struct Row {
    std::uint32_t score = 0;
    ChunkId chunk = 0;
  };
  explicit TopHits(std::size_t limit) : limit_(limit) { rows_.reserve(std::min<std::size_t>(limit, 4096)); }

  /// A chunk below this score cannot enter; one with exactly this may (by its id).
  std::uint32_t threshold() const { return rows_.size() < limit_ ? 1 : std::max(1U, rows_.front().score); }

  void offer(ChunkId chunk, std::uint32_t score) {
    const Row row{score, chunk};
    if (rows_.size() == limit_) {
      if (!better(row, rows_.front())) return;
      std::pop_heap(rows_.begin(), rows_.end(), better);
      rows_.pop_back();
    }
    rows_.push_back(row);
    std::push_heap(rows_.begin(), rows_.end(), better);
  }

  /// Best first; empties the object.
  std::vector<Row> take() {
    std::sort(rows_.begin(), rows_.end(), better);
    return std::move(rows_);
  }

 private:
  static bool better(const Row& a, const Row& b) { return a.score != b.score ? a.score > b.score : a.chunk < b.chunk; }
  std::size_t limit_;      ///< At least 1.
  std::vector<Row> rows_;  ///< A heap with the worst on top.
};

}  // namespace openbook::index
