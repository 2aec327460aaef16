#include "read/docx.h"

#include "read/reader_testing.h"
#include "read/zip_testing.h"

namespace openbook::read {
namespace {

constexpr const char* kOpen =
    "<w:document xmlns:w='w' xmlns:m='m' xmlns:mc='mc' xmlns:r='r' xmlns:w14='w14' xmlns:v='v' "
    "xmlns:wps='wps'><w:body>";
constexpr const char* kClose = "</w:body></w:document>";

std::string p(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t xml:space='preserve'>" + text + "</w:t></w:r></w:p>";
}
std::string style(const std::string& id) {
  return "<w:pStyle w:val='" + id + "'/>";
}
std::string item(int list, int level) {
  return "<w:numPr><w:ilvl w:val='" + std::to_string(level) + "'/><w:numId w:val='" + std::to_string(list) +
         "'/></w:numPr>";
}

/// A document with the body, and with further parts of the package.
std::string docx(const std::string& body, ZipParts parts = {},
                 const std::vector<std::vector<std::string>>& relations = {}) {
  parts.insert(parts.begin(), {"word/document.xml", kOpen + body + kClose});
  parts.insert(parts.begin(), {"_rels/.rels", relationships({{"rId1", "officeDocument", "word/document.xml"},
                                                             {"rId2", "core-properties", "docProps/core.xml"}})});
  if (!relations.empty()) parts.push_back({"word/_rels/document.xml.rels", relationships(relations)});
  return zip_of(parts);
}

std::string markdown(const std::string& bytes) {
  return read_one(*make_docx_reader(), bytes, "a.docx").markdown;
}

constexpr const char* kStyles =
    "<w:styles xmlns:w='w'><w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Titre1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Chapter'/><w:basedOn w:val='Titre1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Outlined'><w:name w:val='Part'/><w:pPr><w:outlineLvl "
    "w:val='2'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Code'><w:name w:val='Source Code'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='TM1'><w:name w:val='toc 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='LoopA'><w:name w:val='A'/><w:basedOn w:val='LoopB'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='LoopB'><w:name w:val='B'/><w:basedOn w:val='LoopA'/></w:style></w:styles>";

TEST(Docx, KnowsHeadingsByStyleNameInheritanceAndOutline) {
  const std::string bytes = docx(p("One", style("Titre1")) + p("Two", style("2")) + p("Own", style("Own")) +
                                     p("Three", style("Outlined")) + p("Contents .... 3", style("TM1")) +
                                     p("Body", style("LoopA")) + p("Direct", "<w:outlineLvl w:val='1'/>"),
                                 {{"word/styles.xml", kStyles}});
  EXPECT_EQ(markdown(bytes), "# One\n\n## Two\n\n# Own\n\n### Three\n\nBody\n\n## Direct\n");
}

TEST(Docx, PutsHeadingsBelowATitle) {
  const std::string bytes =
      docx(p("The title", style("T")) + p("One", style("Titre1")), {{"word/styles.xml", kStyles}});
  const book::Document document = read_one(*make_docx_reader(), bytes, "a.docx");
  EXPECT_EQ(document.markdown, "# The title\n\n## One\n");
  EXPECT_EQ(document.title, "The title");
}

constexpr const char* kNumbering =
    "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2.%3'/><w:isLgl/></w:lvl>"
    "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
    "<w:lvlText w:val='第%1条'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='2'/></w:num><w:num w:numId='4'><w:abstractNumId w:val='0'/>"
    "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>";

TEST(Docx, CountsListsAsWordDoes) {
  const std::string body = p("first", item(1, 0)) + p("second", item(1, 0)) + p("inner", item(1, 1)) +
                           p("deep", item(1, 2)) + p("dot", item(2, 0)) + p("third", item(1, 0)) +
                           p("inner again", item(1, 1)) + p("between") + p("fourth", item(1, 0)) +
                           p("new one", item(4, 0)) + p("条文", item(3, 0)) + p("plain", item(0, 0));
  EXPECT_EQ(
      markdown(docx(body, {{"word/numbering.xml", kNumbering}})),
      "1. first\n2. second\n   - (a) inner\n     - 2.1.1 deep\n- dot\n3. third\n   - (a) inner again\n\nbetween\n\n"
      "4. fourth\n1. new one\n- 第一条 条文\n\nplain\n");
}

std::string cell(const std::string& content, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + content + "</w:tc>";
}
std::string row(const std::string& cells) {
  return "<w:tr>" + cells + "</w:tr>";
}

TEST(Docx, FlattensMergedAndNestedTables) {
  const std::string nested =
      "<w:tbl>" + row(cell(p("x")) + cell(p("y"))) + row(cell(p("z")) + cell(p("w"))) + "</w:tbl>";
  const std::string body =
      "<w:tbl>" + row(cell(p("A")) + cell(p("B|C"), "<w:gridSpan w:val='2'/>")) +
      row(cell(p("down"), "<w:vMerge w:val='restart'/>") + cell(p("1")) + cell(p("2") + p("more"))) +
      row(cell(p(""), "<w:vMerge/>") + cell(nested) + cell(p("3"))) + "</w:tbl>";
  EXPECT_EQ(markdown(docx(body)),
            "| A | B\\|C | B\\|C |\n| --- | --- | --- |\n| down | 1 | 2 more |\n| down | x, y; z, w | 3 |\n");
}

TEST(Docx, ReadsALayoutTableAsBlocks) {
  const std::string body = "<w:tbl>" + row(cell(p("Heading", style("Titre1")) + p("Text."))) + "</w:tbl>";
  EXPECT_EQ(markdown(docx(body, {{"word/styles.xml", kStyles}})), "# Heading\n\nText.\n");
}

TEST(Docx, KeepsInsertionsAndDropsDeletions) {
  const std::string body =
      "<w:p><w:r><w:t>We </w:t></w:r><w:ins><w:r><w:t>now </w:t></w:r></w:ins><w:del><w:r><w:delText>never "
      "</w:delText></w:r></w:del>"
      "<w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom><w:r><w:t>agree</w:t></w:r></w:p>"
      "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>joined "
      "</w:t></w:r></w:p><w:p><w:r><w:t>line</w:t></w:r></w:p>";
  EXPECT_EQ(markdown(docx(body)), "We now agree\n\njoined line\n");
}

TEST(Docx, ShowsResultsOfFieldsAndLinks) {
  const std::string body =
      "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://a.example/x\" "
      "</w:instrText></w:r>"
      "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>here</w:t></w:r><w:r><w:fldChar "
      "w:fldCharType='end'/></w:r>"
      "<w:r><w:t xml:space='preserve"
      "'> and </w:t></w:r><w:hyperlink r:id='rId9'><w:r><w:t>download</w:t></w:r></w:hyperlink></w:p>";
  EXPECT_EQ(markdown(docx(body, {}, {{"rId9", "hyperlink", "https://b.example/"}})),
            "[here](https://a.example/x) and [download](https://b.example/)\n");
}

TEST(Docx, PutsNotesAtTheEndAndCommentsBehindTheirParagraph) {
  const std::string body =
      "<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
      "<w:r><w:commentReference w:id='0'/></w:r></w:p>" +
      p("Next");
  const std::string notes =
      "<w:footnotes xmlns:w='w'><w:footnote w:id='2'>" + p("The note.") + "</w:footnote></w:footnotes>";
  const std::string comments =
      "<w:comments xmlns:w='w'><w:comment w:id='0' w:author='Ann'>" + p("Sure?") + "</w:comment></w:comments>";
  EXPECT_EQ(markdown(docx(body, {{"word/footnotes.xml", notes}, {"word/comments.xml", comments}})),
            "Text[^1]\n\n> Ann comments: Sure?\n\nNext\n\n[^1]: The note.\n");
}

TEST(Docx, ReadsATextBoxOnce) {
  const std::string box = "<w:txbxContent>" + p("In the box") + "</w:txbxContent>";
  const std::string body =
      "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + box +
      "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box +
      "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Anchor</w:t></w:r></w:p>";
  EXPECT_EQ(markdown(docx(body)), "Anchor\n\nIn the box\n");
}

TEST(Docx, ReadsCheckBoxesSymbolsAndBreaks) {
  const std::string body =
      "<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked "
      "w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>X</w:t></w:r>"
      "</w:sdtContent></w:sdt><w:r><w:t>done</w:t><w:tab/><w:t>so</w:t><w:softHyphen/><w:t>ft</w:t><w:noBreakHyphen/>"
      "<w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>";
  EXPECT_EQ(markdown(docx(body)), "[x] done\tsoft-✓\n");
}

TEST(Docx, WritesEquationsAsText) {
  const std::string body =
      "<w:p><m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>-b±</m:t></m:r><m:rad><m:deg/"
      "><m:e><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e>"
      "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:rad></m:num><m:den><m:r><m:t>2a</m:t></m:r></m:den></"
      "m:f></m:oMath></w:p>";
  EXPECT_EQ(markdown(docx(body)), "x = (-b ± √(b^2))/2a\n");
}

TEST(Docx, FencesCodeParagraphs) {
  const std::string body =
      p("Before") + p("if (a) {", style("Code")) + p("  b();", style("Code")) + p("}", style("Code")) + p("After");
  EXPECT_EQ(markdown(docx(body, {{"word/styles.xml", kStyles}})), "Before\n\n```\nif (a) {\n  b();\n}\n```\n\nAfter\n");
}

TEST(Docx, AddsHeadersOnceWhereTheySayMore) {
  const std::string header = "<w:hdr xmlns:w='w'>" + p("Secret of ACME Corporation") + "</w:hdr>";
  const std::string bytes = docx(p("Body"), {{"word/header1.xml", header}, {"word/header2.xml", header}},
                                 {{"rId1", "header", "header1.xml"}, {"rId2", "header", "header2.xml"}});
  EXPECT_EQ(markdown(bytes), "Body\n\nSecret of ACME Corporation\n");
}

TEST(Docx, GivesThePageWhereWordSawIt) {
  const std::string body = p("one") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>";
  const book::Document document = read_one(*make_docx_reader(), docx(body), "a.docx");
  const auto at = static_cast<std::uint32_t>(document.markdown.find("two"));
  EXPECT_EQ(document.source.resolve({0, 3}).page, 1u);
  EXPECT_EQ(document.source.resolve({at, at + 3}).page, 2u);
}

TEST(Docx, ReadsMetadata) {
  const std::string core =
      "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Plan</dc:title><dc:creator>Li "
      "Hua</dc:creator></cp:coreProperties>";
  const book::Document document =
      read_one(*make_docx_reader(), docx(p("Body"), {{"docProps/core.xml", core}}), "a.docx");
  EXPECT_EQ(document.title, "Plan");
  EXPECT_EQ(document.metadata.at("author"), "Li Hua");
  EXPECT_EQ(document.format, "docx");
}

TEST(Docx, TakesADamagedStylesPartAsANote) {
  const book::Document document =
      read_one(*make_docx_reader(), docx(p("Body"), {{"word/styles.xml", "not xml"}}), "a.docx");
  EXPECT_EQ(document.markdown, "Body\n");
  ASSERT_EQ(document.notes.size(), 1u);
  EXPECT_NE(document.notes[0].find("word/styles.xml"), std::string::npos);
}

TEST(Docx, DefusesBombs) {
  const auto reader = make_docx_reader();
  const auto bomb = read_all(*reader, zip_of({{"word/document.xml", bomb_xml(kOpen, kClose)}}), "a.docx");
  ASSERT_FALSE(bomb.has_value());
  EXPECT_EQ(bomb.error().code, Code::OverLimit);
  const auto laughing = read_all(
      *reader,
      zip_of({{"word/document.xml",
               laughing_xml(std::string(kOpen) + "<w:p><w:r><w:t>", std::string("</w:t></w:r></w:p>") + kClose)}}),
      "a.docx");
  ASSERT_TRUE(laughing.has_value());
  EXPECT_LT(laughing->front().markdown.size(), 100u);
  ASSERT_FALSE(laughing->front().notes.empty());
  const auto deep =
      read_all(*reader, zip_of({{"word/document.xml", deep_xml(kOpen, kClose, "w:sdt", 100'000)}}), "a.docx");
  ASSERT_FALSE(deep.has_value());
  EXPECT_EQ(deep.error().code, Code::OverLimit);
}

TEST(Docx, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(
      *make_docx_reader(), docx(p("One", style("Titre1")) + p("text"), {{"word/styles.xml", kStyles}}), "a.docx");
}

TEST(Docx, NamesTheCureForAnOldBinaryFile) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2000, '\0');
  const auto read = read_all(*make_docx_reader(), ole, "a.docx");
  ASSERT_FALSE(read.has_value());
  EXPECT_FALSE(read.error().message.empty());
}

}  // namespace
}  // namespace openbook::read
