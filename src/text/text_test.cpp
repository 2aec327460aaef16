#include <gtest/gtest.h>

#include "text/estimate.h"
#include "text/language.h"
#include "text/markdown.h"
#include "text/normalise.h"
#include "text/pinyin.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace openbook::text {
namespace {

std::vector<std::string> split_sentences(std::string_view text) {
  std::vector<std::string> sentences;
  for (const ByteRange range : sentences_of(text)) sentences.emplace_back(range.of(text));
  return sentences;
}

using Strings = std::vector<std::string>;

TEST(Sentences, KnowAbbreviationsAndDecimals) {
  EXPECT_EQ(split_sentences("Dr. Smith paid 3.5 dollars. He left."),
            (Strings{"Dr. Smith paid 3.5 dollars.", "He left."}));
  EXPECT_EQ(split_sentences("He moved to the U.S. in 1990. It was cold."),
            (Strings{"He moved to the U.S. in 1990.", "It was cold."}));
  EXPECT_EQ(split_sentences("It ended.[12] The next began (so they say.) Then \"he spoke.\" Done"),
            (Strings{"It ended.[12]", "The next began (so they say.)", "Then \"he spoke.\"", "Done"}));
}

TEST(Sentences, EndAtChineseFullStopsWithTheirQuotes) {
  EXPECT_EQ(split_sentences("他说：“你好。”然后走了。真的吗？是的"),
            (Strings{"他说：“你好。”", "然后走了。", "真的吗？", "是的"}));
}

TEST(Sentences, OfNothingAreNone) {
  EXPECT_TRUE(split_sentences("").empty());
  EXPECT_TRUE(split_sentences("  \n ").empty());
}

std::string kinds(std::string_view markdown) {
  std::string letters;
  for (const Block& block : blocks_of(markdown)) letters += "HPLQCTRX"[static_cast<int>(block.kind)];
  return letters;
}

TEST(Blocks, FollowTheStructureOfMarkdown) {
  struct Case {
    const char* markdown;
    const char* want;
  };
  constexpr Case cases[] = {
      {"# One\n\ntext\nmore\n\n## Two\ntext", "HPHP"},
      {"- a\n- b\n  c\n\n1. d\n2. e\n", "LLLL"},
      {"| a | b |\n|---|---|\n| 1 | 2 |\n\ntext", "TP"},
      {"```c\n# not a heading\n\n```\nafter", "CP"},
      {"```\nnever closed", "C"},
      {"Title\n=====\n\n---\n\n> quoted\n> more", "HRQ"},
      {"---\ntitle: x\n---\n\ntext", "CP"},
      {"<div>\nhtml\n</div>\n\ntext", "XP"},
      {"in\n1984. It was", "P"},
  };
  for (const Case& c : cases) EXPECT_EQ(kinds(c.markdown), c.want) << c.markdown;
}

TEST(Blocks, CoverWholeLinesInOrder) {
  const std::string_view markdown = "# A\n\n- x\n\n| a |\n|-|\n| 1 |\n";
  std::uint32_t last = 0;
  for (const Block& block : blocks_of(markdown)) {
    EXPECT_GE(block.range.begin, last);
    EXPECT_TRUE(block.range.begin == 0 || markdown[block.range.begin - 1] == '\n');
    EXPECT_TRUE(block.range.end == markdown.size() || markdown[block.range.end] == '\n');
    last = block.range.end;
  }
}

TEST(InlineMarkdown, LosesItsMarksAndKeepsItsText) {
  EXPECT_EQ(plain_text("**Bold** and [a link](http://x.y/(z)) and `code` snake_case 2 * 3 \\*"),
            "Bold and a link and code snake_case 2 * 3 *");
  EXPECT_EQ(plain_text("a < b &amp; <b>c</b>"), "a < b & c");
  EXPECT_EQ(heading_text("## Use of C# ##"), "Use of C#");
}

TEST(InlineMarkdown, EscapedTextReadsBackAsItself) {
  for (const char* text :
       {"# 5 apples", "1. not a list", "a*b*c _x_ `y`", "1984. It", "- dash", "<b>", "2 * 3", "[a](b)"}) {
    EXPECT_EQ(plain_text(escape_markdown(text)), text);
    const std::string escaped = escape_markdown(text);
    const auto blocks = blocks_of(escaped);
    ASSERT_EQ(blocks.size(), 1u) << text;
    EXPECT_EQ(blocks[0].kind, BlockKind::Paragraph) << text;
  }
  EXPECT_EQ(escape_markdown("a|b", true), "a\\|b");
}

TEST(TableCells, AreTrimmedAndKeepEscapedBars) {
  const std::string_view row = "| a | b \\| c |  |";
  Strings cells;
  for (const ByteRange cell : table_cells(row)) cells.emplace_back(cell.of(row));
  EXPECT_EQ(cells, (Strings{"a", "b \\| c", ""}));
}

TEST(Fold, BringsVariantsTogether) {
  EXPECT_EQ(fold("ＡＢＣ"), "abc");
  EXPECT_EQ(fold("Crème BRÛLÉE"), "creme brulee");
  EXPECT_EQ(fold("e\u0301"), "e");
  EXPECT_EQ(fold("資訊檢索"), fold("资讯检索"));
}

TEST(Pinyin, IsEqualForHomophonesOnly) {
  EXPECT_NE(sound_of(U'文'), 0);
  EXPECT_EQ(sound_of(U'文'), sound_of(U'闻'));
  EXPECT_NE(sound_of(U'文'), sound_of(U'天'));
  EXPECT_EQ(sound_of(U'a'), 0);
  EXPECT_EQ(sound_of(0x10FFFF), 0);
}

TEST(Language, IsToldByScriptAndFunctionWords) {
  struct Case {
    const char* text;
    const char* want;
  };
  constexpr Case cases[] = {{"The cat sat on the mat.", "en"},
                            {"使用 TiDB 部署 cluster 的方法说明", "zh"},
                            {"これは日本語です", "ja"},
                            {"한국어 문장입니다", "ko"},
                            {"Der Hund und die Katze sind nicht auf dem Dach.", "de"},
                            {"Это русский текст", "ru"},
                            {"do as you like", "en"},
                            {"12345", "und"}};
  for (const Case& c : cases) EXPECT_EQ(language_of(c.text), c.want) << c.text;
}

TEST(EstimateTokens, IsNearWhatModelsCount) {
  EXPECT_EQ(estimate_tokens(""), 0u);
  EXPECT_EQ(estimate_tokens("word"), 1u);
  EXPECT_NEAR(static_cast<double>(estimate_tokens("The quick brown fox jumps over the lazy dog.")), 13, 3);
  EXPECT_EQ(estimate_tokens("中文中文"), 3u);
}

TEST(Utf8, ReplacesWhatIsNotText) {
  EXPECT_FALSE(is_valid_utf8("a\xFF"));
  EXPECT_EQ(to_valid_utf8("a\xFF\xE4\xB8"), "a\uFFFD\uFFFD\uFFFD");
  EXPECT_TRUE(is_valid_utf8("\uFFFD"));
  EXPECT_EQ(utf8_prefix("中文", 4), "中");
  EXPECT_EQ(utf8_prefix("中文", 2), "");
  EXPECT_EQ(utf8_prefix(std::string(100, '\x80'), 50).size(), 50u);
}

}  // namespace
}  // namespace openbook::text
