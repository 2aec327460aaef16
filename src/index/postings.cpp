#include "index/postings.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "index/bit_pack.h"
#include "index/bit_stream.h"
#include "index/impacts.h"

namespace openbook::index {
namespace {

constexpr std::size_t kPadding = 8;
constexpr std::size_t kBlockHeader = 4;  // Bits of a gap, bits of a frequency, least frequency, wide gaps.

std::uint8_t commonest_frequency(std::span<const Posting> postings) {
  std::array<std::uint16_t, 256> counts{};
  std::uint8_t best = postings.front().frequency;
  for (const Posting& posting : postings)
    if (++counts[posting.frequency] > counts[best]) best = posting.frequency;
  return best;
}

/// One or a few postings: gaps whose lowest bit says that a frequency other than the usual one follows.
void encode_few(std::span<const Posting> postings, std::string& out) {
  ByteWriter writer;
  std::uint32_t next = 0;
  for (const Posting& posting : postings) {
    const bool differs = posting.frequency != kUsualFrequency;
    writer.varint(std::uint64_t{posting.slot - next} << 1 | (differs ? 1 : 0));
    if (differs) writer.u8(posting.frequency);
    next = posting.slot + 1;
  }
  out += writer.bytes();
}

/// Up to kBlockPostings: the commonest frequency, the Rice parameter, then of each posting the gap in Rice's code
/// (Rice, Plaunt 1971), and one bit, or a zero and eight bits for another frequency.
void encode_short(std::span<const Posting> postings, std::string& out) {
  const std::uint8_t common = commonest_frequency(postings);
  const std::uint32_t mean_gap = (postings.back().slot + 1) / static_cast<std::uint32_t>(postings.size());
  const std::uint32_t typical = mean_gap * 7 / 10;
  const std::uint32_t parameter = typical <= 1 ? 0 : bits_for(typical) - 1;
  out.push_back(static_cast<char>(common));
  out.push_back(static_cast<char>(parameter));
  BitWriter bits;
  std::uint32_t next = 0;
  for (const Posting& posting : postings) {
    const std::uint32_t gap = posting.slot - next;
    bits.unary(gap >> parameter);
    bits.bits(gap & ((std::uint32_t{1} << parameter) - 1), parameter);
    bits.bits(posting.frequency == common ? 1 : 0, 1);
    if (posting.frequency != common) bits.bits(posting.frequency, 8);
    next = posting.slot + 1;
  }
  out += bits.take();
}

/// The width for which the values of a block, those that do not fit listed apart, take least room.
std::uint32_t best_width(std::span<const std::uint32_t> values) {
  std::array<std::uint32_t, 34> wider{};  // [w]: values that need more than w bits.
  for (const std::uint32_t value : values) ++wider[bits_for(value)];
  for (std::uint32_t width = 33; width-- > 0;) wider[width] += wider[width + 1];
  const auto cost = [&](std::uint32_t width) { return packed_bytes(values.size(), width) + 2 * wider[width + 1]; };
  std::uint32_t best = 32;
  for (std::uint32_t width = 0; width < 32; ++width)
    if (cost(width) < cost(best)) best = width;
  return best;
}

/// Packs values at a width and appends those that do not fit to `exceptions`: their place, and the bits above. How
/// many.
std::uint8_t pack_patched(std::span<const std::uint32_t> values, std::uint32_t width, ByteWriter& exceptions,
                          std::string& out) {
  std::array<std::uint32_t, kBlockPostings> low;
  for (std::size_t i = 0; i < values.size(); ++i)
    low[i] = width < 32 ? values[i] & ((std::uint32_t{1} << width) - 1) : values[i];
  pack_bits({low.data(), values.size()}, width, out);
  std::uint8_t count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bits_for(values[i]) <= width) continue;
    exceptions.u8(static_cast<std::uint8_t>(i));
    exceptions.varint(values[i] >> width);
    ++count;
  }
  return count;
}

/// Gaps and frequencies bit-packed, each at the width that suits most of them, and the others listed behind ("patched",
/// after Zukowski et al., ICDE 2006).
void encode_block(std::span<const Posting> block, std::uint32_t next, std::string& out) {
  std::array<std::uint32_t, kBlockPostings> gaps;
  std::array<std::uint32_t, kBlockPostings> frequencies;
  std::uint32_t least = 255;
  for (std::size_t i = 0; i < block.size(); ++i) {
    gaps[i] = block[i].slot - next;
    next = block[i].slot + 1;
    frequencies[i] = block[i].frequency;
    least = std::min(least, frequencies[i]);
  }
  for (std::size_t i = 0; i < block.size(); ++i) frequencies[i] -= least;
  const std::span<const std::uint32_t> gap_values(gaps.data(), block.size());
  const std::span<const std::uint32_t> frequency_values(frequencies.data(), block.size());
  const std::uint32_t gap_width = best_width(gap_values);
  const std::uint32_t frequency_width = best_width(frequency_values);
  std::string packed;
  ByteWriter exceptions;
  const std::uint8_t wide_gaps = pack_patched(gap_values, gap_width, exceptions, packed);
  pack_patched(frequency_values, frequency_width, exceptions, packed);
  for (const std::uint32_t byte : {gap_width, frequency_width, least, std::uint32_t{wide_gaps}})
    out.push_back(static_cast<char>(byte));
  out += packed;
  out += exceptions.bytes();
}

/// Values of a block, and how many bits of each were packed.
struct Patched {
  std::array<std::uint32_t, kBlockPostings>& values;
  std::uint32_t width;
};

/// Adds the high bits of those that did not fit: of the first `wide_gaps` to the gaps, of the others to the
/// frequencies.
Status patch(std::string_view exceptions, std::uint32_t wide_gaps, Patched gaps, Patched frequencies) {
  ByteReader reader(exceptions);
  for (std::uint32_t i = 0; reader.remaining() > 0 && !reader.failed(); ++i) {
    const Patched& to = i < wide_gaps ? gaps : frequencies;
    const std::uint8_t place = reader.u8() % kBlockPostings;
    to.values[place] |= static_cast<std::uint32_t>(reader.varint() << to.width);
  }
  if (reader.failed()) return fail(Code::Corrupt, "a posting block has a wrong size");
  return {};
}

void encode_long(std::span<const Posting> postings, std::span<const std::uint8_t> lengths, std::string& out) {
  ByteWriter skips;
  std::string blocks;
  std::uint32_t next = 0;
  for (std::size_t at = 0; at < postings.size(); at += kBlockPostings) {
    const auto block = postings.subspan(at, std::min<std::size_t>(kBlockPostings, postings.size() - at));
    const std::size_t before = blocks.size();
    encode_block(block, next, blocks);
    skips.varint(block.back().slot - next);
    skips.varint(blocks.size() - before);
    const std::vector<Impact> impacts = impacts_of(block, lengths);
    skips.u8(static_cast<std::uint8_t>(impacts.size()));
    for (const Impact impact : impacts) {
      skips.u8(impact.frequency);
      skips.u8(impact.length_code);
    }
    next = block.back().slot + 1;
  }
  out += skips.bytes();
  out += blocks;
}

}  // namespace

void encode_postings(std::span<const Posting> postings, std::span<const std::uint8_t> lengths, std::string& out) {
  if (postings.size() <= kFewPostings)
    encode_few(postings, out);
  else if (postings.size() <= kBlockPostings)
    encode_short(postings, out);
  else
    encode_long(postings, lengths, out);
}

Result<PostingList> PostingList::parse(std::string bytes, std::uint32_t posting_count, std::uint32_t slot_count) {
  PostingList list;
  list.size_ = bytes.size();
  list.posting_count_ = posting_count;
  list.bytes_ = std::move(bytes);
  if (posting_count == 0 || posting_count > slot_count)
    return fail(Code::Corrupt, "a posting list of " + std::to_string(posting_count) + " entries in a segment of " +
                                   std::to_string(slot_count) + " chunks");
  list.bytes_.append(kPadding, '\0');
  OB_RETURN_IF_ERROR(posting_count <= kBlockPostings ? list.parse_short(slot_count) : list.parse_skips(slot_count));
  return list;
}

Status PostingList::parse_short(std::uint32_t slot_count) {
  Block& block = blocks_.emplace_back();
  block.end = static_cast<std::uint32_t>(size_);
  PostingBlock decoded;
  OB_RETURN_IF_ERROR(decode_short(decoded));
  block.last_slot = decoded.slots[decoded.size - 1];
  if (block.last_slot >= slot_count) return fail(Code::Corrupt, "a posting list names a chunk beyond its segment");
  return {};
}

Status PostingList::parse_skips(std::uint32_t slot_count) {
  ByteReader reader(std::string_view(bytes_).substr(0, size_));
  const std::size_t block_count = (posting_count_ + kBlockPostings - 1) / kBlockPostings;
  blocks_.resize(block_count);
  std::uint64_t next = 0;
  std::uint64_t offset = 0;
  for (Block& block : blocks_) {
    const std::uint64_t gap = reader.varint();
    const std::uint64_t size = reader.varint();
    block.impact_count = reader.u8();
    // Compared before they are added: a sum may wrap around and look right.
    if (reader.failed() || gap >= slot_count - next || size > size_ - offset || block.impact_count > kMaxImpacts)
      return fail(Code::Corrupt, "a posting list's skip table is damaged");
    next += gap;
    block.last_slot = static_cast<std::uint32_t>(next++);
    block.begin = static_cast<std::uint32_t>(offset);
    offset += size;
    block.end = static_cast<std::uint32_t>(offset);
    for (std::size_t i = 0; i < block.impact_count; ++i) block.impacts[i] = {reader.u8(), reader.u8()};
  }
  if (reader.failed() || reader.remaining() != offset) return fail(Code::Corrupt, "a posting list has a wrong size");
  const auto skip_bytes = static_cast<std::uint32_t>(size_ - offset);
  for (Block& block : blocks_) {
    block.begin += skip_bytes;
    block.end += skip_bytes;
  }
  return {};
}

std::span<const Impact> PostingList::impacts(std::size_t block) const {
  return {blocks_[block].impacts.data(), blocks_[block].impact_count};
}

Status PostingList::decode_few(PostingBlock& out) const {
  ByteReader reader(std::string_view(bytes_).substr(0, size_));
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < posting_count_; ++i) {
    const std::uint64_t word = reader.varint();
    out.frequencies[i] = (word & 1) != 0 ? reader.u8() : kUsualFrequency;
    next += word >> 1;
    out.slots[i] = static_cast<std::uint32_t>(next++);
    if (next > 0xffffffff) return fail(Code::Corrupt, "a posting list names an impossible chunk");
  }
  if (reader.failed() || reader.remaining() != 0) return fail(Code::Corrupt, "a posting list has a wrong size");
  return {};
}

Status PostingList::decode_short(PostingBlock& out) const {
  out.size = posting_count_;
  if (posting_count_ <= kFewPostings) return decode_few(out);
  if (size_ < 2) return fail(Code::Corrupt, "a posting list is too short");
  const auto common = static_cast<std::uint8_t>(bytes_[0]);
  const auto parameter = static_cast<std::uint8_t>(bytes_[1]);
  if (parameter > 31) return fail(Code::Corrupt, "a posting list has an impossible parameter");
  BitReader bits(std::string_view(bytes_).substr(2, size_ - 2));
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < posting_count_; ++i) {
    next += std::uint64_t{bits.unary()} << parameter;
    next += bits.bits(parameter);
    out.slots[i] = static_cast<std::uint32_t>(next++);
    out.frequencies[i] = bits.bits(1) != 0 ? common : static_cast<std::uint8_t>(bits.bits(8));
    if (next > 0xffffffff) return fail(Code::Corrupt, "a posting list names an impossible chunk");
  }
  if (bits.failed() || bits.unused() != 0) return fail(Code::Corrupt, "a posting list has a wrong size");
  return {};
}

Status PostingList::decode(std::size_t number, PostingBlock& out) const {
  if (posting_count_ <= kBlockPostings) return decode_short(out);
  const Block& block = blocks_[number];
  const std::uint32_t count = number + 1 < blocks_.size()
                                  ? kBlockPostings
                                  : posting_count_ - static_cast<std::uint32_t>(number) * kBlockPostings;
  const std::string_view bytes(bytes_.data() + block.begin, block.end - block.begin);
  if (bytes.size() < kBlockHeader) return fail(Code::Corrupt, "a posting block is too short");
  const auto gap_bits = static_cast<std::uint8_t>(bytes[0]);
  const auto frequency_bits = static_cast<std::uint8_t>(bytes[1]);
  const auto least = static_cast<std::uint8_t>(bytes[2]);
  const auto wide_gaps = static_cast<std::uint8_t>(bytes[3]);
  if (gap_bits > 32 || frequency_bits > 8) return fail(Code::Corrupt, "a posting block has an impossible width");
  const std::size_t gap_bytes = packed_bytes(count, gap_bits);
  const std::size_t packed_size = kBlockHeader + gap_bytes + packed_bytes(count, frequency_bits);
  if (bytes.size() < packed_size) return fail(Code::Corrupt, "a posting block is too short");
  std::array<std::uint32_t, kBlockPostings> frequencies;
  unpack_bits(bytes.data() + kBlockHeader, gap_bits, {out.slots.data(), count});
  unpack_bits(bytes.data() + kBlockHeader + gap_bytes, frequency_bits, {frequencies.data(), count});
  OB_RETURN_IF_ERROR(patch(bytes.substr(packed_size), wide_gaps, {out.slots, gap_bits}, {frequencies, frequency_bits}));
  const std::uint32_t first = number == 0 ? 0 : blocks_[number - 1].last_slot + 1;
  std::uint64_t next = first;
  for (std::uint32_t i = 0; i < count; ++i) {
    next += out.slots[i];
    out.slots[i] = static_cast<std::uint32_t>(next++);
    out.frequencies[i] = static_cast<std::uint8_t>(least + frequencies[i]);
  }
  out.size = count;
  if (next != std::uint64_t{block.last_slot} + 1) return fail(Code::Corrupt, "a posting block contradicts its skip");
  return {};
}

}  // namespace openbook::index
