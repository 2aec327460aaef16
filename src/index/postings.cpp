#include "index/postings.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "index/bit_pack.h"
#include "index/impacts.h"

namespace openbook::index {
namespace {

constexpr std::size_t kPadding = 8;
constexpr std::size_t kBlockHeader = 3;  // Bits of a slot gap, bits of a frequency, least frequency.

std::uint8_t commonest_frequency(std::span<const Posting> postings) {
  std::array<std::uint16_t, 256> counts{};
  std::uint8_t best = postings.front().frequency;
  for (const Posting& posting : postings)
    if (++counts[posting.frequency] > counts[best]) best = posting.frequency;
  return best;
}

/// At most kBlockPostings: the commonest frequency, then gaps whose lowest bit says that a frequency follows.
void encode_short(std::span<const Posting> postings, std::string& out) {
  ByteWriter writer;
  const std::uint8_t common = commonest_frequency(postings);
  writer.u8(common);
  std::uint32_t next = 0;
  for (const Posting& posting : postings) {
    const bool differs = posting.frequency != common;
    writer.varint(std::uint64_t{posting.slot - next} << 1 | (differs ? 1 : 0));
    if (differs) writer.u8(posting.frequency);
    next = posting.slot + 1;
  }
  out += writer.bytes();
}

void encode_block(std::span<const Posting> block, std::uint32_t next, std::string& out) {
  std::array<std::uint32_t, kBlockPostings> gaps;
  std::array<std::uint32_t, kBlockPostings> frequencies;
  std::uint32_t widest = 0;
  std::uint32_t least = 255;
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    gaps[i] = block[i].slot - next;
    next = block[i].slot + 1;
    frequencies[i] = block[i].frequency;
    widest = std::max(widest, gaps[i]);
    least = std::min(least, frequencies[i]);
    most = std::max(most, frequencies[i]);
  }
  for (std::size_t i = 0; i < block.size(); ++i) frequencies[i] -= least;
  out.push_back(static_cast<char>(bits_for(widest)));
  out.push_back(static_cast<char>(bits_for(most - least)));
  out.push_back(static_cast<char>(least));
  pack_bits({gaps.data(), block.size()}, bits_for(widest), out);
  pack_bits({frequencies.data(), block.size()}, bits_for(most - least), out);
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
  if (postings.size() <= kBlockPostings)
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
    next += reader.varint();
    block.last_slot = static_cast<std::uint32_t>(next++);
    block.begin = static_cast<std::uint32_t>(offset);
    offset += reader.varint();
    block.end = static_cast<std::uint32_t>(offset);
    block.impact_count = reader.u8();
    if (reader.failed() || next > slot_count || offset > size_ || block.impact_count > kMaxImpacts)
      return fail(Code::Corrupt, "a posting list's skip table is damaged");
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

Status PostingList::decode_short(PostingBlock& out) const {
  ByteReader reader(std::string_view(bytes_).substr(0, size_));
  const std::uint8_t common = reader.u8();
  std::uint64_t next = 0;
  out.size = posting_count_;
  for (std::uint32_t i = 0; i < posting_count_; ++i) {
    const std::uint64_t word = reader.varint();
    out.frequencies[i] = (word & 1) != 0 ? reader.u8() : common;
    next += word >> 1;
    out.slots[i] = static_cast<std::uint32_t>(next++);
    if (next > 0xffffffff) return fail(Code::Corrupt, "a posting list names an impossible chunk");
  }
  if (reader.failed() || reader.remaining() != 0) return fail(Code::Corrupt, "a posting list has a wrong size");
  return {};
}

Status PostingList::decode(std::size_t number, PostingBlock& out) const {
  if (posting_count_ <= kBlockPostings) return decode_short(out);
  const Block& block = blocks_[number];
  const std::uint32_t count = number + 1 < blocks_.size()
                                  ? kBlockPostings
                                  : posting_count_ - static_cast<std::uint32_t>(number) * kBlockPostings;
  const char* bytes = bytes_.data() + block.begin;
  const auto size = static_cast<std::size_t>(block.end - block.begin);
  if (size < kBlockHeader) return fail(Code::Corrupt, "a posting block is too short");
  const auto slot_bits = static_cast<std::uint8_t>(bytes[0]);
  const auto frequency_bits = static_cast<std::uint8_t>(bytes[1]);
  const auto least = static_cast<std::uint8_t>(bytes[2]);
  const std::size_t slot_bytes = packed_bytes(count, slot_bits);
  if (slot_bits > 32 || frequency_bits > 8 || size != kBlockHeader + slot_bytes + packed_bytes(count, frequency_bits))
    return fail(Code::Corrupt, "a posting block has a wrong size");
  std::array<std::uint32_t, kBlockPostings> frequencies;
  unpack_bits(bytes + kBlockHeader, slot_bits, {out.slots.data(), count});
  unpack_bits(bytes + kBlockHeader + slot_bytes, frequency_bits, {frequencies.data(), count});
  std::uint32_t next = number == 0 ? 0 : blocks_[number - 1].last_slot + 1;
  std::uint64_t total = next;
  for (std::uint32_t i = 0; i < count; ++i) {
    total += out.slots[i];
    next += out.slots[i];
    out.slots[i] = next++;
    ++total;
    out.frequencies[i] = static_cast<std::uint8_t>(least + frequencies[i]);
  }
  out.size = count;
  if (total != std::uint64_t{block.last_slot} + 1) return fail(Code::Corrupt, "a posting block contradicts its skip");
  return {};
}

}  // namespace openbook::index
