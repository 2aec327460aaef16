#include "read/plain.h"

#include <gtest/gtest.h>

#include "read/reader_testing.h"

namespace openbook::read {
namespace {

constexpr std::string_view kWrapped =
    "THE NIGHT BOAT\n==============\n\n"
    "The night boat leaves the old quay at half past nine and reaches the\n"
    "island before midnight. It carries mail, which the harbour office hands\n"
    "over in three sacks, and as many passengers as the deck will hold. Well-\nbuilt as she is.\n\n"
    "2.1 Fares\n\n"
    "A single costs four crowns for grown passengers and two crowns for all\n"
    "children.\n\n"
    "  - dogs travel\n    for nothing\n  - bicycles pay one crown\n\n"
    "Port      low     high\nAske      0.4     2.1\nBrenn     0.2     1.9\n";

TEST(PlainReader, JoinsWrappedLinesAndKeepsWhatIsLaidOut) {
  const auto document = read_one(*make_plain_reader(), kWrapped, "night.txt");
  EXPECT_EQ(document.title, "THE NIGHT BOAT");
  EXPECT_EQ(document.markdown,
            "# THE NIGHT BOAT\n\n"
            "The night boat leaves the old quay at half past nine and reaches the island before midnight. It carries "
            "mail, which the harbour office hands over in three sacks, and as many passengers as the deck will hold. "
            "Well-built as she is.\n\n"
            "## 2.1 Fares\n\n"
            "A single costs four crowns for grown passengers and two crowns for all children.\n\n"
            "- dogs travel for nothing\n- bicycles pay one crown\n\n"
            "```\nPort      low     high\nAske      0.4     2.1\nBrenn     0.2     1.9\n```\n");
  expect_sound(document);
}

TEST(PlainReader, SpansNameTheLine) {
  const auto document = read_one(*make_plain_reader(), kWrapped, "night.txt");
  const auto at = static_cast<std::uint32_t>(document.markdown.find("A single"));
  EXPECT_EQ(document.source.resolve({at, at + 1}).line, 11u);
}

TEST(PlainReader, KnowsChineseChaptersAndIndentedParagraphs) {
  const auto document =
      read_one(*make_plain_reader(),
               "第一回　渡口夜话\n　　却说那渡口有一老翁。\n　　他每夜守灯。\n第二回 客至\n　　第一个客人来了。\n");
  EXPECT_EQ(document.markdown,
            "## 第一回　渡口夜话\n\n却说那渡口有一老翁。\n\n他每夜守灯。\n\n## 第二回 客至\n\n第一个客人来了。\n");
}

TEST(PlainReader, JoinsWrappedChineseWithoutBlanks) {
  const auto document =
      read_one(*make_plain_reader(),
               "渡轮公司从三月一日起把末班船改到晚上九点半开出，请各位乘客\n提前十分钟到码头上船，自行车与狗"
               "可以免费随行，行李限二十公\n斤，超出部分每公斤收费两元，详情请向码头的值班员询问后再购\n票上船。\n");
  EXPECT_EQ(document.markdown.find('\n'), document.markdown.size() - 1);
  EXPECT_NE(document.markdown.find("乘客提前"), std::string::npos);
}

TEST(PlainReader, KeepsShortLinesApart) {
  EXPECT_EQ(read_one(*make_plain_reader(), "Harbour office\nQuay 3\nAske\n").markdown,
            "Harbour office\nQuay 3\nAske\n");
}

TEST(PlainReader, KeepsLongUnwrappedLinesAsParagraphs) {
  const std::string line(300, 'x');
  EXPECT_EQ(read_one(*make_plain_reader(), line + "\n" + line + "\n").markdown, line + "\n\n" + line + "\n");
}

TEST(PlainReader, EscapesWhatMarkdownWouldRead) {
  EXPECT_EQ(read_one(*make_plain_reader(), "# not a heading").markdown, "\\# not a heading\n");
}

TEST(PlainReader, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_plain_reader(), kWrapped, "night.txt");
}

TEST(PlainReader, TakesAShortFirstLineForTheTitle) {
  struct Case {
    const char* text;
    const char* want;
  };
  constexpr Case cases[] = {{"Staff handbook\n\n1. Hours\nForty.\n", "Staff handbook"},
                            {"员工手册（2023年版）\n\n第一章 时间\n四十。\n", "员工手册（2023年版）"},
                            {"It rained all day.\nThen it stopped.\n", "note"},
                            {"int main() {\n}\n", "note"},
                            {"One line", "note"}};
  for (const Case& c : cases) EXPECT_EQ(read_one(*make_plain_reader(), c.text, "note.txt").title, c.want) << c.text;
}

TEST(SniffPlain, TellsTextFromBytes) {
  EXPECT_TRUE(sniff_plain("some text\n"));
  EXPECT_TRUE(sniff_plain(std::string_view("\xFF\xFEx\0", 4)));
  EXPECT_FALSE(
      sniff_plain(std::string_view("\x7F"
                                   "ELF\2\1\1\0\0\0\0\0\0",
                                   13)));
}

}  // namespace
}  // namespace openbook::read
