#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace openbook::read {

/// One line of a plain text, with what its layout says. Widths are in columns: a wide character takes two.
struct PlainLine {
  std::string_view text;  ///< Without indent and without white space at the end; empty for a blank line.
  std::uint32_t number = 0;
  std::uint32_t indent = 0;  ///< Columns; a tab reaches to the next multiple of 8.
  std::uint32_t width = 0;   ///< Indent included.
  std::string_view whole;    ///< With the indent.
};

std::vector<PlainLine> plain_lines_of(std::string_view text, std::uint32_t first_line);

/// The column at which a text's lines were wrapped; 0 where they were not (each line is a paragraph).
std::uint32_t wrap_column_of(const std::vector<PlainLine>& lines);

/// Was the line broken only because the next one's first word did not fit?
bool is_wrapped(const PlainLine& line, const PlainLine& next, std::uint32_t wrap_column);

/// "- x", "• x", "3. x", "3) x": where the text after the marker begins, 0 if there is none. `number` gets the number,
/// or -1 for a bullet.
std::size_t list_marker(std::string_view line, int& number);

/// Is the line a rule of one character, as under a heading ("=====")? Gives the character, 0 if not.
char underline_of(const PlainLine& line);

/// Level of a heading that its number shows: "第三章 …" (also 回 节 卷 …), "Chapter 4", "2.1 Scope"; 0 if it is none.
int numbered_heading_level(std::string_view line);

/// Columns that runs of blanks set apart, bars, box drawing: lines that make sense only where they stand.
bool looks_drawn(std::string_view line);

/// Is the code or the data of a program likelier than prose? ("}", ";" and "{" at line ends, shell prompts, "x = y(")
bool looks_like_code(std::string_view line);

}  // namespace openbook::read
