#include "read/layout.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace openbook::read {
namespace {

// A page that is written on line by line, with letters half as wide as high.
class Sheet {
 public:
  explicit Sheet(std::uint32_t number = 1) {
    page_.number = number;
    page_.width = 600;
    page_.height = 800;
  }
  Sheet& text(float x, float y, std::string_view words, float size = 10, std::uint8_t style = kPlain) {
    for (std::size_t at = 0; at < words.size();) {
      Glyph glyph;
      glyph.character = text::next_code_point(words, at);
      glyph.x = x;
      glyph.y = y;
      glyph.size = size;
      glyph.advance = glyph.character >= 0x2E80 ? size : size / 2;
      glyph.style = style;
      page_.glyphs.push_back(glyph);
      x += glyph.advance;
    }
    return *this;
  }
  Sheet& lines(float x, float y, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) text(x, y, line), y += 12;
    return *this;
  }
  Sheet& rule(float x0, float y0, float x1, float y1) {
    page_.rules.push_back({x0 - 0.2F, y0 - 0.2F, x1 + 0.2F, y1 + 0.2F});
    return *this;
  }
  PageContent& content() { return page_; }

 private:
  PageContent page_;
};

book::Document document_of(std::vector<Sheet> sheets, const std::vector<OutlineEntry>& outline = {}) {
  std::vector<PageLayout> pages;
  for (Sheet& sheet : sheets) pages.push_back(lay_out(sheet.content()));
  book::Document document;
  write_pages(std::move(pages), outline, document);
  return document;
}

std::string markdown_of(Sheet sheet) {
  return document_of({std::move(sheet)}).markdown;
}

const std::vector<std::string> kLeft = {
    "the first column begins with words that", "go on to the end of every line, as the",
    "lines of a printed column do, until the", "column is full and reading goes on up"};
const std::vector<std::string> kRight = {
    "there where the second column has begun", "with further words of the sentence that",
    "the first one left without its full end", "which now comes, after all of it, here."};

TEST(Layout, ReadsTheLeftColumnBeforeTheRight) {
  const std::string text = markdown_of(Sheet().lines(50, 100, kLeft).lines(320, 100, kRight));
  EXPECT_NE(text.find("goes on up there where the second"), std::string::npos) << text;
  EXPECT_EQ(text.find('|'), std::string::npos) << text;
}

TEST(Layout, ReadsAHeadingOverBothColumnsFirst) {
  const std::string text = markdown_of(
      Sheet().text(150, 70, "A heading over everything", 18, kBold).lines(50, 100, kLeft).lines(320, 100, kRight));
  EXPECT_TRUE(text.starts_with("# A heading over everything\n\nthe first column")) << text;
}

TEST(Layout, ReadsThreeColumnsInOrder) {
  const auto column = [](const std::string& name) {
    return std::vector<std::string>{name + " one two three four", "five six seven eight nine", "ten eleven twelve more",
                                    "and the rest of " + name};
  };
  const std::string text =
      markdown_of(Sheet().lines(40, 100, column("A")).lines(230, 100, column("B")).lines(420, 100, column("C")));
  const std::size_t a = text.find("rest of A"), b = text.find("B one"), b2 = text.find("rest of B"),
                    c = text.find("C one");
  EXPECT_TRUE(a < b && b < b2 && b2 < c) << text;
}

TEST(Layout, ShortRowsSideBySideAreATable) {
  Sheet sheet;
  const std::vector<std::vector<std::string>> rows = {
      {"City", "People", "Area"}, {"Aachen", "252", "160"}, {"Bonn", "331", "141"}, {"Köln", "1087", "405"}};
  float y = 100;
  for (const auto& row : rows) {
    sheet.text(60, y, row[0]).text(200, y, row[1]).text(320, y, row[2]);
    y += 14;
  }
  EXPECT_EQ(markdown_of(sheet),
            "| City | People | Area |\n| --- | --- | --- |\n| Aachen | 252 | 160 |\n| Bonn | 331 | 141 |\n| Köln | "
            "1087 | 405 |\n");
}

TEST(Layout, DrawnLinesMakeATableWhoseCellsHoldSeveralLines) {
  Sheet sheet;
  for (const float y : {90.0F, 110.0F, 150.0F}) sheet.rule(50, y, 450, y);
  for (const float x : {50.0F, 200.0F, 450.0F}) sheet.rule(x, 90, x, 150);
  sheet.text(55, 104, "Term").text(205, 104, "Meaning");
  sheet.text(55, 124, "seam").text(205, 124, "a place where a part can be").text(205, 138, "replaced by another");
  EXPECT_EQ(markdown_of(sheet),
            "| Term | Meaning |\n| --- | --- |\n| seam | a place where a part can be replaced by another |\n");
}

TEST(Layout, UndoesHyphenationButKeepsHyphensThatTheDocumentWrites) {
  const std::string joined = markdown_of(Sheet().lines(50, 100, {"a word is divi-", "ded at the end of this line"}));
  EXPECT_NE(joined.find("is divided at"), std::string::npos) << joined;
  const std::string kept =
      markdown_of(Sheet().lines(50, 100, {"the well-known word is well-", "known and stays as it was"}));
  EXPECT_NE(kept.find("word is well-known and"), std::string::npos) << kept;
}

TEST(Layout, JoinsChineseLinesWithoutASpace) {
  const std::string text = markdown_of(Sheet().lines(50, 100, {"开卷是一个检索增强", "生成的程序，可以离线使用。"}));
  EXPECT_EQ(text, "开卷是一个检索增强生成的程序，可以离线使用。\n");
}

TEST(Layout, DropsLettersPaintedTwice) {
  const std::string text =
      markdown_of(Sheet().text(50, 100, "bold by overprinting").text(50.4F, 100, "bold by overprinting"));
  EXPECT_EQ(text, "bold by overprinting\n");
}

TEST(Layout, DropsWordsPaintedTwiceWithAShadow) {
  EXPECT_EQ(markdown_of(Sheet().text(50, 100, "a shadowed heading").text(51.5F, 102.5F, "a shadowed heading")),
            "a shadowed heading\n");
}

TEST(Layout, ComposesAccentsAndTakesLigaturesApart) {
  Sheet sheet;
  sheet.text(50, 100, "caf").text(65, 100, "e").text(65, 100, "\xC2\xB4").text(75, 100, "\xEF\xAC\x81t");
  EXPECT_EQ(markdown_of(sheet), "caf\xC3\xA9 fit\n");
}

TEST(Layout, TurnsRightToLeftLinesToReadingOrder) {
  // Painted from left to right as it is seen: "םולש" shows the letters of shalom in visual order.
  EXPECT_EQ(markdown_of(Sheet().text(50, 100, "םולש")), "שלום\n");
}

TEST(Layout, DropsRunningHeadersFootersAndPageNumbers) {
  std::vector<Sheet> sheets;
  for (std::uint32_t page = 1; page <= 4; ++page) {
    Sheet& sheet = sheets.emplace_back(page);
    sheet.text(50, 40, "Annual report 2024").text(300, 780, std::to_string(page));
    sheet.lines(50, 150, {"This is what page " + std::to_string(page) + " says about itself."});
  }
  const std::string text = document_of(std::move(sheets)).markdown;
  EXPECT_EQ(text.find("Annual report"), std::string::npos) << text;
  EXPECT_EQ(text,
            "This is what page 1 says about itself.\n\nThis is what page 2 says about itself.\n\n"
            "This is what page 3 says about itself.\n\nThis is what page 4 says about itself.\n");
}

TEST(Layout, AParagraphOverTwoPagesHasASpanOnEach) {
  std::vector<Sheet> sheets{Sheet(1), Sheet(2)};
  sheets[0].lines(50, 600, {"a paragraph that begins on the first page", "and is not at its end when the page is so"});
  sheets[1].lines(50, 100, {"it goes on here and ends."});
  const book::Document document = document_of(std::move(sheets));
  EXPECT_NE(document.markdown.find("page is so it goes on"), std::string::npos) << document.markdown;
  ASSERT_EQ(document.source.spans.size(), 2U);
  EXPECT_EQ(document.source.spans[0].page, 1U);
  EXPECT_EQ(document.source.spans[1].page, 2U);
  EXPECT_TRUE(document.source.spans[1].range.of(document.markdown).find("it goes on here") != std::string_view::npos);
  EXPECT_NEAR(document.source.spans[1].box.x0, 50, 1);
}

TEST(Layout, ATableThatRunsOverAPageIsOneTable) {
  std::vector<Sheet> sheets{Sheet(1), Sheet(2)};
  for (Sheet& sheet : sheets) {
    float y = 300;
    sheet.text(60, y, "Name").text(200, y, "Sum").text(300, y, "Year");
    for (const char* name : {"alpha", "beta", "gamma"}) {
      y += 14;
      sheet.text(60, y, name).text(200, y, "12").text(300, y, std::to_string(1999 + sheet.content().number));
    }
  }
  const std::string text = document_of(std::move(sheets)).markdown;
  EXPECT_EQ(text.find("Name"), text.rfind("Name")) << text;
  EXPECT_EQ(text.find("---"), text.find("| --- |") + 2) << text;
  EXPECT_NE(text.find("| gamma | 12 | 2000 |\n| alpha | 12 | 2001 |"), std::string::npos) << text;
}

TEST(Layout, HeadingLevelsFollowSizeAndTheOutline) {
  Sheet sheet;
  sheet.text(50, 60, "The whole book", 24)
      .text(50, 100, "One chapter", 16)
      .lines(50, 130,
             {"Body text in the usual size, more of it than of headings,", "so that this is what counts as usual."});
  sheet.text(50, 200, "Named in the bookmarks")
      .lines(50, 230, {"And further text of the usual size to stand below it here."});
  const std::string text = document_of({sheet}, {{outline_key("Named in the Bookmarks"), 3}}).markdown;
  EXPECT_TRUE(text.starts_with("# The whole book\n\n## One chapter\n")) << text;
  EXPECT_NE(text.find("### Named in the bookmarks\n"), std::string::npos) << text;
}

TEST(Layout, ListsKeepTheirMarksAndHangingLines) {
  const std::string text = markdown_of(Sheet()
                                           .text(50, 100, "•")
                                           .text(65, 100, "first point that is longer than")
                                           .text(65, 112, "a line of this list")
                                           .text(50, 124, "•")
                                           .text(65, 124, "second point"));
  EXPECT_EQ(text, "- first point that is longer than a line of this list\n- second point\n");
}

TEST(Layout, TextOnItsSideIsReadAndItsBoxesAreThePages) {
  Sheet sheet;
  float y = 700;
  for (const char c : std::string("runs up the page")) {
    Glyph glyph;
    glyph.character = static_cast<char32_t>(c);
    glyph.x = 100;
    glyph.y = y;
    glyph.size = 10;
    glyph.advance = 5;
    glyph.turn = 3;
    sheet.content().glyphs.push_back(glyph);
    y -= 5;
  }
  const book::Document document = document_of({sheet});
  EXPECT_EQ(document.markdown, "runs up the page\n");
  ASSERT_EQ(document.source.spans.size(), 1U);
  const book::Box box = document.source.spans[0].box;
  EXPECT_NEAR(box.y1, 700, 1);
  EXPECT_NEAR(box.y0, 620, 1);
  EXPECT_LT(box.x0, 100);
  EXPECT_GT(box.x1, 100);
}

}  // namespace
}  // namespace openbook::read
