#include "book/document.h"

#include <gtest/gtest.h>

#include "book/chunk.h"
#include "book/evidence.h"

namespace openbook::book {
namespace {

Document sample() {
  Document document;
  document.uri = "/a/b.md";
  document.title = "标题";
  document.language = "zh";
  document.format = "markdown";
  document.markdown = "# 标题\n\n正文。";
  SourceSpan span;
  span.range = {0, 8};
  span.line = 1;
  document.source.add(span);
  document.metadata = {{"author", "someone"}, {"empty", ""}};
  document.notes = {"page 3 is a scan"};
  return document;
}

TEST(Document, ComesThroughTheFrameUnchanged) {
  const Document document = sample();
  const auto back = decode_document(encode(document));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->uri, document.uri);
  EXPECT_EQ(back->title, document.title);
  EXPECT_EQ(back->language, document.language);
  EXPECT_EQ(back->format, document.format);
  EXPECT_EQ(back->markdown, document.markdown);
  EXPECT_EQ(back->source.spans, document.source.spans);
  EXPECT_EQ(back->metadata, document.metadata);
  EXPECT_EQ(back->notes, document.notes);
}

TEST(Document, RefusesEveryPrefixOfAFrame) {
  const std::string bytes = encode(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_document(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_document(bytes + "x"));
}

TEST(Document, RefusesASourceMapThatReachesBeyondTheText) {
  Document document = sample();
  document.markdown.resize(4);
  EXPECT_EQ(decode_document(encode(document)).error().code, Code::Corrupt);
}

TEST(Chunk, TextIsTheRangeAndBeforeItTheLeadOfItsTable) {
  const std::string markdown = "|a|\n|-|\n|1|\n|2|\n";
  Chunk chunk;
  chunk.range = {12, 15};
  EXPECT_EQ(chunk.text_of(markdown), "|2|");
  chunk.lead = {0, 7};
  EXPECT_EQ(chunk.text_of(markdown), "|a|\n|-|\n|2|");
  chunk.range = {12, 99};
  EXPECT_EQ(chunk.text_of(markdown), "|a|\n|-|\n");
}

TEST(Passage, FindsEachByteOfItsTextInTheMarkdown) {
  const std::string markdown = "|a|\n|-|\n|1|\n|2|\n";
  Passage passage;
  passage.chunk.range = {12, 15};
  passage.chunk.lead = {0, 7};
  passage.text = passage.chunk.text_of(markdown);
  for (std::uint32_t at = 0; at < passage.text.size(); ++at) {
    EXPECT_EQ(markdown[passage.markdown_offset(at)], passage.text[at]) << at;
  }
  EXPECT_EQ(passage.markdown_offset(11), 15U);
  EXPECT_EQ(passage.markdown_offset(500), 15U);
  passage.chunk.lead = {};
  EXPECT_EQ(passage.markdown_offset(1), 13U);
}

}  // namespace
}  // namespace openbook::book
