#include <cstdint>
#include <cstdlib>
#include <string>

#include "index/postings.h"

/// Any bytes as one posting list: a block that decodes holds slots of the segment, ascending.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  if (size < 4) return 0;
  const std::uint32_t posting_count = data[0] | (data[1] << 8);
  const std::uint32_t slot_count = (data[2] | (data[3] << 8)) * 16U;
  const auto list = index::PostingList::parse(std::string(reinterpret_cast<const char*>(data) + 4, size - 4),
                                              posting_count, slot_count);
  if (!list) return 0;
  index::PostingBlock block;
  for (std::size_t number = 0; number < list->block_count(); ++number) {
    if (list->impacts(number).size() > index::kMaxImpacts || list->last_slot(number) >= slot_count) std::abort();
    if (!list->decode(number, block)) continue;
    if (block.size == 0 || block.size > index::kBlockPostings) std::abort();
    for (std::uint32_t i = 0; i < block.size; ++i)
      if (block.slots[i] >= slot_count || (i > 0 && block.slots[i] <= block.slots[i - 1])) std::abort();
    if (block.slots[block.size - 1] != list->last_slot(number)) std::abort();
  }
  return 0;
}
