#include "read/markdown.h"

#include <gtest/gtest.h>

#include "read/reader_testing.h"

namespace openbook::read {
namespace {

constexpr std::string_view kPage =
    "---\ntitle: \"Night boats\"\ntags:\n  - a\nauthor: Lund\n---\r\nNight boats\r\n===========\r\n\r\n\r\n"
    "Text with <b>HTML</b> &amp; a `<tag>`.  \nSecond line<!-- note\nover lines -->\n\n"
    "* one\n    - two\n\n```html\n<p>stays</p>\n\n\n# no heading\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    "<table>\n<tr><th>x</th><th>y</th></tr>\n<tr><td>3</td><td>4</td></tr>\n</table>\n\nEnd";

TEST(MarkdownReader, CleansWithoutChangingTheText) {
  const auto document = read_one(*make_markdown_reader(), kPage, "night.md");
  EXPECT_EQ(document.title, "Night boats");
  EXPECT_EQ(document.metadata.at("author"), "Lund");
  EXPECT_EQ(document.markdown,
            "# Night boats\n\nText with HTML & a `<tag>`.\nSecond line\n\n* one\n    - two\n\n"
            "```html\n<p>stays</p>\n\n\n# no heading\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
            "| x | y |\n| --- | --- |\n| 3 | 4 |\n\nEnd\n");
  expect_sound(document);
}

TEST(MarkdownReader, SpansNameTheFirstLineOfEachBlock) {
  const auto document = read_one(*make_markdown_reader(), kPage, "night.md");
  const auto line_of = [&](std::string_view text) {
    const auto at = static_cast<std::uint32_t>(document.markdown.find(text));
    return document.source.resolve({at, at + 1}).line;
  };
  EXPECT_EQ(line_of("# Night"), 7u);
  EXPECT_EQ(line_of("Text with"), 11u);
  EXPECT_EQ(line_of("| 1 | 2"), 25u);
  EXPECT_EQ(line_of("End"), 34u);
}

TEST(MarkdownReader, TakesItsTitleFromTheFirstHeadingElseFromTheName) {
  EXPECT_EQ(read_one(*make_markdown_reader(), "text\n\n## The *quay*\n").title, "The quay");
  EXPECT_EQ(read_one(*make_markdown_reader(), "text", "notes.md").title, "notes");
}

TEST(MarkdownReader, LeavesLessThanSignsAndUnknownTagsAlone) {
  const auto document = read_one(*make_markdown_reader(), "if a < b and <T> then\n\n<https://a.example>\n");
  EXPECT_EQ(document.markdown, "if a < b and <T> then\n\n<https://a.example>\n");
}

TEST(MarkdownReader, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_markdown_reader(), kPage, "night.md");
}

}  // namespace
}  // namespace openbook::read
