#include "text/tokenise.h"

#include <gtest/gtest.h>

namespace openbook::text {
namespace {

std::string terms(std::string_view text) {
  Tokeniser tokeniser;
  std::string joined;
  for (const OwnedToken& token : tokens_of(tokeniser, text)) joined += (joined.empty() ? "" : " ") + token.term;
  return joined;
}

TEST(Tokeniser, FoldsAndStemsLatinWords) {
  struct Case {
    const char* text;
    const char* want;
  };
  constexpr Case cases[] = {
      {"Running dogs", "run dog"},      {"The café", "the cafe"}, {"the dog's don't", "the dog dont"}, {"", ""},
      {"Ｆｕｌｌ width", "full width"},
  };
  for (const Case& c : cases) EXPECT_EQ(terms(c.text), c.want) << c.text;
}

TEST(Tokeniser, KeepsIdentifiersWholeAndInParts) {
  struct Case {
    const char* text;
    const char* want;
  };
  constexpr Case cases[] = {
      {"RTX-4090", "rtx4090 rtx 4090"},
      {"RTX4090", "rtx4090 rtx 4090"},
      {"foo_bar()", "foobar foo bar"},
      {"GB/T 7714-2015", "gb t 77142015 7714 2015"},
      {"getUserName", "getusernam get user name"},
      {"3.14 and 1,234,567", "3.14 and 1234567"},
      {"C++ C# C", "c++ c c# c c"},
      {"U.S.A", "usa"},
      {"and/or", "and or"},
      {"v2.3.1", "v231 v 2 3 1"},
  };
  for (const Case& c : cases) EXPECT_EQ(terms(c.text), c.want) << c.text;
}

TEST(Tokeniser, GivesCharactersBigramsAndWordsOfChinese) {
  EXPECT_EQ(terms("中文"), "中 中文 文");
  EXPECT_EQ(terms("計算機"), terms("计算机"));
  EXPECT_NE((" " + terms("中华人民共和国成立") + " ").find(" 共和国 "), std::string::npos);
}

TEST(Tokeniser, RangesPointAtTheSourceBytes) {
  const std::string_view text = "Größe: RTX-4090，机器学习很重要。";
  Tokeniser tokeniser;
  for (const OwnedToken& token : tokens_of(tokeniser, text)) {
    ASSERT_LE(token.range.end, text.size());
    if (token.kind == TokenKind::Bigram) {
      EXPECT_EQ(token.range.of(text).size(), 6u) << token.term;
    }
    if (token.term == "rtx4090") {
      EXPECT_EQ(token.range.of(text), "RTX-4090");
    }
  }
}

TEST(Tokeniser, SurvivesBytesThatAreNotText) {
  std::string noise;
  for (int i = 0; i < 5000; ++i) noise.push_back(static_cast<char>((i * 7919) ^ (i >> 3)));
  Tokeniser tokeniser;
  for (const OwnedToken& token : tokens_of(tokeniser, noise)) EXPECT_LE(token.term.size(), 64u);
}

TEST(Tokeniser, MarksFunctionWords) {
  Tokeniser tokeniser;
  const auto tokens = tokens_of(tokeniser, "the moon 的");
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_TRUE(tokens[0].stop_word);
  EXPECT_FALSE(tokens[1].stop_word);
  EXPECT_TRUE(tokens[2].stop_word);
}

}  // namespace
}  // namespace openbook::text
