#include "text/markdown.h"

#include <algorithm>

namespace openbook::text {
namespace {

/// A line of the document without its newline, and what its indentation hides.
struct Line {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t indent = 0;  ///< Columns of leading white space, tabs to the next 4.
  std::string_view text;     ///< After the indentation.
  bool blank() const { return text.empty(); }
};

std::string_view trim_right(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::string_view trim(std::string_view text) {
  text = trim_right(text);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

Line line_at(std::string_view markdown, std::size_t begin) {
  Line line;
  const std::size_t newline = markdown.find('\n', begin);
  const std::size_t end = newline == std::string_view::npos ? markdown.size() : newline;
  line.begin = static_cast<std::uint32_t>(begin);
  line.end = static_cast<std::uint32_t>(end);
  std::size_t at = begin;
  for (; at < end && (markdown[at] == ' ' || markdown[at] == '\t'); ++at)
    line.indent += markdown[at] == '\t' ? 4 - line.indent % 4 : 1;
  line.text = trim_right(markdown.substr(at, end - at));
  return line;
}

std::size_t run_length(std::string_view text, char c) {
  const std::size_t end = text.find_first_not_of(c);
  return end == std::string_view::npos ? text.size() : end;
}

int heading_level(const Line& line) {
  const std::size_t marks = line.indent < 4 ? run_length(line.text, '#') : 0;
  const bool heading =
      marks >= 1 && marks <= 6 && (marks == line.text.size() || line.text[marks] == ' ' || line.text[marks] == '\t');
  return heading ? static_cast<int>(marks) : 0;
}

/// Length of the fence that the line opens, 0 if it opens none.
std::size_t fence_length(std::string_view text) {
  if (text.empty() || (text[0] != '`' && text[0] != '~')) return 0;
  const std::size_t length = run_length(text, text[0]);
  const bool inline_code = text[0] == '`' && text.find('`', length) != std::string_view::npos;
  return length >= 3 && !inline_code ? length : 0;
}

bool is_rule(std::string_view text) {
  if (text.size() < 3 || (text[0] != '-' && text[0] != '*' && text[0] != '_')) return false;
  std::size_t marks = 0;
  for (const char c : text) {
    if (c == text[0])
      ++marks;
    else if (c != ' ' && c != '\t')
      return false;
  }
  return marks >= 3;
}

/// Bytes of a list marker and the space after it, 0 if the line is no list item.
std::size_t list_marker(std::string_view text) {
  if (text.size() >= 2 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && (text[1] == ' ' || text[1] == '\t'))
    return 2;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 9 && text[digits] >= '0' && text[digits] <= '9') ++digits;
  const bool ordered = digits > 0 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') &&
                       (text[digits + 1] == ' ' || text[digits + 1] == '\t');
  return ordered ? digits + 2 : 0;
}

bool is_table_delimiter(std::string_view text) {
  if (text.find('-') == std::string_view::npos || text.find('|') == std::string_view::npos) return false;
  return text.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool opens_html(std::string_view text) {
  if (text.size() < 3 || text[0] != '<') return false;
  const char next = text[1] == '/' ? text[2] : text[1];
  const bool tag = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '!';
  const std::size_t name_end = text.find_first_of(" >:@", 1);  // "<https://…>" and "<a@b.c>" are links in a paragraph.
  return tag && name_end != std::string_view::npos && text[name_end] != ':' && text[name_end] != '@';
}

class BlockScanner {
 public:
  explicit BlockScanner(std::string_view markdown) : markdown_(markdown) {}

  std::vector<Block> scan() {
    front_matter();
    while (at_ < markdown_.size()) {
      const Line line = line_at(markdown_, at_);
      if (line.blank()) {
        move_past(line);
        continue;
      }
      if (const int level = heading_level(line))
        single(BlockKind::Heading, line, static_cast<std::uint8_t>(level));
      else if (fence_length(line.text) > 0)
        fenced(line);
      else if (is_rule(line.text) && list_marker(line.text) == 0)
        single(BlockKind::Rule, line, 0);
      else if (is_rule(line.text) && line.text.find_first_not_of("-* ") == std::string_view::npos)
        single(BlockKind::Rule, line, 0);
      else if (table_starts(line))
        rows(line);
      else if (list_marker(line.text) > 0)
        lines(BlockKind::ListItem, line, depth_of(line.indent));
      else if (line.text[0] == '>')
        lines(BlockKind::Quote, line, 0);
      else if (opens_html(line.text))
        lines(BlockKind::Html, line, 0);
      else
        lines(BlockKind::Paragraph, line, 0);
    }
    return std::move(blocks_);
  }

 private:
  void move_past(const Line& line) { at_ = std::min<std::size_t>(markdown_.size(), std::size_t{line.end} + 1); }
  bool at_end() const { return at_ >= markdown_.size(); }

  void push(BlockKind kind, std::uint32_t begin, std::uint32_t end, std::uint8_t level) {
    blocks_.push_back({kind, {begin, end}, level});
  }

  void single(BlockKind kind, const Line& line, std::uint8_t level) {
    push(kind, line.begin, line.end, level);
    move_past(line);
  }

  void front_matter() {
    if (!markdown_.starts_with("---\n")) return;
    const std::size_t close = markdown_.find("\n---\n", 3);
    if (close == std::string_view::npos) return;
    push(BlockKind::Code, 0, static_cast<std::uint32_t>(close + 4), 0);
    at_ = close + 5;
  }

  void fenced(const Line& open) {
    const std::size_t length = fence_length(open.text);
    std::uint32_t end = open.end;
    move_past(open);
    while (!at_end()) {
      const Line line = line_at(markdown_, at_);
      move_past(line);
      end = line.end;
      if (run_length(line.text, open.text[0]) >= length &&
          line.text.find_first_not_of(open.text[0]) == std::string_view::npos)
        break;
    }
    push(BlockKind::Code, open.begin, end, 0);
  }

  bool table_starts(const Line& line) const {
    if (line.text.find('|') == std::string_view::npos || line.end >= markdown_.size()) return false;
    return is_table_delimiter(line_at(markdown_, std::size_t{line.end} + 1).text);
  }

  void rows(const Line& header) {
    std::uint32_t end = header.end;
    move_past(header);
    while (!at_end()) {
      const Line line = line_at(markdown_, at_);
      if (line.blank() || line.text.find('|') == std::string_view::npos) break;
      end = line.end;
      move_past(line);
    }
    push(BlockKind::Table, header.begin, end, 0);
  }

  /// A block that runs until a blank line or the beginning of another block.
  void lines(BlockKind kind, const Line& first, std::uint8_t level) {
    std::uint32_t end = first.end;
    std::size_t count = 1;
    move_past(first);
    while (!at_end()) {
      const Line line = line_at(markdown_, at_);
      if (line.blank()) break;
      if (kind == BlockKind::Paragraph && count == 1 && is_underline(line.text)) {  // Setext heading.
        push(BlockKind::Heading, first.begin, line.end, line.text[0] == '=' ? 1 : 2);
        move_past(line);
        return;
      }
      if (kind != BlockKind::Html && interrupts(line, kind)) break;
      end = line.end;
      ++count;
      move_past(line);
    }
    push(kind, first.begin, end, level);
  }

  bool is_underline(std::string_view text) const {
    return text.size() >= 2 && (text[0] == '=' || text[0] == '-') && run_length(text, text[0]) == text.size();
  }

  bool interrupts(const Line& line, BlockKind kind) const {
    if (heading_level(line) > 0 || fence_length(line.text) > 0 || table_starts(line)) return true;
    if (is_rule(line.text)) return true;
    if (kind == BlockKind::Quote) return line.text[0] != '>' && list_marker(line.text) > 0;
    if (line.text[0] == '>') return true;
    // A number at a line's beginning is prose ("… in\n1984. It …") unless a list is running or it is the first item.
    const std::size_t marker = list_marker(line.text);
    if (marker == 0) return false;
    return kind == BlockKind::ListItem || line.text[0] < '0' || line.text[0] > '9' || line.text.starts_with("1.") ||
           line.text.starts_with("1)");
  }

  std::uint8_t depth_of(std::uint32_t indent) {
    return static_cast<std::uint8_t>(std::min<std::uint32_t>(1 + indent / 2, 9));
  }

  std::string_view markdown_;
  std::size_t at_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> blocks_of(std::string_view markdown) {
  return BlockScanner(markdown).scan();
}

std::string heading_text(std::string_view line) {
  std::string_view text = trim(line.substr(0, line.find('\n')));
  const std::size_t marks = run_length(text, '#');
  if (marks <= 6) text = trim(text.substr(marks));
  // Closing marks ("## Title ##") go, but "C#" keeps its own.
  std::size_t end = text.size();
  while (end > 0 && text[end - 1] == '#') --end;
  if (end < text.size() && (end == 0 || text[end - 1] == ' ')) text = trim_right(text.substr(0, end));
  return plain_text(text);
}

std::vector<ByteRange> table_cells(std::string_view row, std::uint32_t offset) {
  std::vector<ByteRange> cells;
  std::size_t begin = 0;
  while (begin < row.size() && (row[begin] == ' ' || row[begin] == '\t')) ++begin;
  if (begin < row.size() && row[begin] == '|') ++begin;
  const auto push = [&](std::size_t from, std::size_t to) {
    while (from < to && (row[from] == ' ' || row[from] == '\t')) ++from;
    while (to > from && (row[to - 1] == ' ' || row[to - 1] == '\t' || row[to - 1] == '\r')) --to;
    cells.push_back({offset + static_cast<std::uint32_t>(from), offset + static_cast<std::uint32_t>(to)});
  };
  for (std::size_t at = begin; at < row.size(); ++at) {
    if (row[at] == '\\') {
      ++at;
    } else if (row[at] == '|') {
      push(begin, at);
      begin = at + 1;
    }
  }
  if (!trim(row.substr(std::min(begin, row.size()))).empty()) push(begin, row.size());
  return cells;
}

}  // namespace openbook::text
