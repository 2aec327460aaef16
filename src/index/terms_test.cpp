#include "index/terms.h"

#include <gtest/gtest.h>

#include <map>

#include "index/term_table.h"

namespace openbook::index {
namespace {

std::map<std::string, int> chunk(const DocumentTerms& terms, std::size_t number) {
  std::map<std::string, int> frequencies;
  for (std::size_t i = number == 0 ? 0 : terms.chunk_end[number - 1]; i < terms.chunk_end[number]; ++i)
    frequencies[std::string(terms.term(terms.postings[i].term))] += terms.postings[i].frequency;
  return frequencies;
}

TEST(TermCollector, WeighsFields) {
  TermCollector collector({4, 3, 2});
  for (int round = 0; round < 2; ++round) {  // The second document must not see the first.
    collector.begin("zebra");
    const std::vector<std::string> heading = {"lion", "zebra"};
    collector.add(heading, "zebra zebra bridge");
    collector.add({}, "bridge");
    const DocumentTerms terms = collector.finish();
    ASSERT_EQ(terms.chunk_count(), 2U);
    EXPECT_EQ(terms.term_count(), 3U);
    const auto first = chunk(terms, 0);
    EXPECT_EQ(first.at("zebra"), 4 + 3 + 2 * 2);
    EXPECT_EQ(first.at("lion"), 3);
    EXPECT_EQ(first.at("bridg"), 2);
    EXPECT_EQ(terms.chunk_length[0], 4U + 2 * 3 + 3 * 2);
    const auto second = chunk(terms, 1);
    EXPECT_EQ(second.size(), 2U);
    EXPECT_EQ(second.at("zebra"), 4);
    EXPECT_EQ(terms.chunk_length[1], 4U + 2);
  }
}

TEST(TermCollector, CapsFrequencies) {
  TermCollector collector;
  std::string body;
  for (int i = 0; i < 1000; ++i) body += "zebra ";
  collector.begin("");
  collector.add({}, body);
  const DocumentTerms terms = collector.finish();
  EXPECT_EQ(chunk(terms, 0).at("zebra"), 255);
  EXPECT_EQ(terms.chunk_length[0], 2000U);
}

TEST(ClampTerm, CutsAtACodePoint) {
  const std::string ascii(200, 'a');
  EXPECT_EQ(clamp_term(ascii).size(), kMaxTermBytes);
  std::string chinese = "a";
  for (int i = 0; i < 60; ++i) chinese += "汉";
  EXPECT_EQ(clamp_term(chinese).size(), 94U);
  EXPECT_EQ(clamp_term("short"), "short");
}

TEST(TermTable, NumbersTermsInOrderAndForgetsThemAll) {
  TermTable table;
  for (int round = 0; round < 3; ++round) {
    for (int pass = 0; pass < 2; ++pass)
      for (std::uint32_t i = 0; i < 5000; ++i) ASSERT_EQ(table.number_of("term" + std::to_string(i * (round + 1))), i);
    EXPECT_EQ(table.size(), 5000U);
    table.clear();
    EXPECT_EQ(table.size(), 0U);
  }
}

TEST(FieldWeights, ArePartOfTheIdentity) {
  EXPECT_NE(identity_of({4, 3, 2}), identity_of({2, 2, 2}));
}

}  // namespace
}  // namespace openbook::index
