#include "read/plain_lines.h"

#include <algorithm>

#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::uint32_t columns_of(char32_t c) {
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

PlainLine measured(std::string_view line, std::uint32_t number) {
  PlainLine out;
  out.number = number;
  std::size_t at = 0, begin = 0;
  bool in_indent = true;
  std::size_t text_end = 0;
  std::uint32_t width = 0;
  while (at < line.size()) {
    const std::size_t start = at;
    const char32_t c = text::next_code_point(line, at);
    const bool blank = c == ' ' || c == '\t' || c == 0x3000 || c == 0xA0 || c == '\f' || c == '\v';
    width += c == '\t' ? 8 - width % 8 : columns_of(c);
    if (in_indent && blank) {
      out.indent = width;
      begin = at;
      continue;
    }
    in_indent = false;
    if (blank) continue;
    text_end = at;
    out.width = width;
    static_cast<void>(start);
  }
  if (in_indent) return out;
  out.text = line.substr(begin, text_end - begin);
  out.whole = line.substr(0, text_end);
  return out;
}

std::uint32_t first_word_width(std::string_view line) {
  std::uint32_t width = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = text::next_code_point(line, at);
    if (c == ' ' || c == '\t') break;
    if (width > 0 && columns_of(c) == 2) break;
    width += columns_of(c);
    if (columns_of(c) == 2) break;
  }
  return width;
}

/// Reads a Chinese or Arabic number and gives where it ends.
std::size_t skip_chapter_number(std::string_view line, std::size_t at) {
  static constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百千零〇两兩０１２３４５６７８９0123456789";
  while (at < line.size()) {
    std::size_t next = at;
    if (kNumerals.find(text::next_code_point(line, next)) == std::u32string_view::npos) break;
    at = next;
  }
  return at;
}

int chinese_chapter_level(std::string_view line) {
  constexpr std::string_view kOrdinal = "第";
  if (!line.starts_with(kOrdinal) || text::code_point_count(line) > 40) return 0;
  const std::size_t end = skip_chapter_number(line, kOrdinal.size());
  if (end == kOrdinal.size() || end >= line.size()) return 0;
  std::size_t after = end;
  const char32_t unit = text::next_code_point(line, after);
  int level = 0;
  if (std::u32string_view(U"卷部篇编編集").find(unit) != std::u32string_view::npos) level = 1;
  if (std::u32string_view(U"章回讲講课課").find(unit) != std::u32string_view::npos) level = 2;
  if (std::u32string_view(U"节節").find(unit) != std::u32string_view::npos) level = 3;
  if (level == 0) return 0;
  if (line.ends_with("。") || line.ends_with("，") || line.ends_with("；") || line.ends_with("：")) return 0;
  if (after == line.size()) return level;
  const char32_t next = text::next_code_point(line, after);
  const bool apart = next == ' ' || next == 0x3000 || next == '\t' || next == 0xFF1A || next == ':' || next == 0x3001;
  return apart ? level : 0;
}

int english_chapter_level(std::string_view line) {
  if (line.size() > 80 || line.ends_with(',') || line.ends_with(';')) return 0;
  const auto begins = [&](std::string_view word) {
    if (line.size() <= word.size() + 1 || line[word.size()] != ' ') return false;
    for (std::size_t i = 0; i < word.size(); ++i)
      if ((line[i] | 0x20) != word[i]) return false;
    return line[0] < 'a';
  };
  int level = begins("part") || begins("book") ? 1 : begins("chapter") || begins("appendix") ? 2 : 0;
  if (level == 0) return 0;
  const std::string_view rest = line.substr(line.find(' ') + 1);
  const std::size_t end = std::min(rest.find_first_of(" .:"), rest.size());
  const bool arabic = std::all_of(rest.begin(), rest.begin() + static_cast<long>(end), is_digit);
  const bool roman = rest.substr(0, end).find_first_not_of("IVXLCDM") == std::string_view::npos;
  const bool letter = end == 1 && rest[0] >= 'A' && rest[0] <= 'Z';
  if (!arabic && !roman && !letter) return 0;
  return end == rest.size() || rest[end] != ' ' || (end + 1 < rest.size() && rest[end + 1] < 'a') ? level : 0;
}

/// "2.1 Scope", "2.1. Scope": at least two numbers, a capital or a Chinese character, no sentence.
int decimal_heading_level(std::string_view line) {
  if (line.size() > 100) return 0;
  std::size_t at = 0;
  int level = 0;
  while (at < line.size() && is_digit(line[at])) {
    const std::size_t begin = at;
    while (at < line.size() && is_digit(line[at])) ++at;
    if (at - begin > 2) return 0;
    ++level;
    if (at < line.size() && line[at] == '.') ++at;
  }
  if (level < 2 || level > 5 || at >= line.size() || line[at] != ' ') return 0;
  at = line.find_first_not_of(' ', at);
  if (at == std::string_view::npos) return 0;
  const bool begins_title = (line[at] >= 'A' && line[at] <= 'Z') || static_cast<unsigned char>(line[at]) >= 0xE3;
  const bool ends_sentence = line.ends_with('.') || line.ends_with(',') || line.ends_with(';') || line.ends_with("。");
  return begins_title && !ends_sentence ? level : 0;
}

}  // namespace

std::vector<PlainLine> plain_lines_of(std::string_view text, std::uint32_t first_line) {
  std::vector<PlainLine> lines;
  std::uint32_t number = first_line;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    lines.push_back(measured(text.substr(at, end - at), number));
    if (first_line) ++number;
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++end;
    at = end + 1;
  }
  return lines;
}

std::uint32_t wrap_column_of(const std::vector<PlainLine>& lines) {
  std::vector<std::uint32_t> widths;
  for (const PlainLine& line : lines)
    if (line.width > 0) widths.push_back(line.width);
  if (widths.size() < 3) return 0;
  std::sort(widths.begin(), widths.end());
  const std::uint32_t widest = widths[widths.size() - 1 - widths.size() / 50];
  if (widest < 40 || widest > 130 || widths.back() > widest + 200) return 0;
  std::size_t near = 0, lines_before_another = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].width == 0 || lines[i + 1].width == 0) continue;
    ++lines_before_another;
    near += lines[i].width * 10 >= widest * 7;
  }
  return 3 * near >= lines_before_another && near >= 2 ? widest : 0;
}

bool is_wrapped(const PlainLine& line, const PlainLine& next, std::uint32_t wrap_column) {
  if (wrap_column == 0) return false;
  const std::uint32_t needed = line.width + 1 + first_word_width(next.text);
  return needed * 100 > wrap_column * 92 || line.width * 10 >= wrap_column * 8;
}

std::size_t list_marker(std::string_view line, int& number) {
  for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "· ", "● ", "◦ ", "▪ ", "– "}) {
    if (!line.starts_with(bullet) || line.size() == bullet.size()) continue;
    number = -1;
    return line.find_first_not_of(' ', bullet.size());
  }
  std::size_t at = 0;
  while (at < line.size() && at < 4 && is_digit(line[at])) ++at;
  if (at == 0 || at > 3 || at + 2 >= line.size() || (line[at] != '.' && line[at] != ')') || line[at + 1] != ' ')
    return 0;
  number = 0;
  for (std::size_t i = 0; i < at; ++i) number = number * 10 + (line[i] - '0');
  return line.find_first_not_of(' ', at + 1);
}

char underline_of(const PlainLine& line) {
  const std::string_view text = line.text;
  if (text.size() < 3 || std::string_view("=-~^*#+\"'").find(text[0]) == std::string_view::npos) return 0;
  return text.find_first_not_of(text[0]) == std::string_view::npos ? text[0] : 0;
}

int numbered_heading_level(std::string_view line) {
  if (const int level = chinese_chapter_level(line)) return level;
  if (const int level = english_chapter_level(line)) return level;
  return decimal_heading_level(line);
}

bool looks_drawn(std::string_view line) {
  int gaps = 0, bars = 0;
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    const bool begins_gap = line[i] == ' ' && line[i + 1] == ' ' && line[i - 1] != ' ';
    if (begins_gap && i + 2 < line.size() && line[i + 2] == ' ' && line[i - 1] != '.' && line[i - 1] != ':') ++gaps;
    bars += line[i] == '|' || (line[i] == '\t' && line[i - 1] != '\t');
  }
  const bool boxes = line.find("─") != std::string_view::npos || line.find("│") != std::string_view::npos ||
                     line.find("+--") != std::string_view::npos || line.find("+==") != std::string_view::npos;
  return gaps >= 2 || bars >= 2 || boxes || (line.starts_with('|') && line.ends_with('|'));
}

bool looks_like_code(std::string_view line) {
  if (line.empty()) return false;
  const char last = line.back();
  if (last == '{' || last == '}' || (last == ';' && line.find('&') == std::string_view::npos)) return true;
  for (const std::string_view start :
       {"$ ", "# ", "// ", "#!", "#include", "import ", "def ", "return ", "</", "if (", ">>> "})
    if (line.starts_with(start)) return true;
  return line.find("();") != std::string_view::npos || line.find(" = ") != std::string_view::npos ||
         line.find("==") != std::string_view::npos || line.find("->") != std::string_view::npos;
}

}  // namespace openbook::read
