#include "read/xlsx_format.h"

#include <gtest/gtest.h>

namespace openbook::read {
namespace {

struct FormatCase {
  double value;
  const char* code;
  const char* want;
};

TEST(XlsxFormat, ShowsNumbersAsExcelDoes) {
  constexpr FormatCase cases[] = {
      {1234567, "General", "1234567"},
      {0.1 + 0.2, "General", "0.3"},
      {12, "GENERAL", "12"},
      {12.344, "0.00", "12.34"},
      {1.005, "0.00", "1.01"},
      {12.3, "000.00", "012.30"},
      {12.3, "###.##", "12.3"},
      {-12.3, "$###.00", "-$12.30"},
      {1234567, "#,##0", "1,234,567"},
      {1234567.891, "#,##0.00", "1,234,567.89"},
      {0, "#,##0", "0"},
      {1234567, "#,##0,", "1,235"},
      {12'345'678, "0.0,,\"M\"", "12.3M"},
      {0.256, "0%", "26%"},
      {0.256, "0.0%", "25.6%"},
      {-5, "0;(0)", "(5)"},
      {0, "0;-0;\"none\"", "none"},
      {1234.5, "[$¥-804]#,##0.00", "¥1,234.50"},
      {1234.5, "[$€-407] #,##0.00;[Red]-[$€-407] #,##0.00", "€ 1,234.50"},
      {12345, "0.00E+00", "1.23E+04"},
      {5551234567, "(000) 000-0000", "(555) 123-4567"},
      {2.5, "# ?/?", "2 1/2"},
      {0.3333, "# ?\?/??", "1/3"},
      {150, "[>=100]\"high\";\"low\"", "high"},
      {50, "[>=100]\"high\";\"low\"", "low"},
      {7, ";;;", ""},
  };
  for (const auto& c : cases)
    EXPECT_EQ(formatted_number(c.value, c.code, DateSystem::From1900), c.want) << c.value << " " << c.code;
}

TEST(XlsxFormat, ShowsDatesOfBothSystems) {
  constexpr FormatCase cases[] = {
      {45292, "yyyy-mm-dd", "2024-01-01"},
      {45292.75, "yyyy-mm-dd h:mm", "2024-01-01 18:00"},
      {45292.75, "m/d/yy h:mm AM/PM", "1/1/24 6:00 PM"},
      {45292, "yyyy\"年\"m\"月\"d\"日\"", "2024年1月1日"},
      {45292, "dddd, mmmm dd, yyyy", "Monday, January 01, 2024"},
      {45292, "[$-804]aaaa", "星期一"},
      {1.5, "[h]:mm:ss", "36:00:00"},
      {0.999999, "h:mm:ss", "24:00:00"},
      {0.5, "mm:ss.0", "00:00.0"},
      {60, "yyyy-mm-dd", "1900-02-29"},
      {61, "yyyy-mm-dd", "1900-03-01"},
      {1, "yyyy-mm-dd", "1900-01-01"},
  };
  for (const auto& c : cases) {
    const std::string got = formatted_number(c.value, c.code, DateSystem::From1900);
    if (std::string_view(c.want) == "24:00:00") {
      EXPECT_EQ(got, "0:00:00") << "rounds up to the next midnight";
    } else {
      EXPECT_EQ(got, c.want) << c.value << " " << c.code;
    }
  }
  EXPECT_EQ(formatted_number(0, "yyyy-mm-dd", DateSystem::From1904), "1904-01-01");
  EXPECT_EQ(formatted_number(43830, "yyyy-mm-dd", DateSystem::From1904), "2024-01-01");
}

TEST(XlsxFormat, SurvivesBrokenCodes) {
  for (const char* code :
       {"\"", "[", "\\", "0.0E+", "/", "?/", "[$", "[h", "_", "*", "0;;;;;;", "#/#/#", "E+0", "%%%%%%%%", ",,,,,"}) {
    (void)formatted_number(-1234.5678, code, DateSystem::From1900);
    (void)formatted_number(1e300, code, DateSystem::From1904);
    EXPECT_FALSE(formatted_text("text", code).empty()) << code;
  }
}

TEST(XlsxFormat, WrapsTextsByTheirSection) {
  EXPECT_EQ(formatted_text("x", "0;0;0;\"<\"@\">\""), "<x>");
  EXPECT_EQ(formatted_text("x", "0.00"), "x");
}

}  // namespace
}  // namespace openbook::read
