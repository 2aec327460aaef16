#include "read/pptx.h"

#include "read/reader_testing.h"
#include "read/zip_testing.h"

namespace openbook::read {
namespace {

std::string paragraph(const std::string& text, const std::string& properties = "") {
  return "<a:p>" + properties + "<a:r><a:t>" + text + "</a:t></a:r></a:p>";
}
std::string shape(const std::string& paragraphs, const std::string& place = "") {
  const std::string ph = place.empty() ? "" : "<p:ph type='" + place + "'/>";
  return "<p:sp><p:nvSpPr><p:cNvPr id='1'/><p:nvPr>" + ph + "</p:nvPr></p:nvSpPr><p:txBody>" + paragraphs +
         "</p:txBody></p:sp>";
}

/// A show of one slide with those shapes, and further parts and relations of the slide.
std::string pptx(const std::string& shapes, ZipParts parts = {},
                 const std::vector<std::vector<std::string>>& relations = {}) {
  parts.insert(parts.begin(),
               {{"_rels/.rels", relationships({{"rId1", "officeDocument", "ppt/presentation.xml"}})},
                {"ppt/presentation.xml",
                 "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' "
                 "r:id='rId5'/></p:sldIdLst></p:presentation>"},
                {"ppt/_rels/presentation.xml.rels", relationships({{"rId5", "slide", "slides/slide1.xml"}})},
                {"ppt/slides/slide1.xml", "<p:sld xmlns:p='p' xmlns:a='a' xmlns:r='r' xmlns:c='c'><p:cSld><p:spTree>" +
                                              shapes + "</p:spTree></p:cSld></p:sld>"}});
  if (!relations.empty()) parts.push_back({"ppt/slides/_rels/slide1.xml.rels", relationships(relations)});
  return zip_of(parts);
}
book::Document read(const std::string& bytes) {
  return read_one(*make_pptx_reader(), bytes, "a.pptx");
}

TEST(Pptx, PutsTheTitleFirstAndNestsLists) {
  const std::string body = paragraph("one") + paragraph("inner", "<a:pPr lvl='1'/>") + paragraph("two") +
                           paragraph("not an item", "<a:pPr><a:buNone/></a:pPr>") +
                           paragraph("n1", "<a:pPr><a:buAutoNum type='arabicPeriod' startAt='4'/></a:pPr>") +
                           paragraph("n2", "<a:pPr><a:buAutoNum type='arabicPeriod'/></a:pPr>");
  const book::Document document =
      read(pptx(shape(body, "body") + shape(paragraph("The title"), "title") + shape(paragraph("7"), "sldNum")));
  EXPECT_EQ(document.markdown, "# The title\n\n- one\n  - inner\n- two\n\nnot an item\n\n4. n1\n5. n2\n");
  EXPECT_EQ(document.source.resolve({2, 5}).page, 1u);
}

TEST(Pptx, ReadsGroupsTablesAndTheirMergedCells) {
  const auto cell = [](const std::string& text, const std::string& merge = "") {
    return "<a:tc " + merge + "><a:txBody>" + paragraph(text) + "</a:txBody></a:tc>";
  };
  const std::string table = "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>" + cell("h", "gridSpan='2'") +
                            cell("", "hMerge='1'") + "</a:tr><a:tr>" + cell("a") + cell("b") +
                            "</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
  EXPECT_EQ(read(pptx("<p:grpSp><p:grpSp>" + shape(paragraph("grouped")) + "</p:grpSp></p:grpSp>" + table)).markdown,
            "grouped\n\n| h | h |\n| --- | --- |\n| a | b |\n");
}

TEST(Pptx, ReadsChartsSmartArtNotesAndComments) {
  const auto frame = [](const std::string& what) {
    return "<p:graphicFrame><a:graphic><a:graphicData>" + what + "</a:graphicData></a:graphic></p:graphicFrame>";
  };
  const std::string chart =
      "<c:chartSpace xmlns:c='c' "
      "xmlns:a='a'><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Ducks</a:t></a:r></a:p></c:rich></c:tx></"
      "c:title><c:plotArea><c:barChart>"
      "<c:ser><c:tx><c:strRef><c:strCache><c:pt "
      "idx='0'><c:v>Wild</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt "
      "idx='0'><c:v>2019</c:v></c:pt>"
      "</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt "
      "idx='0'><c:v>120</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></"
      "c:chartSpace>";
  const std::string diagram = "<d:dataModel xmlns:d='d' xmlns:a='a'><d:ptLst><d:pt><d:t>" + paragraph("Step") +
                              "</d:t></d:pt><d:pt/></d:ptLst></d:dataModel>";
  const std::string notes = "<p:notes xmlns:p='p' xmlns:a='a'><p:cSld><p:spTree>" +
                            shape(paragraph("Say this."), "body") + "</p:spTree></p:cSld></p:notes>";
  const std::string comments = "<p:cmLst xmlns:p='p'><p:cm><p:text>Good?</p:text></p:cm></p:cmLst>";
  const std::string bytes =
      pptx(frame("<c:chart r:id='r1'/>") + frame("<d:relIds xmlns:d='d' r:dm='r2'/>"),
           {{"ppt/charts/c.xml", chart}, {"ppt/d.xml", diagram}, {"ppt/n.xml", notes}, {"ppt/m.xml", comments}},
           {{"r1", "chart", "../charts/c.xml"},
            {"r2", "diagramData", "../d.xml"},
            {"r3", "notesSlide", "../n.xml"},
            {"r4", "comments", "../m.xml"}});
  EXPECT_EQ(read(bytes).markdown,
            "Ducks\n\n| | Wild |\n| --- | --- |\n| 2019 | 120 |\n\n- Step\n\nNotes: Say this.\n\n> Comment: Good?\n");
}

TEST(Pptx, DefusesBombsAndReportsMissingSlides) {
  const auto bomb = read_all(*make_pptx_reader(), pptx("", {{"x", "y"}}), "a.pptx");
  ASSERT_TRUE(bomb.has_value());
  const std::string presentation = bomb_xml("<p:presentation>", "</p:presentation>");
  EXPECT_EQ(read_all(*make_pptx_reader(), zip_of({{"ppt/presentation.xml", presentation}}), "a.pptx").error().code,
            Code::OverLimit);
  const book::Document laughing =
      read(pptx(shape(paragraph("ok")), {{"docProps/core.xml", laughing_xml("<c><title>", "</title></c>")}}));
  EXPECT_EQ(laughing.markdown, "ok\n");
  const std::string deep = pptx(deep_xml("", "", "p:grpSp", 5000));
  EXPECT_TRUE(read_all(*make_pptx_reader(), deep, "a.pptx").has_value());
}

TEST(Pptx, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_pptx_reader(), pptx(shape(paragraph("title"), "title")), "a.pptx");
}

}  // namespace
}  // namespace openbook::read
