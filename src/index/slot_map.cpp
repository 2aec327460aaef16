#include "index/slot_map.h"

#include <algorithm>

namespace openbook::index {

void SlotMap::append(ChunkId first, std::uint32_t count) {
  if (count == 0) return;
  if (!runs_.empty() && runs_.back().first_id + runs_.back().count == first)
    runs_.back().count += count;
  else
    runs_.push_back({first, slot_count_, count});
  slot_count_ += count;
}

ChunkId SlotMap::id_of(std::uint32_t slot) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), slot,
                                      [](std::uint32_t value, const Run& run) { return value < run.first_slot; });
  const Run& run = *(after - 1);
  return run.first_id + (slot - run.first_slot);
}

std::uint32_t SlotMap::lower_slot(std::uint64_t id) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), id,
                                      [](std::uint64_t value, const Run& run) { return value < run.first_id; });
  if (after == runs_.begin()) return 0;
  const Run& run = *(after - 1);
  return run.first_slot + static_cast<std::uint32_t>(std::min<std::uint64_t>(id - run.first_id, run.count));
}

std::optional<std::uint32_t> SlotMap::slot_of(ChunkId id) const {
  const Slots slots = slots_of(id, 1);
  if (slots.begin == slots.end) return std::nullopt;
  return slots.begin;
}

SlotMap::Slots SlotMap::slots_of(ChunkId first, std::uint32_t count) const {
  return {lower_slot(first), lower_slot(std::uint64_t{first} + count)};
}

void SlotMap::encode(ByteWriter& out) const {
  out.varint(runs_.size());
  std::uint64_t next = 0;
  for (const Run& run : runs_) {
    out.varint(run.first_id - next);
    out.varint(run.count);
    next = std::uint64_t{run.first_id} + run.count;
  }
}

Result<SlotMap> SlotMap::decode(ByteReader& in, std::uint32_t slot_count) {
  SlotMap map;
  const std::uint64_t run_count = in.varint();
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < run_count && !in.failed(); ++i) {
    const std::uint64_t gap = in.varint();
    const std::uint64_t count = in.varint();
    // Compared before they are added: a sum may wrap around and look right.
    if (count == 0 || count > slot_count - map.slot_count_ || gap > 0xffffffff - next ||
        count > 0xffffffff - next - gap)
      return fail(Code::Corrupt, "a segment's table of chunks is damaged");
    next += gap;
    map.append(static_cast<ChunkId>(next), static_cast<std::uint32_t>(count));
    next += count;
  }
  if (in.failed() || map.slot_count_ != slot_count)
    return fail(Code::Corrupt, "a segment's table of chunks is damaged");
  return map;
}

}  // namespace openbook::index
