#include "index/segment_merge.h"

#include <algorithm>

#include "index/segment_writer.h"

namespace openbook::index {
namespace {

constexpr std::uint32_t kDropped = 0xffffffff;

/// Where each input's slots go.
struct Plan {
  std::vector<std::vector<std::uint32_t>> new_slot;  ///< [input][slot]
  std::vector<std::uint8_t> lengths;
  SlotMap slots;
};

struct Kept {
  ChunkId id = 0;
  std::uint32_t input = 0;
  std::uint32_t slot = 0;
};

Plan plan_of(std::span<const MergeInput> inputs) {
  Plan plan;
  std::vector<Kept> kept;
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    const std::uint32_t count = inputs[i].segment->chunk_count();
    plan.new_slot.emplace_back(count, kDropped);
    for (std::uint32_t slot = 0; slot < count; ++slot)
      if (inputs[i].keep.test(slot)) kept.push_back({inputs[i].segment->slots().id_of(slot), i, slot});
  }
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.id < b.id; });
  for (const Kept& chunk : kept) {
    plan.new_slot[chunk.input][chunk.slot] = plan.slots.slot_count();
    plan.slots.append(chunk.id, 1);
    plan.lengths.push_back(inputs[chunk.input].segment->lengths()[chunk.slot]);
  }
  return plan;
}

/// Appends what a list keeps, renumbered.
Status gather(const PostingList& list, std::span<const std::uint32_t> new_slot, std::vector<Posting>& out) {
  PostingBlock block;
  for (std::size_t number = 0; number < list.block_count(); ++number) {
    OB_RETURN_IF_ERROR(list.decode(number, block));
    for (std::uint32_t i = 0; i < block.size; ++i) {
      const std::uint32_t slot = new_slot[block.slots[i]];
      if (slot != kDropped) out.push_back({slot, block.frequencies[i]});
    }
  }
  return {};
}

bool by_slot(const Posting& a, const Posting& b) {
  return a.slot < b.slot;
}

/// The inputs' dictionaries side by side.
class MergedTerms {
 public:
  static Result<MergedTerms> over(std::span<const MergeInput> inputs) {
    MergedTerms merged(inputs);
    for (const MergeInput& input : inputs) merged.iterators_.emplace_back(*input.segment, *input.bytes);
    merged.live_.resize(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      OB_TRY(merged.live_[i], merged.iterators_[i].next());
    }
    return merged;
  }

  /// The least term of all; false at the end.
  bool least(std::string& term) const {
    bool found = false;
    for (std::size_t i = 0; i < iterators_.size(); ++i) {
      if (!live_[i] || (found && iterators_[i].term() >= term)) continue;
      term = iterators_[i].term();
      found = true;
    }
    return found;
  }

  /// Gathers the postings of `term` from each input that has it and moves these on.
  Status take(std::string_view term, const Plan& plan, std::vector<Posting>& out) {
    out.clear();
    for (std::size_t i = 0; i < iterators_.size(); ++i) {
      if (!live_[i] || iterators_[i].term() != term) continue;
      OB_TRY(const PostingList list, inputs_[i].segment->list_of(iterators_[i].entry(), *inputs_[i].bytes));
      OB_RETURN_IF_ERROR(gather(list, plan.new_slot[i], out));
      OB_TRY(live_[i], iterators_[i].next());
    }
    if (!std::is_sorted(out.begin(), out.end(), by_slot)) std::sort(out.begin(), out.end(), by_slot);
    return {};
  }

 private:
  explicit MergedTerms(std::span<const MergeInput> inputs) : inputs_(inputs) {}
  std::span<const MergeInput> inputs_;
  std::vector<TermIterator> iterators_;
  std::vector<char> live_;
};

}  // namespace

Result<SegmentInfo> merge(std::span<const MergeInput> inputs, ByteSink& sink) {
  Plan plan = plan_of(inputs);
  OB_TRY(MergedTerms terms, MergedTerms::over(inputs));
  SegmentWriter writer(sink, std::move(plan.lengths), std::move(plan.slots));
  std::vector<Posting> postings;
  std::string term;
  while (terms.least(term)) {
    OB_RETURN_IF_ERROR(terms.take(term, plan, postings));
    if (!postings.empty()) OB_RETURN_IF_ERROR(writer.add(term, postings));
  }
  return writer.finish();
}

}  // namespace openbook::index
