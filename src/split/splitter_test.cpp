#include "split/splitter.h"

#include <gtest/gtest.h>

#include "text/estimate.h"
#include "text/markdown.h"
#include "text/sentences.h"

namespace openbook::split {
namespace {

using book::Chunk;

std::string prose(int sentence_count, const std::string& word = "word") {
  std::string text;
  for (int i = 0; i < sentence_count; ++i)
    text += "Sentence number " + std::to_string(i) + " says that the " + word + " is quite useful here. ";
  return text + "\n\n";
}

TEST(StructureSplitter, KeepsTheHeadingPath) {
  const std::string markdown = "# Guide\n\n" + prose(12) + "## Install\n\n" + prose(12) + "## Use\n\n" + prose(12);
  const auto chunks = make_structure_splitter()->split(markdown);
  ASSERT_EQ(chunks.size(), 3u);
  EXPECT_EQ(chunks[1].heading, (std::vector<std::string>{"Guide", "Install"}));
  EXPECT_EQ(chunks[2].heading, (std::vector<std::string>{"Guide", "Use"}));
  EXPECT_TRUE(chunks[2].range.of(markdown).starts_with("## Use"));
  EXPECT_EQ(heading_path_at(markdown, chunks[1].range.end - 1), (std::vector<std::string>{"Guide", "Install"}));
}

TEST(StructureSplitter, JoinsShortSections) {
  const std::string markdown = "# FAQ\n\n## One\n\nYes.\n\n## Two\n\nNo.\n\n## Three\n\nPerhaps.\n";
  EXPECT_EQ(make_structure_splitter()->split(markdown).size(), 1u);
}

TEST(StructureSplitter, NeverCutsASentenceAndStaysInItsLimits) {
  const std::string markdown = "# Long\n\n" + prose(300) + prose(40);
  const auto chunks = make_structure_splitter()->split(markdown);
  ASSERT_GT(chunks.size(), 8u);
  for (const Chunk& chunk : chunks) {
    EXPECT_LE(chunk.token_count, 512u);
    EXPECT_TRUE(chunk.range.of(markdown).ends_with("here."));
    EXPECT_GE(text::estimate_tokens(chunk.text_of(markdown)), 200u);
  }
}

TEST(StructureSplitter, OverlapsByTenToFifteenPercent) {
  const std::string markdown = prose(300);
  const auto chunks = make_structure_splitter()->split(markdown);
  for (std::size_t i = 1; i + 1 < chunks.size(); ++i) {
    ASSERT_LT(chunks[i].range.begin, chunks[i - 1].range.end);
    const ByteRange shared{chunks[i].range.begin, chunks[i - 1].range.end};
    const double share = static_cast<double>(text::estimate_tokens(shared.of(markdown))) / chunks[i].token_count;
    EXPECT_GE(share, 0.08);
    EXPECT_LE(share, 0.16);
  }
}

TEST(StructureSplitter, KeepsTablesWholeAndRepeatsTheHeaderOfLongOnes) {
  std::string table = "| name | value |\n| --- | --- |\n";
  const std::string small = table + "| a | 1 |\n";
  for (int i = 0; i < 400; ++i) table += "| row " + std::to_string(i) + " | " + std::to_string(i * i) + " |\n";
  const auto one = make_structure_splitter()->split(small);
  ASSERT_EQ(one.size(), 1u);
  EXPECT_TRUE(one[0].lead.empty());
  const auto many = make_structure_splitter()->split(table);
  ASSERT_GT(many.size(), 3u);
  for (const Chunk& chunk : many) {
    const std::string text = chunk.text_of(table);
    EXPECT_TRUE(text.starts_with("| name | value |\n| --- | --- |\n| row ")) << text.substr(0, 60);
    EXPECT_TRUE(text.ends_with("|"));
    EXPECT_LE(chunk.token_count, 512u);
  }
}

TEST(StructureSplitter, KeepsCodeWholeAndDividesLongCodeBetweenLines) {
  std::string code = "```cpp\n";
  for (int i = 0; i < 300; ++i) code += "int value_" + std::to_string(i) + " = compute(" + std::to_string(i) + ");\n";
  code += "```\n";
  const auto chunks = make_structure_splitter()->split(code);
  ASSERT_GT(chunks.size(), 2u);
  for (const Chunk& chunk : chunks) EXPECT_TRUE(chunk.range.end == code.size() - 1 || code[chunk.range.end] == '\n');
}

TEST(StructureSplitter, ParentsHoldTheirChunks) {
  const std::string markdown = prose(400);
  for (const Chunk& chunk : make_structure_splitter()->split(markdown)) {
    EXPECT_TRUE(chunk.parent.contains(chunk.range));
    EXPECT_LE(text::estimate_tokens(chunk.parent.of(markdown)), 1500u);
  }
}

TEST(StructureSplitter, CoversEveryBlock) {
  const std::string markdown =
      "intro\n\n# A\n\n" + prose(50) + "- item\n- item two\n\n> quote\n\n" + prose(3) + "## tail\n";
  const auto chunks = make_structure_splitter()->split(markdown);
  for (const text::Block& block : text::blocks_of(markdown))
    for (std::uint32_t at = block.range.begin; at < block.range.end; ++at) {
      if (markdown[at] == ' ') continue;
      EXPECT_TRUE(std::any_of(chunks.begin(), chunks.end(), [at](const Chunk& c) {
        return c.range.begin <= at && at < c.range.end;
      })) << at;
    }
}

TEST(StructureSplitter, SurvivesTextWithoutAnyStructure) {
  EXPECT_TRUE(make_structure_splitter()->split("").empty());
  EXPECT_TRUE(make_structure_splitter()->split("\n\n \n").empty());
  const std::string line(200'000, 'x');
  for (const Chunk& chunk : make_structure_splitter()->split(line)) EXPECT_LE(chunk.range.size(), 4096u);
  std::string chinese;
  for (int i = 0; i < 30'000; ++i) chinese += "无";
  for (const Chunk& chunk : make_structure_splitter()->split(chinese)) EXPECT_EQ(chunk.range.size() % 3, 0u);
  const std::string no_utf8(10'000, '\x80');
  EXPECT_EQ(make_structure_splitter()->split(no_utf8).back().range.end, 10'000u);
  const auto tiny = make_structure_splitter({.max_tokens = 1, .max_sentence_tokens = 1});
  EXPECT_EQ(tiny->split(chinese).back().range.end, 90'000u);
}

}  // namespace
}  // namespace openbook::split
