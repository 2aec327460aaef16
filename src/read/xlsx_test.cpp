#include "read/xlsx.h"

#include "read/reader_testing.h"
#include "read/zip_testing.h"

namespace openbook::read {
namespace {

/// A workbook with one sheet of that XML, and further parts.
std::string xlsx(const std::string& sheet, ZipParts parts = {}, const std::string& workbook_extra = "",
                 const std::string& state = "") {
  parts.insert(
      parts.begin(),
      {{"_rels/.rels", relationships({{"rId1", "officeDocument", "xl/workbook.xml"}})},
       {"xl/workbook.xml", "<workbook xmlns:r='r'>" + workbook_extra + "<sheets><sheet name='Data' sheetId='7' " +
                               state + " r:id='rId3'/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels", relationships({{"rId3", "worksheet", "worksheets/sheet1.xml"}})},
       {"xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>"}});
  return zip_of(parts);
}
std::string cell(const std::string& at, const std::string& text) {
  return "<c r='" + at + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
}
std::string number(const std::string& at, const std::string& value, int style = 0) {
  return "<c r='" + at + "' s='" + std::to_string(style) + "'><v>" + value + "</v></c>";
}
std::string row(int number, const std::string& cells) {
  return "<row r='" + std::to_string(number) + "'>" + cells + "</row>";
}
std::string data(const std::string& rows) {
  return "<sheetData>" + rows + "</sheetData>";
}
book::Document read(const std::string& bytes) {
  return read_one(*make_xlsx_reader(), bytes, "a.xlsx");
}

TEST(Xlsx, ReadsEveryKindOfCell) {
  const std::string strings =
      "<sst><si><t>shared</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si></sst>";
  const std::string styles =
      "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='#,##0.00 &quot;kg&quot;'/></numFmts>"
      "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='9'/></cellXfs></styleSheet>";
  const std::string rows =
      row(1, cell("A1", "h1") + cell("B1", "h2") + cell("C1", "h3")) +
      row(2, "<c r='A2' t='s'><v>0</v></c><c r='B2' t='s'><v>1</v></c><c r='C2' t='s'><v>99</v></c>") +
      row(3, number("A3", "45292", 1) + number("B3", "1234.5", 2) + number("C3", "0.5", 3)) +
      row(4,
          "<c r='A4' t='b'><v>1</v></c><c r='B4' t='e'><v>#DIV/0!</v></c><c r='C4' t='str'><f>A1</f><v>cached</v></c>");
  EXPECT_EQ(
      read(xlsx(data(rows), {{"xl/sharedStrings.xml", strings}, {"xl/styles.xml", styles}})).markdown,
      "## Data\n\n| h1 | h2 | h3 |\n| --- | --- | --- |\n| shared | rich text | |\n| 2024-01-01 | 1,234.50 kg | 50% |\n"
      "| TRUE | #DIV/0! | cached |\n");
}

TEST(Xlsx, CountsDaysFrom1904WhereTheWorkbookSaysSo) {
  const std::string styles = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>";
  EXPECT_EQ(
      read(xlsx(data(row(1, number("A1", "43830", 1))), {{"xl/styles.xml", styles}}, "<workbookPr date1904='1'/>"))
          .markdown,
      "## Data\n\n2024-01-01\n");
}

TEST(Xlsx, PartsTablesAndKeepsTheirTitles) {
  const std::string rows = row(1, cell("A1", "Title")) +
                           row(2, cell("A2", "a") + cell("B2", "b") + cell("E2", "x") + cell("F2", "y")) +
                           row(3, cell("A3", "1") + cell("B3", "2") + cell("E3", "3") + cell("F3", "4")) +
                           row(6, cell("A6", "c") + cell("C6", "d")) + row(7, cell("A7", "5") + cell("C7", "6"));
  EXPECT_EQ(read(xlsx(data(rows))).markdown,
            "## Data\n\nTitle\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n| x | y |\n| --- | --- |\n| 3 | 4 |\n\n"
            "| c | d |\n| --- | --- |\n| 5 | 6 |\n");
}

TEST(Xlsx, RepeatsMergedCells) {
  const std::string rows = row(1, cell("A1", "k") + cell("B1", "wide")) +
                           row(2, cell("A2", "down") + cell("B2", "1") + cell("C2", "2")) +
                           row(3, cell("B3", "3") + cell("C3", "4"));
  EXPECT_EQ(
      read(xlsx(data(rows) + "<mergeCells><mergeCell ref='B1:C1'/><mergeCell ref='A2:A3'/></mergeCells>")).markdown,
      "## Data\n\n| k | wide | wide |\n| --- | --- | --- |\n| down | 1 | 2 |\n| down | 3 | 4 |\n");
}

TEST(Xlsx, KnowsRowAndColumnOfEachCell) {
  const book::Document document =
      read(xlsx(data(row(5, cell("C5", "h") + cell("D5", "i")) + row(6, cell("C6", "v") + cell("D6", "w")))));
  const auto at = static_cast<std::uint32_t>(document.markdown.find("v |"));
  const book::Location where = document.source.resolve({at, at + 1});
  EXPECT_EQ(where.row, 6u);
  EXPECT_EQ(where.column, 3u);
  EXPECT_EQ(where.part, "Data");
}

TEST(Xlsx, ReadsRowsWithoutNumbersAndPrefixedNames) {
  const std::string sheet =
      "<x:worksheet xmlns:x='m'><x:sheetData><x:row><x:c "
      "t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row>"
      "<x:row/><x:row><x:c><x:v>3</x:v></x:c><x:c><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  const std::string bytes =
      zip_of({{"xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='i'/></sheets></workbook>"},
              {"xl/_rels/workbook.xml.rels", relationships({{"i", "worksheet", "/xl/s.xml"}})},
              {"xl/s.xml", sheet}});
  EXPECT_EQ(read(bytes).markdown, "## S\n\n| a | 2 |\n| --- | --- |\n\n| 3 | 4 |\n| --- | --- |\n");
}

TEST(Xlsx, NotesHiddenAndMissingSheets) {
  const book::Document hidden = read(xlsx(data(row(1, cell("A1", "x"))), {}, "", "state='hidden'"));
  ASSERT_EQ(hidden.notes.size(), 1u);
  EXPECT_NE(hidden.notes[0].find("hidden"), std::string::npos);
  EXPECT_EQ(hidden.markdown, "## Data\n\nx\n");
}

TEST(Xlsx, HoldsALongTableTogether) {
  std::string rows = row(1, cell("A1", "n") + cell("B1", "m"));
  for (int i = 2; i <= 12'000; ++i)
    rows += row(i, number("A" + std::to_string(i), std::to_string(i)) + number("B" + std::to_string(i), "1"));
  const book::Document document = read(xlsx(data(rows)));
  EXPECT_NE(document.markdown.find("| 12000 | 1 |\n"), std::string::npos);
  EXPECT_EQ(document.markdown.find("---"), document.markdown.rfind("| --- | --- |") + 2);
}

TEST(Xlsx, DefusesBombs) {
  const auto bomb =
      read_all(*make_xlsx_reader(), xlsx(bomb_xml("<sheetData><row><c><v>", "</v></c></row></sheetData>")), "a.xlsx");
  ASSERT_FALSE(bomb.has_value());
  EXPECT_EQ(bomb.error().code, Code::OverLimit);
  const auto laughing = read_all(
      *make_xlsx_reader(),
      xlsx(data(row(1, cell("A1", "x"))), {{"xl/sharedStrings.xml", laughing_xml("<sst><si><t>", "</t></si></sst>")}}),
      "a.xlsx");
  ASSERT_TRUE(laughing.has_value());
  EXPECT_EQ(laughing->front().markdown, "## Data\n\nx\n");
}

TEST(Xlsx, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_xlsx_reader(), xlsx(data(row(1, cell("A1", "a") + cell("B1", "b")))),
                                     "a.xlsx");
}

}  // namespace
}  // namespace openbook::read
