#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace openbook::index {

using ChunkId = std::uint32_t;

/// Which chunk stands in which slot of a segment: runs of consecutive ids, ascending. const methods are safe
/// concurrently.
class SlotMap {
 public:
  /// Appends ids [first, first + count); `first` must be above every id so far.
  void append(ChunkId first, std::uint32_t count);

  std::uint32_t slot_count() const { return slot_count_; }
  ChunkId id_of(std::uint32_t slot) const;
  std::optional<std::uint32_t> slot_of(ChunkId id) const;
  /// Slots [begin, end) of the ids in [first, first + count) that are here.
  struct Slots {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  Slots slots_of(ChunkId first, std::uint32_t count) const;

  void encode(ByteWriter& out) const;
  /// Corrupt unless the runs are ascending and fill exactly `slot_count` slots.
  static Result<SlotMap> decode(ByteReader& in, std::uint32_t slot_count);

 private:
  struct Run {
    ChunkId first_id = 0;
    std::uint32_t first_slot = 0;
    std::uint32_t count = 0;
  };
  std::uint32_t lower_slot(std::uint64_t id) const;  ///< First slot whose id is at least `id`.

  std::vector<Run> runs_;
  std::uint32_t slot_count_ = 0;
};

}  // namespace openbook::index
