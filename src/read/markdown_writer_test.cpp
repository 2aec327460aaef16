#include "read/markdown_writer.h"

#include <gtest/gtest.h>

namespace openbook::read {
namespace {

book::SourceSpan line(std::uint32_t number) {
  book::SourceSpan span;
  span.line = number;
  return span;
}

TEST(MarkdownWriter, SeparatesBlocksAndNestsLists) {
  book::Document document;
  MarkdownWriter writer(document);
  writer.heading(9, "Deep\n heading");
  writer.paragraph("  one\n\n  two ");
  writer.list_item(1, ListKind::Ordered, 3, "first");
  writer.list_item(5, ListKind::Bullet, 0, "inner");
  writer.item_paragraph("more");
  writer.list_item(1, ListKind::Ordered, 4, "second");
  writer.quote("a\nb");
  writer.code("c", "x = `y`;\n\n");
  writer.paragraph(" \n ");
  EXPECT_EQ(document.markdown,
            "###### Deep heading\n\none\ntwo\n\n3. first\n   - inner\n\n     more\n4. second\n\n> a\n> b\n\n"
            "```c\nx = `y`;\n```\n");
}

TEST(MarkdownWriter, MakesTheFenceLongerThanAnyInTheCode) {
  book::Document document;
  MarkdownWriter(document).code("", "```\ninner\n```");
  EXPECT_EQ(document.markdown, "````\n```\ninner\n```\n````\n");
}

TEST(MarkdownWriter, FillsShortTableRowsAndKeepsCellsOnOneLine) {
  book::Document document;
  MarkdownWriter(document).table({{{"a", {}}, {"b | c", {}}}, {{"1\n2", {}}}});
  EXPECT_EQ(document.markdown, "| a | b \\| c |\n| --- | --- |\n| 1 2 | |\n");
}

TEST(MarkdownWriter, EverySpanCoversItsText) {
  book::Document document;
  MarkdownWriter writer(document);
  writer.heading(1, "Title", line(1));
  writer.paragraph("Text", line(3));
  book::SourceSpan cell = line(5);
  cell.row = 2;
  cell.column = 1;
  book::SourceSpan next = cell;
  next.column = 2;
  writer.table({{{"h", {}}, {"i", {}}}, {{"x", cell}, {"y", next}}});
  ASSERT_EQ(document.source.spans.size(), 3u);
  EXPECT_EQ(document.source.spans[0].range.of(document.markdown), "# Title");
  EXPECT_EQ(document.source.spans[1].range.of(document.markdown), "Text");
  EXPECT_EQ(document.source.spans[2].range.of(document.markdown), "x | y");
  EXPECT_EQ(document.source.spans[2].column, 1u);
}

}  // namespace
}  // namespace openbook::read
