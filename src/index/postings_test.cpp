#include "index/postings.h"

#include <gtest/gtest.h>

#include <random>

#include "index/bit_pack.h"
#include "index/bm25.h"
#include "index/impacts.h"
#include "index/scorer.h"
#include "index/slot_map.h"

namespace openbook::index {
namespace {

std::vector<Posting> random_postings(std::mt19937& random, std::size_t count, std::uint32_t gap) {
  std::vector<Posting> postings;
  std::uint32_t slot = 0;
  for (std::size_t i = 0; i < count; ++i) {
    slot += random() % gap;
    postings.push_back({slot++, static_cast<std::uint8_t>(random() % 5 == 0 ? 1 + random() % 255 : 2)});
  }
  return postings;
}

std::vector<std::uint8_t> random_lengths(std::mt19937& random, std::size_t count) {
  std::vector<std::uint8_t> lengths(count);
  for (std::uint8_t& code : lengths) code = static_cast<std::uint8_t>(random());
  return lengths;
}

Result<std::vector<Posting>> decoded(const PostingList& list) {
  std::vector<Posting> postings;
  PostingBlock block;
  for (std::size_t number = 0; number < list.block_count(); ++number) {
    OB_RETURN_IF_ERROR(list.decode(number, block));
    for (std::uint32_t i = 0; i < block.size; ++i) postings.push_back({block.slots[i], block.frequencies[i]});
  }
  return postings;
}

TEST(PostingList, ComesBackAtEverySize) {
  std::mt19937 random(1);
  for (const std::size_t count : {1, 2, 127, 128, 129, 255, 256, 257, 1000, 5000})
    for (const std::uint32_t gap : {1U, 2U, 50U, 300U}) {
      const std::vector<Posting> postings = random_postings(random, count, gap);
      const std::vector<std::uint8_t> lengths = random_lengths(random, postings.back().slot + 1);
      std::string bytes;
      encode_postings(postings, lengths, bytes);
      const auto list = PostingList::parse(bytes, static_cast<std::uint32_t>(count), postings.back().slot + 1);
      ASSERT_TRUE(list) << list.error().text();
      EXPECT_EQ(list->last_slot(list->block_count() - 1), postings.back().slot);
      const auto back = decoded(*list);
      ASSERT_TRUE(back) << back.error().text();
      EXPECT_EQ(*back, postings);
    }
}

TEST(PostingList, RefusesDamageWithoutCrashing) {
  std::mt19937 random(2);
  for (const std::size_t count : {20, 700}) {
    const std::vector<Posting> postings = random_postings(random, count, 20);
    const std::uint32_t slots = postings.back().slot + 1;
    const std::vector<std::uint8_t> lengths = random_lengths(random, slots);
    std::string bytes;
    encode_postings(postings, lengths, bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      EXPECT_FALSE(PostingList::parse(bytes.substr(0, size), static_cast<std::uint32_t>(count), slots)) << size;
    for (int i = 0; i < 3000; ++i) {
      std::string damaged = bytes;
      damaged[random() % damaged.size()] = static_cast<char>(random());
      const auto list = PostingList::parse(damaged, static_cast<std::uint32_t>(count), slots);
      if (!list) continue;
      const auto back = decoded(*list);
      if (!back) continue;
      for (const Posting& posting : *back) ASSERT_LT(posting.slot, slots);
    }
  }
}

TEST(PostingList, RefusesASkipTableWhoseSumsWrapAround) {
  ByteWriter writer;
  const std::pair<std::uint64_t, std::uint64_t> gaps_and_sizes[] = {{127, 40}, {127, ~std::uint64_t{0} - 35}};
  for (const auto& [gap, size] : gaps_and_sizes) {
    writer.varint(gap);
    writer.varint(size);
    writer.u8(0);
  }
  writer.raw(std::string(4, '\0'));  // As many bytes as the sizes add up to, modulo 2^64.
  EXPECT_FALSE(PostingList::parse(writer.bytes(), 2 * kBlockPostings, 1000));
}

TEST(Impacts, BoundEveryPostingOfTheirBlock) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Posting> postings = random_postings(random, 1 + random() % kBlockPostings, 9);
    const std::vector<std::uint8_t> lengths = random_lengths(random, postings.back().slot + 1);
    const std::vector<Impact> impacts = impacts_of(postings, lengths);
    EXPECT_LE(impacts.size(), kMaxImpacts);
    const Scorer scorer({static_cast<float>(random() % 30) / 10.0F, static_cast<float>(random() % 11) / 10.0F}, 300, 2);
    std::uint32_t bound = 0;
    std::uint32_t most = 0;
    for (const Impact impact : impacts) bound = std::max(bound, scorer.contribution(1e6F, impact));
    for (const Posting& posting : postings)
      most = std::max(most, scorer.contribution(1e6F, posting.frequency, lengths[posting.slot]));
    EXPECT_GE(bound, most);
    if (impacts.size() < kMaxImpacts) {
      EXPECT_EQ(bound, most);
    }
  }
}

TEST(BitPack, ComesBackAtEveryWidth) {
  std::mt19937 random(4);
  for (std::uint32_t bits = 0; bits <= 32; ++bits) {
    std::vector<std::uint32_t> values(101);
    for (std::uint32_t& value : values) value = bits == 0 ? 0 : static_cast<std::uint32_t>(random()) >> (32 - bits);
    std::string bytes;
    pack_bits(values, bits, bytes);
    EXPECT_EQ(bytes.size(), packed_bytes(values.size(), bits));
    bytes.append(8, '\0');
    std::vector<std::uint32_t> back(values.size());
    unpack_bits(bytes.data(), bits, back);
    EXPECT_EQ(back, values) << bits;
  }
}

TEST(LengthCode, IsMonotoneAndNear) {
  std::uint8_t last = 0;
  for (std::uint32_t length = 0; length < 400'000; length += 1 + length / 500) {
    const std::uint8_t code = length_code(length);
    EXPECT_GE(code, last);
    last = code;
    EXPECT_NEAR(length_of(code), length, 0.022 * length + 1) << length;
  }
  EXPECT_EQ(length_code(0xffffffff), 255);
}

TEST(SlotMap, KnowsIdsAndSlotsAcrossGaps) {
  SlotMap map;
  map.append(10, 3);
  map.append(13, 2);
  map.append(100, 1);
  ByteWriter writer;
  map.encode(writer);
  ByteReader reader(writer.bytes());
  const auto back = SlotMap::decode(reader, 6);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->id_of(0), 10U);
  EXPECT_EQ(back->id_of(4), 14U);
  EXPECT_EQ(back->id_of(5), 100U);
  EXPECT_EQ(back->slot_of(12), 2U);
  EXPECT_FALSE(back->slot_of(9));
  EXPECT_FALSE(back->slot_of(15));
  EXPECT_EQ(back->slots_of(12, 1000).begin, 2U);
  EXPECT_EQ(back->slots_of(12, 1000).end, 6U);
  ByteReader again(writer.bytes());
  EXPECT_FALSE(SlotMap::decode(again, 5));
}

TEST(SlotMap, RefusesRunsWhoseSumsWrapAround) {
  ByteWriter writer;
  writer.varint(2);
  for (const std::uint64_t number : {std::uint64_t{10}, std::uint64_t{3}, std::uint64_t{5}, ~std::uint64_t{0}})
    writer.varint(number);
  ByteReader reader(writer.bytes());
  EXPECT_FALSE(SlotMap::decode(reader, 2));
}

}  // namespace
}  // namespace openbook::index
