#include "read/markdown_writer.h"

#include <algorithm>

#include "text/markdown.h"

namespace openbook::read {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// Runs of white space, line ends included, become one blank: for headings and table cells.
std::string on_one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (const char c : text) {
    if (kBlank.find(c) != std::string_view::npos) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

std::string escaped(std::string_view text, TextForm form) {
  return form == TextForm::Plain ? text::escape_markdown(text) : std::string(text);
}

/// A bar inside a cell would end it, in Markdown too; one that is escaped already stays.
std::string cell_text(std::string_view text, TextForm form) {
  const std::string line = on_one_line(text);
  if (form == TextForm::Plain) return text::escape_markdown(line, true);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      out += line[i++];
    } else if (line[i] == '|') {
      out += '\\';
    }
    out += line[i];
  }
  return out;
}

bool is_known(const book::SourceSpan& at) {
  return at.page || at.line || at.row || at.column || at.part || at.box.known();
}

bool share_a_span(const book::SourceSpan& a, const book::SourceSpan& b) {
  return !a.box.known() && !b.box.known() && a.page == b.page && a.line == b.line && a.row == b.row && a.part == b.part;
}

std::size_t longest_run(std::string_view text, char mark) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == mark ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

void MarkdownWriter::begin_block(bool tight) {
  column_count_ = 0;
  std::string& out = into_.markdown;
  if (out.empty()) return;
  if (out.back() != '\n') out += '\n';
  if (!tight && !out.ends_with("\n\n") && out != "\n") out += '\n';
}

void MarkdownWriter::add_span(std::size_t begin, const book::SourceSpan& at) {
  if (!is_known(at) || begin >= into_.markdown.size()) return;
  book::SourceSpan span = at;
  span.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(into_.markdown.size())};
  into_.source.add(span);
}

void MarkdownWriter::append_lines(std::string_view text, TextForm form, std::string_view indent) {
  const std::string body = escaped(text, form);
  bool first = true;
  for (std::size_t at = 0; at <= body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    std::string_view line = trimmed(std::string_view(body).substr(at, end - at));
    while (line.starts_with("\u3000")) line = trimmed(line.substr(3));  // How Chinese paragraphs are indented.
    at = end + 1;
    if (line.empty()) continue;
    if (!first) into_.markdown.append("\n").append(indent);
    into_.markdown += line;
    first = false;
  }
}

void MarkdownWriter::heading(int level, std::string_view text, const book::SourceSpan& at, TextForm form) {
  const std::string line = on_one_line(text);
  if (line.empty()) return;
  begin_block(false);
  item_widths_.clear();
  const std::size_t begin = into_.markdown.size();
  into_.markdown.append(static_cast<std::size_t>(std::clamp(level, 1, 6)), '#').append(" ").append(escaped(line, form));
  add_span(begin, at);
  into_.markdown += '\n';
}

void MarkdownWriter::paragraph(std::string_view text, const book::SourceSpan& at, TextForm form) {
  if (trimmed(text).empty()) return;
  begin_block(false);
  item_widths_.clear();
  const std::size_t begin = into_.markdown.size();
  append_lines(trimmed(text), form, "");
  add_span(begin, at);
  into_.markdown += '\n';
}

void MarkdownWriter::quote(std::string_view text, const book::SourceSpan& at, TextForm form) {
  if (trimmed(text).empty()) return;
  begin_block(false);
  item_widths_.clear();
  const std::size_t begin = into_.markdown.size();
  into_.markdown += "> ";
  append_lines(trimmed(text), form, "> ");
  add_span(begin, at);
  into_.markdown += '\n';
}

void MarkdownWriter::list_item(int depth, ListKind kind, int number, std::string_view text, const book::SourceSpan& at,
                               TextForm form) {
  if (trimmed(text).empty()) return;
  begin_block(!item_widths_.empty());
  const std::size_t level =
      std::min<std::size_t>(static_cast<std::size_t>(std::max(depth, 1)), item_widths_.size() + 1);
  item_widths_.resize(level - 1);
  std::size_t indent = 0;
  for (const std::size_t width : item_widths_) indent += width;
  const std::string marker = kind == ListKind::Bullet ? "- " : std::to_string(std::max(number, 0)) + ". ";
  item_widths_.push_back(marker.size());
  into_.markdown.append(indent, ' ');
  const std::size_t begin = into_.markdown.size();
  into_.markdown += marker;
  append_lines(trimmed(text), form, std::string(indent + marker.size(), ' '));
  add_span(begin, at);
  into_.markdown += '\n';
}

void MarkdownWriter::item_paragraph(std::string_view text, const book::SourceSpan& at, TextForm form) {
  if (item_widths_.empty()) return paragraph(text, at, form);
  if (trimmed(text).empty()) return;
  begin_block(false);
  std::size_t indent = 0;
  for (const std::size_t width : item_widths_) indent += width;
  into_.markdown.append(indent, ' ');
  const std::size_t begin = into_.markdown.size();
  append_lines(trimmed(text), form, std::string(indent, ' '));
  add_span(begin, at);
  into_.markdown += '\n';
}

void MarkdownWriter::table(const std::vector<std::vector<TableCell>>& rows, TextForm form) {
  std::size_t columns = 0;
  bool blank = true;
  for (const auto& row : rows) {
    columns = std::max(columns, row.size());
    for (const auto& cell : row) blank = blank && trimmed(cell.text).empty();
  }
  if (blank) return;
  table_header(rows.front(), columns, form);
  for (std::size_t i = 1; i < rows.size(); ++i) table_row(rows[i], form);
}

void MarkdownWriter::table_header(std::span<const TableCell> cells, std::size_t column_count, TextForm form) {
  begin_block(false);
  item_widths_.clear();
  column_count_ = std::max<std::size_t>({column_count, cells.size(), 1});
  append_row(cells, form);
  into_.markdown += "|";
  for (std::size_t i = 0; i < column_count_; ++i) into_.markdown += " --- |";
  into_.markdown += '\n';
}

void MarkdownWriter::table_row(std::span<const TableCell> cells, TextForm form) {
  if (column_count_ == 0) return table_header(cells, cells.size(), form);
  append_row(cells.first(std::min(cells.size(), column_count_)), form);
}

void MarkdownWriter::append_row(std::span<const TableCell> cells, TextForm form) {
  std::string& out = into_.markdown;
  out += "|";
  std::size_t span_begin = out.size();
  book::SourceSpan span;
  std::size_t text_end = out.size();
  const auto close_span = [&] {
    if (!is_known(span) || text_end <= span_begin) return;
    span.range = {static_cast<std::uint32_t>(span_begin), static_cast<std::uint32_t>(text_end)};
    into_.source.add(span);
  };
  for (std::size_t i = 0; i < column_count_; ++i) {
    out += ' ';
    if (i < cells.size()) {
      if (i == 0 || !share_a_span(span, cells[i].at)) {
        close_span();
        span = cells[i].at;
        span_begin = out.size();
      }
      const std::string text = cell_text(cells[i].text, form);
      out += text;
      if (!text.empty()) text_end = out.size();
      if (!text.empty()) out += ' ';
    }
    out += '|';
  }
  close_span();
  out += '\n';
}

void MarkdownWriter::code(std::string_view language, std::string_view text, const book::SourceSpan& at) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  while (text.starts_with('\n') || text.starts_with("\r\n")) text.remove_prefix(text[0] == '\n' ? 1 : 2);
  if (trimmed(text).empty()) return;
  begin_block(false);
  item_widths_.clear();
  const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
  into_.markdown.append(fence).append(on_one_line(language)).append("\n");
  const std::size_t begin = into_.markdown.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 < text.size() && text[i + 1] == '\n') continue;
      into_.markdown += '\n';
    } else {
      into_.markdown += text[i];
    }
  }
  add_span(begin, at);
  into_.markdown.append("\n").append(fence).append("\n");
}

void MarkdownWriter::rule() {
  if (into_.markdown.empty()) return;
  begin_block(false);
  item_widths_.clear();
  into_.markdown += "---\n";
}

}  // namespace openbook::read
