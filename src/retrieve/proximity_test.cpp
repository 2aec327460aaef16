#include "retrieve/proximity.h"

#include <gtest/gtest.h>

namespace openbook::retrieve {
namespace {

float score(const std::string& text, const std::string& title = {}) {
  text::Tokeniser tokeniser;
  const Proximity proximity({{"red", text::TokenKind::Word, 2}, {"lamp", text::TokenKind::Word, 3}});
  return proximity.score(title, text, tokeniser);
}

TEST(Proximity, RewardsWordsThatStandTogether) {
  std::string far = "The red boat. ";
  for (int i = 0; i < 100; ++i) far += "word ";
  far += "a lamp";
  EXPECT_GT(score("the red lamp"), score("the lamp is red"));
  EXPECT_GT(score("the lamp is red"), score(far));
  EXPECT_GT(score(far), 0);
  EXPECT_EQ(score("nothing of the kind"), 0);
  EXPECT_EQ(score(""), 0);
}

TEST(Proximity, SeesNeighboursInTheTitle) {
  EXPECT_GT(score("the lamp", "Red lamp"), score("the lamp", "Lamp"));
}

TEST(RerankByProximity, SortsAgainAndKeepsTheLimit) {
  std::vector<book::Passage> passages(3);
  for (std::uint32_t i = 0; i < 3; ++i) passages[i].chunk_id = i;
  passages[0].text = "lamp";
  passages[1].text = "red lamp";
  passages[2].text = "lamp";
  text::Tokeniser tokeniser;
  rerank_by_proximity(passages, Proximity({{"red", text::TokenKind::Word, 2}, {"lamp", text::TokenKind::Word, 3}}), 2,
                      tokeniser);
  ASSERT_EQ(passages.size(), 2u);
  EXPECT_EQ(passages[0].chunk_id, 1u);
  EXPECT_EQ(passages[1].chunk_id, 0u);
}

}  // namespace
}  // namespace openbook::retrieve
