#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/bytes.h"
#include "base/hash.h"
#include "index/search.h"
#include "index/segment_format.h"
#include "index/segment_merge.h"

/// Any bytes as a segment of the index. Its trailer is made right, since no mutation would guess the checksum: three
/// bytes say where the footer begins and how many chunks it has, the rest is postings and footer.
namespace openbook::index {
namespace {

MemoryBytes segment_of(const std::uint8_t* data, std::size_t size) {
  const std::string body(reinterpret_cast<const char*>(data) + 3, size - 3);
  const std::size_t footer_at = std::min<std::size_t>(data[0] | (data[1] << 8), body.size());
  const std::string footer = body.substr(footer_at);
  ByteWriter trailer;
  trailer.u32(kSegmentMagic);
  trailer.u32(kSegmentFormat);
  trailer.u64(footer.size());
  trailer.u64(hash64(footer));
  trailer.u32(data[2]);
  MemoryBytes bytes;
  bytes.bytes = body + trailer.bytes();
  return bytes;
}

void use(const Segment& segment, MemoryBytes& bytes) {
  TermIterator terms(segment, bytes);
  std::string last;
  for (int i = 0; i < 1000; ++i) {
    const auto more = terms.next();
    if (!more || !*more) break;
    if (terms.term().size() < 200) last = terms.term();
    if (const auto list = segment.list_of(terms.entry(), bytes))
      count_visible(*list, Bitmap(segment.chunk_count(), true));
  }
  const SearchSegment part{&segment, &bytes, nullptr, nullptr};
  const SearchTerm asked[] = {{"a", 1}, {last, 2}};
  if (const auto hits = search(asked, {&part, 1}, {100, 10}, {})) {
    for (const Hit& hit : *hits)
      if (!segment.slots().slot_of(hit.chunk)) std::abort();
  }
  MemoryBytes merged;
  const MergeInput input{&segment, &bytes, Bitmap(segment.chunk_count(), true)};
  if (const auto info = merge({&input, 1}, merged); info && !Segment::open(merged, info->byte_size)) std::abort();
}

}  // namespace
}  // namespace openbook::index

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook::index;
  if (size < 3) return 0;
  MemoryBytes bytes = segment_of(data, size);
  if (const auto segment = Segment::open(bytes, bytes.bytes.size())) use(**segment, bytes);
  return 0;
}
