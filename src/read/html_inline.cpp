#include "read/html_inline.h"

#include <algorithm>

#include "text/markdown.h"

namespace openbook::read {
namespace {

constexpr std::uint32_t kMaxLinkText = 12;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

std::string_view mark_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG:
      return "**";
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
      return "*";
    default:
      return {};
  }
}

/// "here", "下载": a link whose text does not say where it leads keeps its address.
bool says_nothing(std::string_view text) {
  static constexpr std::string_view kWords[] = {"here", "link", "this", "click here", "download", "source", "链接",
                                                "这里", "此处", "点击", "点击这里",   "下载",     "連結",   "這裡"};
  if (text.size() > kMaxLinkText) return false;
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return std::find(std::begin(kWords), std::end(kWords), lower) != std::end(kWords);
}

bool keeps_address(std::string_view href) {
  return (href.starts_with("http://") || href.starts_with("https://")) && href.size() <= 300 &&
         href.find_first_of(" ()<>\n\r\t") == std::string_view::npos;
}

void append_link(const HtmlTree& tree, std::uint32_t node, HtmlInlineText& into) {
  const std::string_view href = tree.attribute(node, "href");
  if (into.marks() == HtmlInlineText::Marks::Keep && keeps_address(href) && says_nothing(tree.text_of(node))) {
    into.open("[");
    for (std::uint32_t i = node + 1; i < tree.nodes()[node].end; i = tree.nodes()[i].end) append_inline(tree, i, into);
    into.close("](" + std::string(href) + ")");
    return;
  }
  for (std::uint32_t i = node + 1; i < tree.nodes()[node].end; i = tree.nodes()[i].end) append_inline(tree, i, into);
}

std::string code_span(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const std::string pad = text.front() == '`' || text.back() == '`' ? " " : "";
  return fence + pad + std::string(text) + pad + fence;
}

}  // namespace

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

void HtmlInlineText::before_text() {
  if (gap_ && !out_.empty() && out_.back() != '\n') out_ += ' ';
  gap_ = false;
  out_ += opening_;
  opening_.clear();
}

void HtmlInlineText::append_text(std::string_view text) {
  std::string run;
  const auto flush = [&] {
    if (run.empty()) return;
    before_text();
    out_ += text::escape_markdown(run);
    last_text_ = out_.size();
    run.clear();
  };
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hard = text.substr(i, 2) == "\xC2\xA0";  // A blank that does not break is a blank in Markdown.
    if (is_space(c) || hard) {
      blank = true;
      i += hard;
      continue;
    }
    if (blank && run.empty()) gap_ = true;
    if (blank && !run.empty()) run += ' ';
    blank = false;
    run += c;
  }
  flush();
  if (blank) gap_ = true;
}

void HtmlInlineText::line_break() {
  if (!out_.empty()) out_ += '\n';
  gap_ = false;
}

void HtmlInlineText::open(std::string_view mark) {
  if (marks_ == Marks::Keep) opening_ += mark;
}

void HtmlInlineText::close(std::string_view mark) {
  if (marks_ == Marks::Drop) return;
  if (!opening_.empty()) {
    opening_.resize(opening_.size() - std::min(opening_.size(), mark.starts_with("](") ? 1 : mark.size()));
  } else {
    out_.insert(std::min(last_text_, out_.size()), mark);
    last_text_ += mark.size();
  }
}

void HtmlInlineText::append_code(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) {
    gap_ = gap_ || !text.empty();
    return;
  }
  std::string line;
  for (const char c : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1)) line += is_space(c) ? ' ' : c;
  append_raw(marks_ == Marks::Keep ? code_span(line) : text::escape_markdown(line));
}

void HtmlInlineText::append_raw(std::string_view markdown) {
  before_text();
  out_ += markdown;
  last_text_ = out_.size();
}

std::string HtmlInlineText::take() {
  std::string text = std::move(out_);
  out_.clear();
  opening_.clear();
  last_text_ = 0;
  gap_ = false;
  return text;
}

void append_inline(const HtmlTree& tree, std::uint32_t node, HtmlInlineText& into) {
  const HtmlNode& at = tree.nodes()[node];
  if (at.dropped) return;
  if (at.is_text()) return into.append_text(at.text);
  switch (at.tag) {
    case GUMBO_TAG_BR:
      return into.line_break();
    case GUMBO_TAG_A:
      return append_link(tree, node, into);
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_TT:
      return into.append_code(tree.text_of(node));
    default:
      break;
  }
  const std::string_view mark = mark_of(at.tag);
  if (!mark.empty()) into.open(mark);
  if (is_block(at.tag)) into.append_text(" ");
  for (std::uint32_t i = node + 1; i < at.end; i = tree.nodes()[i].end) append_inline(tree, i, into);
  if (is_block(at.tag)) into.append_text(" ");
  if (!mark.empty()) into.close(mark);
}

std::string inline_of(const HtmlTree& tree, std::uint32_t node, HtmlInlineText::Marks marks) {
  HtmlInlineText text(marks);
  for (std::uint32_t i = node + 1; i < tree.nodes()[node].end; i = tree.nodes()[i].end) append_inline(tree, i, text);
  return text.take();
}

}  // namespace openbook::read
