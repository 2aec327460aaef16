#include "index/segment_builder.h"

#include <algorithm>
#include <numeric>

#include "index/bm25.h"

namespace openbook::index {

void SegmentBuilder::add(const DocumentTerms& terms, ChunkId first_id) {
  std::vector<std::uint32_t> numbers(terms.term_count());
  for (std::uint32_t i = 0; i < numbers.size(); ++i) numbers[i] = table_.number_of(terms.term(i));
  std::size_t at = 0;
  for (std::size_t chunk = 0; chunk < terms.chunk_count(); ++chunk) {
    const auto slot = static_cast<std::uint32_t>(lengths_.size());
    for (; at < terms.chunk_end[chunk]; ++at)
      entries_.push_back({numbers[terms.postings[at].term], slot, terms.postings[at].frequency});
    lengths_.push_back(length_code(terms.chunk_length[chunk]));
  }
  slots_.append(first_id, static_cast<std::uint32_t>(terms.chunk_count()));
}

std::size_t SegmentBuilder::byte_size() const {
  return table_.byte_size() + entries_.size() * sizeof(Entry);
}

Result<SegmentInfo> SegmentBuilder::write(ByteSink& sink) {
  // Counting sort by term: entries come in order of slot, so each list comes out sorted.
  std::vector<std::uint32_t> begins(table_.size() + 1, 0);
  for (const Entry& entry : entries_) ++begins[entry.term + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<Posting> postings(entries_.size());
  {
    std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
    for (const Entry& entry : entries_) postings[next[entry.term]++] = {entry.slot, entry.frequency};
  }
  std::vector<std::uint32_t> order(table_.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return table_.term(a) < table_.term(b); });
  SegmentWriter writer(sink, std::move(lengths_), std::move(slots_));
  for (const std::uint32_t term : order) {
    const std::span<const Posting> list(postings.data() + begins[term], begins[term + 1] - begins[term]);
    if (!list.empty()) OB_RETURN_IF_ERROR(writer.add(table_.term(term), list));
  }
  *this = {};
  return writer.finish();
}

}  // namespace openbook::index
