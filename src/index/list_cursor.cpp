#include "index/list_cursor.h"

namespace openbook::index {

Result<ListCursor> ListCursor::over(const PostingList& list, const Scorer& scorer,
                                    std::span<const std::uint8_t> lengths, float weight) {
  ListCursor cursor;
  cursor.list_ = &list;
  cursor.scorer_ = &scorer;
  cursor.lengths_ = lengths;
  cursor.weight_ = weight;
  cursor.block_bounds_.resize(list.block_count());
  for (std::size_t number = 0; number < list.block_count(); ++number) {
    std::uint32_t& bound = cursor.block_bounds_[number];
    for (const Impact impact : list.impacts(number)) bound = std::max(bound, scorer.contribution(weight, impact));
    if (list.impacts(number).empty()) {
      OB_RETURN_IF_ERROR(cursor.decode(number));
      for (std::uint32_t i = 0; i < cursor.block_.size; ++i) bound = std::max(bound, cursor.contribution(i));
    }
    cursor.bound_ = std::max(cursor.bound_, bound);
  }
  return cursor;
}

std::uint32_t ListCursor::bound_in(std::uint32_t begin, std::uint32_t end) {
  while (first_ < block_bounds_.size() && list_->last_slot(first_) < begin) ++first_;
  std::uint32_t bound = 0;
  for (std::size_t number = first_; number < block_bounds_.size(); ++number) {
    if (number > first_ && list_->last_slot(number - 1) + 1 >= end) break;
    if (number == decoded_ && block_.slots[0] >= end) break;
    bound = std::max(bound, block_bounds_[number]);
  }
  return bound;
}

Status ListCursor::add_to(std::uint32_t begin, std::uint32_t end, std::uint32_t* sums) {
  for (std::size_t number = first_; number < block_bounds_.size(); ++number) {
    if (number > first_ && list_->last_slot(number - 1) + 1 >= end) break;
    if (number != decoded_) OB_RETURN_IF_ERROR(decode(number));
    const std::uint32_t* slots = block_.slots.data();
    std::uint32_t i = static_cast<std::uint32_t>(std::lower_bound(slots, slots + block_.size, begin) - slots);
    for (; i < block_.size && slots[i] < end; ++i) sums[slots[i] - begin] += contribution(i);
    if (i < block_.size) break;
  }
  return {};
}

Result<std::uint32_t> ListCursor::contribution_at(std::uint32_t slot) {
  std::size_t number = first_;
  while (number < block_bounds_.size() && list_->last_slot(number) < slot) ++number;
  if (number == block_bounds_.size()) return 0U;
  first_ = number;
  if (number != decoded_) OB_RETURN_IF_ERROR(decode(number));
  const std::uint32_t* slots = block_.slots.data();
  at_ = static_cast<std::uint32_t>(std::lower_bound(slots + at_, slots + block_.size, slot) - slots);
  return at_ < block_.size && slots[at_] == slot ? contribution(at_) : 0U;
}

Status ListCursor::decode(std::size_t number) {
  decoded_ = std::numeric_limits<std::size_t>::max();
  OB_RETURN_IF_ERROR(list_->decode(number, block_));
  decoded_ = number;
  at_ = 0;
  return {};
}

}  // namespace openbook::index
