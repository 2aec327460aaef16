#pragma once

#include <string>
#include <string_view>

/// Cell values as Excel shows them (ECMA-376 part 1, 18.8.30 and 18.8.31).
namespace openbook::read {

/// Which day is day 1: Windows workbooks begin in 1900 (with a 29 February 1900 that never was), old Mac ones in 1904.
enum class DateSystem { From1900, From1904 };

/// A number under a format code ("#,##0.00", "yyyy-mm-dd", "0%", "General"). Codes that cannot be understood give the
/// number as General does. Names of months and days are English, and Chinese for formats of a Chinese locale.
std::string formatted_number(double value, std::string_view code, DateSystem dates);

/// A text under a format code: its "@" section.
std::string formatted_text(std::string_view text, std::string_view code);

/// Format code of a built-in number format id; dates whose form depends on the reader's locale are given as ISO 8601.
std::string_view builtin_format(int id);

/// Parts of the number formats, shared by the two files that implement them.
namespace format_detail {
std::string general(double value);
bool is_date_section(std::string_view section);
std::string date_text(double value, std::string_view section, DateSystem dates);
}  // namespace format_detail

}  // namespace openbook::read
