#include "read/markdown.h"

#include <algorithm>
#include <string>
#include <vector>

#include "read/encoding.h"
#include "read/finish.h"
#include "read/html_to_markdown.h"
#include "read/markdown_html.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

struct Line {
  std::string_view text;  ///< Without white space at its end, but for a hard break's two blanks, which do not matter.
  std::uint32_t number = 0;
};

std::vector<Line> lines_of(std::string_view text, std::uint32_t first_line) {
  std::vector<Line> lines;
  std::uint32_t number = first_line;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view line = text.substr(at, end - at);
    line = line.substr(0, line.find_last_not_of(" \t\f\v") + 1);
    lines.push_back({line, number});
    if (first_line) ++number;
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++end;
    at = end + 1;
  }
  return lines;
}

std::string_view unquoted(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
  if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
    text = text.substr(1, text.size() - 2);
  return text;
}

/// "---" … "---" (YAML) or "+++" … "+++" (TOML) at the very beginning: its flat keys go to the metadata. Gives the
/// number of lines that it takes; 0 when there is none.
std::size_t take_front_matter(const std::vector<Line>& lines, book::Document& into) {
  if (lines.empty() || (lines[0].text != "---" && lines[0].text != "+++")) return 0;
  const char separator = lines[0].text[0] == '-' ? ':' : '=';
  std::size_t end = 1;
  while (end < lines.size() && end < 400 && lines[end].text != lines[0].text && lines[end].text != "...") ++end;
  if (end >= lines.size() || end >= 400 || end == 1) return 0;
  std::size_t keys = 0;
  for (std::size_t i = 1; i < end; ++i) keys += lines[i].text.find(separator) != std::string_view::npos;
  if (keys == 0) return 0;
  for (std::size_t i = 1; i < end; ++i) {
    const std::string_view line = lines[i].text;
    const std::size_t at = line.find(separator);
    if (at == std::string_view::npos || at == 0 || line[0] == ' ' || line[0] == '#' || line[0] == '-') continue;
    const std::string key(unquoted(line.substr(0, at)));
    const std::string value(unquoted(line.substr(at + 1)).substr(0, 1000));
    if (value.empty() || key.size() > 60 || value == "|" || value == ">") continue;
    if (key == "title" && into.title.empty()) into.title = value;
    into.metadata.try_emplace(key, value);
  }
  return end + 1;
}

/// The fence that a line opens or closes: its mark and length; length 0 for none.
struct Fence {
  char mark = 0;
  std::size_t size = 0;
};
Fence fence_of(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  if (begin == line.size() || (line[begin] != '`' && line[begin] != '~')) return {};
  const std::size_t end = std::min(line.find_first_not_of(line[begin], begin), line.size());
  if (end - begin < 3 || (line[begin] == '`' && line.find('`', end) != std::string_view::npos)) return {};
  return {line[begin], end - begin};
}

bool is_underline(std::string_view line) {
  return !line.empty() && (line[0] == '=' || line[0] == '-') &&
         line.find_first_not_of(line[0]) == std::string_view::npos;
}

/// Can a line be the text above an underline? Not a list item, quotation, table row or heading.
bool is_plain_line(std::string_view line) {
  if (line.empty() || std::string_view("#>|-*+`~").find(line[0]) != std::string_view::npos) return false;
  return !line.starts_with("    ") && line[0] != '\t';
}

/// "- x", "12. x", however far indented.
bool is_list_line(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  std::size_t at = begin;
  while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at;
  const std::string_view marks = at == begin ? "-*+" : ".)";
  return at + 1 < line.size() && marks.find(line[at]) != std::string_view::npos &&
         (line[at + 1] == ' ' || line[at + 1] == '\t');
}

class Cleaner {
 public:
  Cleaner(std::vector<Line> lines, book::Document& into) : lines_(std::move(lines)), into_(into) {}

  void write(std::size_t first) {
    begin_block();
    for (std::size_t i = first; i < lines_.size(); ++i) i = line(i);
    close_span();
    while (into_.markdown.ends_with("\n\n")) into_.markdown.pop_back();
  }

 private:
  /// Writes the line, or several; gives the last one written.
  std::size_t line(std::size_t i) {
    const std::string_view text = lines_[i].text;
    if (open_.size > 0) return code_line(i);
    if (const Fence fence = fence_of(text); fence.size > 0) {
      open_ = fence;
      close_span();
      put(i, text);
      return i;
    }
    if (is_indented_code(text)) {
      put(i, text);
      return i;
    }
    if (const std::size_t last = html_table_end(i); last > i) return html_table(i, last);
    if (i + 1 < lines_.size() && is_underline(lines_[i + 1].text) && is_plain_line(text) && at_paragraph_start_ &&
        (lines_[i + 1].text.size() >= 3 || lines_[i + 1].text[0] == '=')) {
      close_span();
      put(i, (lines_[i + 1].text[0] == '=' ? "# " : "## ") + html_.cleaned(text));
      close_span();
      return i + 1;
    }
    const std::string clean = html_.cleaned(text);
    if (clean.starts_with('#')) close_span();
    put(i, clean, text.empty());
    return i;
  }

  bool is_indented_code(std::string_view text) const {
    return (text.starts_with("    ") || text.starts_with('\t')) && at_paragraph_start_ && !in_list_ &&
           !html_.is_inside();
  }

  /// An HTML table over lines is read as HTML. Gives its last line, or `i` when there is none.
  std::size_t html_table_end(std::size_t i) const {
    const std::string_view text = lines_[i].text;
    const std::size_t begin = text.find_first_not_of(' ');
    if (html_.is_inside() || begin == std::string_view::npos || !text.substr(begin).starts_with("<table")) return i;
    for (std::size_t end = i; end < lines_.size() && end < i + 5000; ++end)
      if (lines_[end].text.find("</table>") != std::string_view::npos) return std::max(end, i + 1) == end ? end : i;
    return i;
  }

  std::size_t html_table(std::size_t first, std::size_t last) {
    close_span();
    const std::string_view html(
        lines_[first].text.data(),
        static_cast<std::size_t>(lines_[last].text.data() + lines_[last].text.size() - lines_[first].text.data()));
    begin_block();
    const std::size_t begin = into_.markdown.size();
    HtmlOptions options;
    options.main_content_only = false;
    options.keep_lines = false;
    book::Document table;
    if (append_html_as_markdown(html, options, table)) into_.markdown += table.markdown;
    add_span(begin, lines_[first].number);
    begin_block();
    return last;
  }

  void begin_block() {
    at_paragraph_start_ = true;
    if (!into_.markdown.empty() && !into_.markdown.ends_with("\n\n"))
      into_.markdown += into_.markdown.ends_with('\n') ? "\n" : "\n\n";
  }

  std::size_t code_line(std::size_t i) {
    const std::string_view text = lines_[i].text;
    const Fence fence = fence_of(text);
    put(i, text.empty() ? std::string_view(" ").substr(1) : text, false);
    const bool closes = fence.mark == open_.mark && fence.size >= open_.size &&
                        text.find_first_not_of(open_.mark, text.find(open_.mark)) == std::string_view::npos;
    if (closes) {
      open_ = {};
      close_span();
    }
    return i;
  }

  void put(std::size_t i, std::string_view text, bool is_blank = true) {
    std::string& out = into_.markdown;
    if (text.empty() && open_.size == 0) {
      // A line that held nothing but HTML marks vanishes; a blank one ends the block.
      at_paragraph_start_ = false;
      if (!is_blank) return;
      close_span();
      at_paragraph_start_ = true;
      if (!out.empty() && !out.ends_with("\n\n")) out += '\n';
      return;
    }
    if (!has_span_) begin_ = out.size(), span_line_ = lines_[i].number, has_span_ = true;
    if (at_paragraph_start_)
      in_list_ = is_list_line(text) || (in_list_ && text[0] == ' ') || (in_list_ && text[0] == '\t');
    out.append(text).append("\n");
    at_paragraph_start_ = false;
    if (text.starts_with('#')) close_span();
  }

  void close_span() {
    at_paragraph_start_ = true;
    if (!has_span_) return;
    has_span_ = false;
    add_span(begin_, span_line_);
  }

  /// A span from `begin` to the end of what is written, the last line end excluded.
  void add_span(std::size_t begin, std::uint32_t line) {
    std::size_t end = into_.markdown.size();
    while (end > begin && into_.markdown[end - 1] == '\n') --end;
    if (line == 0 || end == begin) return;
    book::SourceSpan span;
    span.line = line;
    span.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    into_.source.add(span);
  }

  std::vector<Line> lines_;
  book::Document& into_;
  InlineHtmlCleaner html_;
  Fence open_;
  bool has_span_ = false, at_paragraph_start_ = true, in_list_ = false;
  std::size_t begin_ = 0;
  std::uint32_t span_line_ = 0;
};

class MarkdownReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const override {
    const DecodedText text = decode_text(blob.bytes);
    book::Document document = begin_document(blob);
    note_encoding(text, document);
    append_markdown(text.utf8, 1, document);
    finish_document(blob, "markdown", document);
    return sink(std::move(document));
  }
};

}  // namespace

void append_markdown(std::string_view utf8_markdown, std::uint32_t first_line, book::Document& into) {
  std::vector<Line> lines = lines_of(utf8_markdown, first_line);
  const std::size_t first = take_front_matter(lines, into);
  Cleaner(std::move(lines), into).write(first);
}

std::unique_ptr<Reader> make_markdown_reader() {
  return std::make_unique<MarkdownReader>();
}

bool sniff_markdown(std::string_view head) {
  int signs = 0;
  for (const Line& line : lines_of(head, 1)) {
    const std::size_t hashes = line.text.find_first_not_of('#');
    if (hashes != std::string_view::npos && hashes >= 1 && hashes <= 6 && line.text[hashes] == ' ') ++signs;
    if (fence_of(line.text).size > 0 || line.text.starts_with("| ---") || line.text.starts_with("|---")) signs += 2;
    if (line.text.find("](http") != std::string_view::npos) ++signs;
  }
  return signs >= 3;
}

}  // namespace openbook::read
