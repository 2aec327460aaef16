#include "read/plain.h"

#include <algorithm>
#include <string>
#include <vector>

#include "read/encoding.h"
#include "read/finish.h"
#include "read/markdown_writer.h"
#include "read/plain_lines.h"
#include "text/characters.h"
#include "text/markdown.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

char32_t last_code_point(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[--at]) & 0xC0) == 0x80) {
  }
  return text.empty() ? U' ' : text::next_code_point(text, at);
}

char32_t first_code_point(std::string_view text) {
  std::size_t at = 0;
  return text.empty() ? U' ' : text::next_code_point(text, at);
}

bool is_wide(char32_t c) {
  const auto kind = text::class_of(c);
  return kind == text::CharacterClass::Ideograph || kind == text::CharacterClass::Kana ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
}

/// Joins a wrapped line to what stands before: no blank between Chinese or Japanese characters, none after a hyphen.
void join_line(std::string& paragraph, std::string_view line) {
  if (paragraph.empty()) {
    paragraph = line;
    return;
  }
  const char32_t left = last_code_point(paragraph), right = first_code_point(line);
  const bool hyphen = paragraph.ends_with('-') && paragraph.size() > 1 && paragraph[paragraph.size() - 2] != '-' &&
                      paragraph[paragraph.size() - 2] != ' ' && right >= 'a' && right <= 'z';
  if (!(is_wide(left) && is_wide(right)) && !hyphen) paragraph += ' ';
  paragraph += line;
}

class PlainText {
 public:
  PlainText(const std::vector<PlainLine>& lines, const PlainOptions& options, book::Document& into)
      : lines_(lines), options_(options), writer_(into), wrap_column_(wrap_column_of(lines)) {}

  void write() {
    while (at_ < lines_.size()) {
      if (lines_[at_].text.empty()) {
        ++at_;
        after_blank_ = true;
        continue;
      }
      if (!(options_.find_headings && heading())) block();
      after_blank_ = false;
    }
  }

 private:
  book::SourceSpan at(std::size_t line) const {
    book::SourceSpan span;
    span.line = lines_[line].number;
    span.part = options_.part;
    return span;
  }
  bool blank_at(std::size_t line) const { return line >= lines_.size() || lines_[line].text.empty(); }

  bool heading() {
    const PlainLine& line = lines_[at_];
    if (underlined()) return true;
    if (line.indent > 8 || line.width > 100) return false;
    const int level = numbered_heading_level(line.text);
    const bool chapter = line.text.starts_with("第");
    if (level == 0 || (!chapter && !(alone() && !numbered_heading_level_beside()))) return simple_numbered_heading();
    writer_.heading(level, line.text, at(at_));
    ++at_;
    return true;
  }

  bool alone() const { return (at_ == 0 || blank_at(at_ - 1)) && blank_at(at_ + 1); }

  /// A run of numbered lines is a table of contents or a list, not headings.
  bool numbered_heading_level_beside() const {
    const std::size_t next = next_text(at_ + 1);
    return next < lines_.size() && next <= at_ + 2 && lines_[next].text.find("....") != std::string_view::npos;
  }

  std::size_t next_text(std::size_t line) const {
    while (line < lines_.size() && lines_[line].text.empty()) ++line;
    return line;
  }

  /// "3. Results" alone between blank lines and followed by prose, in a text that is wrapped.
  bool simple_numbered_heading() {
    const PlainLine& line = lines_[at_];
    int number = 0;
    const std::size_t begin = list_marker(line.text, number);
    if (begin == 0 || number < 0 || !alone() || wrap_column_ == 0 || line.width > 60) return false;
    const std::string_view title = line.text.substr(begin);
    const std::size_t next = next_text(at_ + 1);
    int other = 0;
    if (next >= lines_.size() || (list_marker(lines_[next].text, other) != 0 && other >= 0)) return false;
    if (title[0] < 'A' || title[0] > 'Z' || title.find_first_of(".;,") != std::string_view::npos) return false;
    if (lines_[next].indent < line.indent || lines_[next].width * 10 < wrap_column_ * 6) return false;
    writer_.heading(1, line.text, at(at_));
    ++at_;
    return true;
  }

  /// "Title" over "=====", and reStructuredText's form with a rule above as well.
  bool underlined() {
    std::size_t title = at_;
    const bool over = underline_of(lines_[at_]) != 0;
    if (over) ++title;
    if (title + 1 >= lines_.size() || blank_at(title) || blank_at(title + 1)) return false;
    const char mark = underline_of(lines_[title + 1]);
    if (mark == 0 || mark == '*' || (over && mark != underline_of(lines_[at_]))) return false;
    if (underline_of(lines_[title]) || (at_ > 0 && !after_blank_)) return false;
    const std::uint32_t text_width = lines_[title].width - lines_[title].indent;
    const std::uint32_t rule_width = lines_[title + 1].width - lines_[title + 1].indent;
    if (text_width > 100 || rule_width + 2 < text_width || (!over && rule_width > text_width + 12)) return false;
    if (looks_drawn(lines_[title].text)) return false;
    writer_.heading(level_of_mark(over ? static_cast<char>(mark | 0x80) : mark), lines_[title].text, at(title));
    at_ = title + 2;
    return true;
  }

  /// reStructuredText's rule: levels in the order in which their marks appear.
  int level_of_mark(char mark) {
    const std::size_t found = marks_.find(mark);
    if (found != std::string::npos) return static_cast<int>(found) + 1;
    marks_ += mark;
    return static_cast<int>(marks_.size());
  }

  void block() {
    std::size_t end = at_;
    std::size_t drawn = 0, code = 0;
    for (; end < lines_.size() && !lines_[end].text.empty(); ++end) {
      if (end > at_ && options_.find_headings && lines_[end].text.starts_with("第") &&
          numbered_heading_level(lines_[end].text))
        break;
      drawn += looks_drawn(lines_[end].text);
      code += looks_like_code(lines_[end].text);
    }
    const std::size_t count = end - at_;
    if (count >= 2 && (2 * drawn > count || (3 * code >= 2 * count && count >= 3))) return verbatim(end);
    paragraphs(end);
  }

  void verbatim(std::size_t end) {
    std::uint32_t indent = ~0u;
    for (std::size_t i = at_; i < end; ++i) indent = std::min(indent, lines_[i].indent);
    std::string text;
    for (std::size_t i = at_; i < end; ++i) {
      const std::string_view whole = lines_[i].whole;
      const std::size_t cut = whole.substr(0, indent).find_first_not_of(" ");
      text.append(whole.substr(std::min<std::size_t>(cut, std::min<std::size_t>(indent, whole.size())))).append("\n");
    }
    writer_.code("", text, at(at_));
    at_ = end;
  }

  void paragraphs(std::size_t end) {
    while (at_ < end) {
      const std::size_t begin = at_;
      int number = 0;
      const std::size_t marker = list_marker(lines_[at_].text, number);
      std::string text(lines_[at_].text.substr(marker));
      ++at_;
      while (at_ < end && belongs(begin, at_, marker > 0)) {
        if (is_wrapped(lines_[at_ - 1], lines_[at_], wrap_column_) || marker > 0)
          join_line(text, lines_[at_].text);
        else
          text.append("\n").append(lines_[at_].text);
        ++at_;
      }
      if (marker > 0)
        writer_.list_item(1, number < 0 ? ListKind::Bullet : ListKind::Ordered, number, text, at(begin));
      else
        writer_.paragraph(text, at(begin));
    }
  }

  /// Does a line go on with the paragraph or item that began at `begin`?
  bool belongs(std::size_t begin, std::size_t line, bool in_item) const {
    int number = 0;
    const PlainLine& here = lines_[line];
    const PlainLine& before = lines_[line - 1];
    if (list_marker(here.text, number) != 0 && (in_item || !is_wrapped(before, here, wrap_column_) || number < 0))
      return false;
    if (in_item) return here.indent > lines_[begin].indent || is_wrapped(before, here, wrap_column_);
    const bool indented_anew = here.indent >= before.indent + 2 && line > begin;
    if (indented_anew && (line > begin + 1 || before.indent < here.indent)) return false;
    if (here.indent >= 2 && here.indent == lines_[begin].indent && begin + 1 == line && wrap_column_ == 0) return false;
    // Without a wrap column a long line is a paragraph; short ones (verse, addresses, logs) stay together.
    return wrap_column_ != 0 || (before.width <= 100 && here.width <= 100);
  }

  const std::vector<PlainLine>& lines_;
  const PlainOptions& options_;
  MarkdownWriter writer_;
  std::uint32_t wrap_column_;
  std::size_t at_ = 0;
  bool after_blank_ = true;
  std::string marks_;
};

/// The first line, where it looks like a title: short, no sentence, and more follows. Empty otherwise.
std::string title_line(std::string_view markdown) {
  const std::size_t end = markdown.find('\n');
  const std::string_view line = markdown.substr(0, std::min(end, markdown.size()));
  constexpr std::size_t kMaxTitle = 60;
  if (end == std::string_view::npos || markdown.find_first_not_of(" \n", end) == std::string_view::npos) return {};
  if (line.find_first_of("<>={}()[]/") != std::string_view::npos) return {};  // Code, or a log.
  if (line.find_first_not_of("# -*") == std::string_view::npos || text::code_point_count(line) > kMaxTitle) return {};
  for (const std::string_view stop : {".", "!", "?", ",", ";", ":", "。", "！", "？", "，", "；", "：", "|", "{"})
    if (line.ends_with(stop)) return {};
  return text::heading_text(line);
}

class PlainReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const override {
    const DecodedText text = decode_text(blob.bytes);
    if (text.encoding == "UTF-8" && text.utf8.find('\0') != std::string::npos && text.damaged * 20 > text.utf8.size())
      return fail(Code::Unsupported, "the file is not text (it holds zero bytes and is in no known encoding)");
    book::Document document = begin_document(blob);
    note_encoding(text, document);
    append_plain_text_as_markdown(text.utf8, {}, document);
    document.title = title_line(document.markdown);
    finish_document(blob, "plain", document);
    return sink(std::move(document));
  }
};

}  // namespace

void append_plain_text_as_markdown(std::string_view utf8_text, const PlainOptions& options, book::Document& into) {
  const std::vector<PlainLine> lines = plain_lines_of(utf8_text, options.first_line);
  PlainText(lines, options, into).write();
}

std::unique_ptr<Reader> make_plain_reader() {
  return std::make_unique<PlainReader>();
}

bool sniff_plain(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") || head.starts_with("\xEF\xBB\xBF")) return true;
  std::size_t controls = 0;
  for (const char c : head)
    controls +=
        static_cast<unsigned char>(c) < 0x20 && std::string_view("\t\n\r\f\x1B").find(c) == std::string_view::npos;
  return controls * 200 <= head.size();
}

}  // namespace openbook::read
