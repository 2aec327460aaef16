#include "read/csv.h"

#include <gtest/gtest.h>

#include "read/reader_testing.h"

namespace openbook::read {
namespace {

TEST(CsvReader, FindsTheDialect) {
  constexpr std::string_view kTable = "| port | fare |\n| --- | --- |\n| Aske, east | 4,5 |\n| Brenn | 2 |\n";
  const char* const files[] = {
      "port,fare\n\"Aske, east\",\"4,5\"\nBrenn,2\n", "port;fare\r\nAske, east;4,5\r\nBrenn;2\r\n",
      "port\tfare\nAske, east\t4,5\nBrenn\t2",        "port|fare\nAske, east|4,5\nBrenn|2\n",
      "sep=;\nport;fare\nAske, east;4,5\nBrenn;2\n",  "port,fare\n'Aske, east','4,5'\n'Brenn','2'\n"};
  for (const char* file : files) EXPECT_EQ(read_one(*make_csv_reader(), file, "fares.csv").markdown, kTable) << file;
}

TEST(CsvReader, ReadsQuotesEscapesAndLinesInsideFields) {
  const auto document = read_one(*make_csv_reader(), "a,b\n\"one\ntwo\",\"say \"\"hi\"\"\"\nx,y\n");
  EXPECT_EQ(document.markdown, "| a | b |\n| --- | --- |\n| one two | say \"hi\" |\n| x | y |\n");
  EXPECT_EQ(read_one(*make_csv_reader(), "a|b\n\"x\\\"|y\"|2\n\"z\"|3\n").markdown,
            "| a | b |\n| --- | --- |\n| x\"\\|y | 2 |\n| z | 3 |\n");
}

TEST(CsvReader, FillsRaggedRowsAndSaysSo) {
  const auto document = read_one(*make_csv_reader(), "a,b,c\n1,2\n1,2,3,4\n5,6,7\n");
  EXPECT_EQ(document.markdown,
            "| a | b | c | |\n| --- | --- | --- | --- |\n| 1 | 2 | | |\n| 1 | 2 | 3 | 4 |\n| 5 | 6 | 7 | |\n");
  ASSERT_EQ(document.notes.size(), 1u);
}

TEST(CsvReader, SpansNameRowLineAndColumn) {
  const auto document = read_one(*make_csv_reader(), "a,b\n\"one\ntwo\",x\n3,4\n");
  const auto at = static_cast<std::uint32_t>(document.markdown.find("3 | 4"));
  const book::Location location = document.source.resolve({at, at + 5});
  EXPECT_EQ(location.row, 3u);
  EXPECT_EQ(location.line, 4u);
  EXPECT_EQ(location.column, 1u);
  expect_sound(document);
}

TEST(CsvReader, PutsCommentsAndTitlesBeforeTheTable) {
  EXPECT_EQ(
      read_one(*make_csv_reader(), "# made in May\nFares of the line\na,b,c\n1,2,3\n4,5,6\n").markdown,
      "\\# made in May\n\nFares of the line\n\n| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n");
}

TEST(CsvReader, RefusesAbsurdlyWideRows) {
  const auto documents = read_all(*make_csv_reader(), std::string(10'000, ','));
  ASSERT_TRUE(documents.has_value());  // Blank rows hold nothing.
  std::string wide;
  for (int i = 0; i < 10'000; ++i) wide += "x,";
  ASSERT_FALSE(read_all(*make_csv_reader(), wide).has_value());
}

TEST(CsvReader, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_csv_reader(), "# c\na;\"b\nc\";d\n1;\"x\"\"y\";2\n\n3;'4;5\n\xB4\xAC;2;3\n",
                                     "a.csv");
}

}  // namespace
}  // namespace openbook::read
