#include "read/html_to_markdown.h"

#include <algorithm>
#include <charconv>

#include "read/html_content.h"
#include "read/html_inline.h"
#include "read/html_metadata.h"
#include "read/html_table.h"
#include "read/html_tree.h"
#include "read/html_trim.h"
#include "read/markdown_writer.h"
#include "read/plain.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

/// <pre> longer than this that no one marked as code is a typed text (an RFC, an old mail), not a listing.
constexpr std::size_t kTypedText = 4000;

class Renderer {
 public:
  Renderer(const HtmlTree& tree, const HtmlOptions& options, book::Document& into)
      : tree_(tree), options_(options), into_(into), writer_(into), text_(HtmlInlineText::Marks::Keep) {}

  void render(std::uint32_t node) {
    block(node);
    flush();
  }

  void heading(int level, std::uint32_t node) {
    flush();
    writer_.heading(level, inline_of(tree_, node, HtmlInlineText::Marks::Drop), at(node), TextForm::Markdown);
  }

 private:
  struct List {
    ListKind kind = ListKind::Bullet;
    int next = 1;
    bool item_begun = false;
  };

  book::SourceSpan at(std::uint32_t node) const {
    book::SourceSpan span;
    span.part = options_.part;
    if (options_.keep_lines) span.line = tree_.nodes()[node].line;
    return span;
  }

  /// Writes the running text as paragraph, list item or quotation, whatever stands around it.
  void flush() {
    if (text_.is_blank()) {
      text_.take();
      return;
    }
    std::string text = text_.take();
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find("\n\n", begin), text.size());
      write(std::string_view(text).substr(begin, end - begin));
      begin = std::min(text.find_first_not_of('\n', end), text.size());
    }
  }

  void write(std::string_view text) {
    if (!lists_.empty()) {
      List& list = lists_.back();
      if (list.item_begun) return writer_.item_paragraph(text, at_, TextForm::Markdown);
      list.item_begun = true;
      return writer_.list_item(static_cast<int>(lists_.size()), list.kind, list.next++, text, at_, TextForm::Markdown);
    }
    if (quotes_ > 0) return writer_.quote(text, at_, TextForm::Markdown);
    writer_.paragraph(text, at_, TextForm::Markdown);
  }

  void children(std::uint32_t node) {
    for (std::uint32_t i = node + 1; i < tree_.nodes()[node].end; i = tree_.nodes()[i].end) block(i);
  }

  bool holds_a_block(std::uint32_t node) const {
    for (std::uint32_t i = node + 1; i < tree_.nodes()[node].end; ++i)
      if (!tree_.nodes()[i].is_text() && is_block(tree_.nodes()[i].tag)) return true;
    return false;
  }

  void block(std::uint32_t node) {
    const HtmlNode& html = tree_.nodes()[node];
    if (html.dropped) return;
    if (html.is_text() || !is_block(html.tag)) return inline_or_blocks(node);
    flush();
    at_ = at(node);
    switch (html.tag) {
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
        return heading_block(node);
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_DIR:
      case GUMBO_TAG_DL:
        return list(node);
      case GUMBO_TAG_LI:
      case GUMBO_TAG_DT:
        return item(node);
      case GUMBO_TAG_PRE:
        return preformatted(node);
      case GUMBO_TAG_TABLE:
        return table(node);
      case GUMBO_TAG_HR:
        return;
      case GUMBO_TAG_BLOCKQUOTE:
        ++quotes_;
        children(node);
        flush();
        --quotes_;
        return;
      default:
        children(node);
        flush();
    }
  }

  void inline_or_blocks(std::uint32_t node) {
    const HtmlNode& html = tree_.nodes()[node];
    if (text_.is_blank() && html.line) at_ = at(node);
    if (html.tag == GUMBO_TAG_IMG) return image(node);
    if (!html.is_text() && holds_a_block(node)) return children(node);
    append_inline(tree_, node, text_);
  }

  /// A picture's description is worth reading where it says something and stands alone.
  void image(std::uint32_t node) {
    const std::string_view alt = tree_.attribute(node, "alt");
    if (!options_.main_content_only && text_.is_blank() && alt.size() > 20 && lists_.empty()) text_.append_text(alt);
  }

  void heading_block(std::uint32_t node) {
    const int level = 1 + static_cast<int>(tree_.nodes()[node].tag - GUMBO_TAG_H1);
    if (!lists_.empty() || quotes_ > 0) {  // Markdown has no headings there that a reader would follow.
      children(node);
      return flush();
    }
    heading(level, node);
  }

  void list(std::uint32_t node) {
    int start = 1;
    const std::string_view text = tree_.attribute(node, "start");
    std::from_chars(text.data(), text.data() + text.size(), start);
    const bool ordered = tree_.nodes()[node].tag == GUMBO_TAG_OL;
    lists_.push_back({ordered ? ListKind::Ordered : ListKind::Bullet, std::clamp(start, 0, 999'999'999), false});
    children(node);
    flush();
    lists_.pop_back();
  }

  void item(std::uint32_t node) {
    const bool loose = lists_.empty();
    if (loose) lists_.push_back({});
    lists_.back().item_begun = false;
    children(node);
    flush();
    if (loose) lists_.pop_back();
  }

  void preformatted(std::uint32_t node) {
    std::string raw;
    for (std::uint32_t i = node; i < tree_.nodes()[node].end; ++i) {
      if (tree_.nodes()[i].dropped) {
        i = tree_.nodes()[i].end - 1;
        continue;
      }
      if (tree_.nodes()[i].tag == GUMBO_TAG_BR) raw += '\n';
      raw += tree_.nodes()[i].text;
    }
    const std::string language = language_of_code(node);
    if (raw.size() > kTypedText && language.empty()) {
      const PlainOptions plain{options_.part, options_.keep_lines ? tree_.nodes()[node].line : 0, true};
      append_plain_text_as_markdown(raw, plain, into_);
    } else {
      writer_.code(language, raw, at(node));
    }
  }

  /// From class="language-c" and the like, on <pre> or the <code> inside.
  std::string language_of_code(std::uint32_t node) const {
    for (std::uint32_t i = node; i < std::min(node + 3, tree_.nodes()[node].end); ++i) {
      const std::string_view name = tree_.attribute(i, "class");
      for (const std::string_view prefix : {"language-", "lang-", "highlight-source-", "brush: "}) {
        const std::size_t found = name.find(prefix);
        if (found == std::string_view::npos) continue;
        const std::size_t begin = found + prefix.size();
        return std::string(name.substr(begin, std::min(name.find_first_of(" ;\"`\n", begin), begin + 20) - begin));
      }
    }
    return {};
  }

  void table(std::uint32_t node) {
    const auto rows = html_table_rows(tree_, node, at(node));
    if (!rows) {
      children(node);
      return flush();
    }
    for (std::uint32_t i = node + 1; i < tree_.nodes()[node].end; i = tree_.nodes()[i].end)
      if (tree_.nodes()[i].tag == GUMBO_TAG_CAPTION && !tree_.nodes()[i].dropped)
        writer_.paragraph(inline_of(tree_, i, HtmlInlineText::Marks::Keep), at(i), TextForm::Markdown);
    writer_.table(*rows, TextForm::Markdown);
  }

  const HtmlTree& tree_;
  const HtmlOptions& options_;
  book::Document& into_;
  MarkdownWriter writer_;
  HtmlInlineText text_;
  book::SourceSpan at_;
  std::vector<List> lists_;
  int quotes_ = 0;
};

bool is_inside(const std::vector<std::uint32_t>& chosen, const HtmlTree& tree, std::uint32_t node) {
  return std::any_of(chosen.begin(), chosen.end(),
                     [&](std::uint32_t root) { return root <= node && node < tree.nodes()[root].end; });
}

/// A page's headline often stands above what else is its content: when the content has none, that one.
std::uint32_t headline_outside(const HtmlTree& tree, const std::vector<std::uint32_t>& chosen,
                               const std::vector<std::uint32_t>& headlines, std::string_view page_title) {
  for (const std::uint32_t node : headlines)
    if (is_inside(chosen, tree, node) && !tree.nodes()[node].dropped && !tree.text_of(node).empty()) return 0;
  for (const std::uint32_t node : headlines) {
    const std::string text = tree.text_of(node);
    if (text.size() >= 4 && page_title.find(text) != std::string_view::npos) return node;
  }
  return 0;
}

std::vector<std::uint32_t> visible_headlines(const HtmlTree& tree) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < tree.nodes().size();) {
    if (!tree.nodes()[i].dropped && tree.nodes()[i].tag == GUMBO_TAG_H1) found.push_back(i);
    i = tree.nodes()[i].dropped ? tree.nodes()[i].end : i + 1;
  }
  return found;
}

}  // namespace

Status append_html_as_markdown(std::string_view utf8_html, const HtmlOptions& options, book::Document& into) {
  OB_TRY(HtmlTree tree, HtmlTree::parse(utf8_html));
  const std::string page_title = take_html_metadata(tree, into);
  drop_invisible(tree);
  const std::vector<std::uint32_t> headlines = visible_headlines(tree);
  std::vector<std::uint32_t> chosen = {0};
  if (options.main_content_only) {
    chosen = choose_main_content(tree);
    trim_content(tree, chosen);
  }
  Renderer renderer(tree, options, into);
  if (const std::uint32_t headline = headline_outside(tree, chosen, headlines, page_title);
      headline && options.main_content_only)
    renderer.heading(1, headline);
  for (const std::uint32_t root : chosen) renderer.render(root);
  if (into.title.empty() && !headlines.empty()) into.title = tree.text_of(headlines.front());
  return {};
}

}  // namespace openbook::read
