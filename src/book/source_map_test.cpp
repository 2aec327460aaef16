#include "book/source_map.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace openbook::book {
namespace {

SourceSpan line_span(std::uint32_t begin, std::uint32_t end, std::uint32_t line) {
  SourceSpan span;
  span.range = {begin, end};
  span.line = line;
  return span;
}

SourceSpan page_span(std::uint32_t begin, std::uint32_t end, std::uint32_t page, Box box) {
  SourceSpan span;
  span.range = {begin, end};
  span.page = page;
  span.box = box;
  return span;
}

TEST(SourceMap, CutsOrDropsSpansThatOverlapTheLastOne) {
  SourceMap map;
  map.add(line_span(0, 10, 1));
  map.add(line_span(5, 12, 2));
  map.add(line_span(3, 12, 3));
  map.add(line_span(20, 20, 4));
  ASSERT_EQ(map.spans.size(), 2U);
  EXPECT_EQ(map.spans[1].range, (ByteRange{10, 12}));
  EXPECT_EQ(map.spans[1].line, 2U);
}

TEST(SourceMap, NumbersEachPartOnce) {
  SourceMap map;
  EXPECT_EQ(map.part_number("Sheet1"), 1U);
  EXPECT_EQ(map.part_number("表二"), 2U);
  EXPECT_EQ(map.part_number("Sheet1"), 1U);
  EXPECT_EQ(map.parts.size(), 2U);
}

TEST(SourceMap, ResolvesARangeToItsFirstPlaceAndTheBoxOfItsFirstPage) {
  SourceMap map;
  map.add(page_span(0, 10, 3, {10, 10, 100, 20}));
  map.add(page_span(12, 20, 3, {10, 22, 120, 32}));
  map.add(page_span(20, 30, 4, {5, 5, 50, 15}));
  const Location location = map.resolve({8, 25});
  EXPECT_EQ(location.page, 3U);
  EXPECT_EQ(location.last_page, 4U);
  EXPECT_EQ(location.box, (Box{10, 10, 120, 32}));
}

TEST(SourceMap, ResolvesBordersHalfOpen) {
  SourceMap map;
  map.add(line_span(0, 10, 1));
  map.add(line_span(10, 20, 2));
  map.add(line_span(25, 30, 3));
  EXPECT_EQ(map.resolve({9, 10}).line, 1U);
  EXPECT_EQ(map.resolve({10, 11}).line, 2U);
  EXPECT_EQ(map.resolve({10, 10}).line, 2U);
  EXPECT_EQ(map.resolve({20, 25}).line, 0U);
  EXPECT_EQ(map.resolve({22, 26}).line, 3U);
  EXPECT_EQ(map.resolve({30, 40}).line, 0U);
  EXPECT_EQ(SourceMap{}.resolve({0, 5}).line, 0U);
}

TEST(SourceMap, ClippedKeepsRangesAndOnlyTheNeededParts) {
  SourceMap map;
  SourceSpan first = line_span(0, 10, 1), second = line_span(10, 20, 2);
  first.part = map.part_number("a.xhtml");
  second.part = map.part_number("b.xhtml");
  map.add(first);
  map.add(second);
  const SourceMap clip = map.clipped({12, 14});
  ASSERT_EQ(clip.spans.size(), 1U);
  EXPECT_EQ(clip.spans[0].range, (ByteRange{10, 20}));
  EXPECT_EQ(clip.parts, std::vector<std::string>{"b.xhtml"});
  EXPECT_EQ(clip.resolve({12, 14}).part, "b.xhtml");
}

TEST(SourceMap, EncodesLineMapsInFewBytes) {
  SourceMap map;
  std::uint32_t at = 0;
  for (std::uint32_t line = 1; line <= 10'000; ++line, at += 101) map.add(line_span(at, at + 100, line));
  EXPECT_LT(encode(map).size(), 5 * map.spans.size());
}

TEST(SourceMap, RoundTripsRandomMaps) {
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
  for (int round = 0; round < 200; ++round) {
    SourceMap map;
    for (std::uint32_t i = below(4); i > 0; --i) map.part_number("part " + std::to_string(i));
    std::uint32_t at = 0;
    for (std::uint32_t i = below(40); i > 0; --i) {
      SourceSpan span;
      at += below(3) * below(1'000);
      span.range = {at, at + 1 + below(100'000)};
      at = span.range.end;
      span.page = below(5);
      span.line = below(2) * below(1U << 31);
      span.row = below(3);
      span.column = below(20);
      span.part = below(static_cast<std::uint32_t>(map.parts.size()) + 1);
      if (below(2) != 0) span.box = {below(600) / 4.0F, below(800) / 4.0F, 200.25F, 300.75F};
      map.spans.push_back(span);
    }
    const auto back = decode_source_map(encode(map));
    ASSERT_TRUE(back) << back.error().text();
    EXPECT_EQ(back->parts, map.parts);
    ASSERT_EQ(back->spans.size(), map.spans.size());
    for (std::size_t i = 0; i < map.spans.size(); ++i) {
      SourceSpan want = map.spans[i];
      if (!want.box.known()) want.box = {};
      EXPECT_EQ(back->spans[i], want) << i;
    }
  }
}

TEST(SourceMap, RoundsBoxesOutwardsAndSurvivesImpossibleOnes) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  SourceMap map;
  map.add(page_span(0, 1, 1, {10.1F, 10.1F, 10.15F, 10.15F}));
  map.add(page_span(1, 2, 1, {-kInfinity, 0, kInfinity, 5}));
  map.add(page_span(2, 3, 1, {0, 0, 1e30F, 1e30F}));
  const auto back = decode_source_map(encode(map));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->spans[0].box, (Box{10, 10, 10.25F, 10.25F}));
  EXPECT_FALSE(back->spans[1].box.known());
  EXPECT_TRUE(back->spans[2].box.known());
  EXPECT_EQ(decode_source_map(encode(*back))->spans, back->spans);
}

TEST(SourceMap, RefusesEveryPrefixAndSurvivesEveryChangedByte) {
  SourceMap map;
  map.part_number("sheet");
  SourceSpan span = page_span(3, 90, 2, {1, 2, 3, 4});
  span.row = 4;
  span.column = 1;
  span.part = 1;
  map.add(span);
  map.add(line_span(100, 300, 7));
  const std::string bytes = encode(map);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_source_map(std::string_view(bytes).substr(0, size))) << size;
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int value : {0, 1, 0x7f, 0x80, 0xff}) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(value);
      const auto back = decode_source_map(damaged);
      if (!back) continue;
      for (std::size_t i = 1; i < back->spans.size(); ++i) {
        EXPECT_LE(back->spans[i - 1].range.end, back->spans[i].range.begin);
      }
    }
  }
}

}  // namespace
}  // namespace openbook::book
