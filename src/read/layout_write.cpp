#include <algorithm>
#include <cmath>

#include "read/layout.h"
#include "read/layout_hyphens.h"
#include "read/layout_margins.h"
#include "read/layout_paragraphs.h"
#include "read/layout_roles.h"
#include "read/markdown_writer.h"
#include "text/characters.h"
#include "text/markdown.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

// A block with its role, on the way to the Markdown.
struct Item {
  Role role = Role::Paragraph;
  int level = 0;
  const LayoutBlock* block = nullptr;
  std::vector<const LayoutBlock*> more;  ///< Blocks that continue it.
};

bool ends_sentence(std::string_view text) {
  while (!text.empty() && (text.back() == '"' || text.back() == ')' || text.back() == '\'')) text.remove_suffix(1);
  if (text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':')) return true;
  for (const std::string_view end : {"。", "！", "？", "：", "；", "”", "」"})
    if (text.ends_with(end)) return true;
  return false;
}

// Can a sentence go on with this?
bool continues_sentence(std::string_view text) {
  std::size_t at = 0;
  const char32_t c = text.empty() ? 0 : text::next_code_point(text, at);
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF) || (c >= 0x430 && c <= 0x45F) || text::is_cjk(c);
}

const LayoutBlock& last_block(const Item& item) {
  return item.more.empty() ? *item.block : *item.more.back();
}

bool runs_on(const Item& item, const LayoutBlock& next) {
  const LayoutBlock& last = last_block(item);
  if ((item.role != Role::Paragraph && item.role != Role::ListItem) || last.lines.empty() || next.lines.empty())
    return false;
  const LayoutLine& end = last.lines.back();
  const LayoutLine& begin = next.lines.front();
  if (std::abs(end.size - begin.size) > 0.08F * end.size || ((end.style ^ begin.style) & kBold) != 0) return false;
  // Only over a column's or a page's end.
  if (last.page == next.page && next.box.y0 > last.box.y0 && std::abs(next.box.x0 - last.box.x0) < 3 * end.size)
    return false;
  if (next.page > last.page + 1) return false;
  if (end.text.ends_with('-')) return continues_sentence(begin.text);
  const bool full = end.box.x1 - end.box.x0 + end.indent > 0.75F * last.column_width;
  return full && !ends_sentence(end.text) && continues_sentence(begin.text);
}

bool same_columns(const LayoutBlock& a, const LayoutBlock& b) {
  if (a.rows.empty() || b.rows.empty() || a.rows.front().size() != b.rows.front().size()) return false;
  return std::abs(a.box.x0 - b.box.x0) < 12 && std::abs(a.box.x1 - b.box.x1) < 40;
}

std::vector<Item> items_of(const std::vector<PageLayout>& pages, const Roles& roles) {
  std::vector<Item> items;
  for (const PageLayout& page : pages) {
    bool first = true;
    for (const LayoutBlock& block : page.blocks) {
      const auto [role, level] = roles.of(block);
      if (!items.empty()) {
        Item& last = items.back();
        const LayoutBlock& end = last_block(last);
        const bool joins =
            (role == Role::Paragraph && runs_on(last, block)) || (role == Role::Code && last.role == Role::Code) ||
            (role == Role::Heading && last.role == Role::Heading && last.level == level && end.page == block.page &&
             std::abs(end.lines.back().size - block.lines.front().size) < 0.3F &&
             end.lines.front().size > 1.3F * roles.body_size() &&
             block.box.y0 - end.box.y1 < 0.6F * block.lines.front().size && block.box.y0 > end.box.y0) ||
            (first && role == Role::Table && last.role == Role::Table && end.page + 1 == block.page &&
             same_columns(end, block));
        if (joins) {
          last.more.push_back(&block);
          first = false;
          continue;
        }
      }
      items.push_back({role, level, &block, {}});
      first = false;
    }
  }
  return items;
}

class PageWriter {
 public:
  PageWriter(const std::vector<PageLayout>& pages, book::Document& document)
      : words_(pages), document_(document), out_(document) {}

  void write(const Item& item) {
    switch (item.role) {
      case Role::Heading:
        out_.heading(item.level, text_of(item, 0), span_of(*item.block));
        depths_.clear();
        break;
      case Role::ListItem:
        list_item(item);
        return;
      case Role::Code:
        out_.code("", code_of(item), span_of(*item.block));
        break;
      case Role::Table:
        table(item);
        break;
      case Role::Paragraph:
        paragraph(item);
        break;
    }
    depths_.clear();
  }

 private:
  static book::SourceSpan span_of(const LayoutBlock& block) {
    book::SourceSpan span;
    span.page = block.page;
    span.box = block.box;
    return span;
  }

  // The text of all lines; `skip` bytes of the first one are left out. Offsets where further blocks begin are kept.
  std::string text_of(const Item& item, std::size_t skip) {
    std::string text;
    starts_.clear();
    const auto add = [&](const LayoutBlock& block, std::size_t from) {
      for (const LayoutLine& line : block.lines) {
        append_line(text, std::string_view(line.text).substr(from), words_);
        from = 0;
      }
    };
    add(*item.block, skip);
    for (const LayoutBlock* block : item.more) {
      starts_.push_back(text.size());
      add(*block, 0);
    }
    return text;
  }

  void paragraph(const Item& item) {
    const std::string text = text_of(item, 0);
    const std::size_t spans = document_.source.spans.size();
    out_.paragraph(text, span_of(*item.block));
    part_span(item, text, spans);
  }

  // One span for each block that the text came from.
  void part_span(const Item& item, const std::string& text, std::size_t spans) {
    auto& all = document_.source.spans;
    if (item.more.empty() || all.size() != spans + 1) return;
    const book::SourceSpan whole = all.back();
    all.pop_back();
    std::uint32_t begin = whole.range.begin;
    for (std::size_t i = 0; i <= starts_.size(); ++i) {
      std::uint32_t end = whole.range.end;
      if (i < starts_.size()) {
        const auto size = text::escape_markdown(std::string_view(text).substr(0, starts_[i])).size();
        end = std::min(end, whole.range.begin + static_cast<std::uint32_t>(size));
      }
      book::SourceSpan part = span_of(i == 0 ? *item.block : *item.more[i - 1]);
      part.range = {begin, end};
      document_.source.add(part);
      begin = end;
    }
  }

  void list_item(const Item& item) {
    const LayoutBlock& block = *item.block;
    int number = 0;
    const std::size_t mark = list_mark(block.lines.front().text, number);
    while (!depths_.empty() && depths_.back() > block.box.x0 + 4) depths_.pop_back();
    if (depths_.empty() || block.box.x0 > depths_.back() + 4) depths_.push_back(block.box.x0);
    out_.list_item(static_cast<int>(depths_.size()), number > 0 ? ListKind::Ordered : ListKind::Bullet, number,
                   text_of(item, mark), span_of(block));
  }

  std::string code_of(const Item& item) {
    float left = item.block->box.x0;
    for (const LayoutBlock* block : item.more) left = std::min(left, block->box.x0);
    std::string text;
    const LayoutLine* last = nullptr;
    const auto add = [&](const LayoutBlock& block) {
      for (const LayoutLine& line : block.lines) {
        if (last != nullptr) text += line.box.y0 - last->box.y1 > line.size ? "\n\n" : "\n";
        const float columns = (line.box.x0 - left) / (0.6F * std::max(1.0F, line.size));
        text.append(static_cast<std::size_t>(std::clamp(columns + 0.5F, 0.0F, 60.0F)), ' ');
        text += line.text;
        last = &line;
      }
    };
    add(*item.block);
    for (const LayoutBlock* block : item.more) add(*block);
    return text;
  }

  void table(const Item& item) {
    std::vector<TableCell> cells;
    const auto& header = item.block->rows.front();
    const auto fill = [&](const std::vector<LayoutCell>& row, std::uint32_t page) {
      cells.clear();
      for (const LayoutCell& cell : row) {
        TableCell& out = cells.emplace_back();
        out.text = cell.text;
        out.at.page = page;
        out.at.box = cell.box;
      }
    };
    const auto same = [](const std::vector<LayoutCell>& a, const std::vector<LayoutCell>& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                        [](const LayoutCell& x, const LayoutCell& y) { return x.text == y.text; });
    };
    fill(header, item.block->page);
    out_.table_header(cells, header.size());
    const auto add = [&](const LayoutBlock& block, std::size_t from) {
      for (std::size_t r = from; r < block.rows.size(); ++r) {
        fill(block.rows[r], block.page);
        out_.table_row(cells);
      }
    };
    add(*item.block, 1);
    for (const LayoutBlock* block : item.more) add(*block, same(block->rows.front(), header) ? 1 : 0);
  }

  Vocabulary words_;
  book::Document& document_;
  MarkdownWriter out_;
  std::vector<std::size_t> starts_;
  std::vector<float> depths_;  ///< Left edges of the list levels under way.
};

}  // namespace

std::string write_pages(std::vector<PageLayout> pages, const std::vector<OutlineEntry>& outline,
                        book::Document& document) {
  drop_running_lines(pages);
  const Roles roles(pages, outline);
  const std::vector<Item> items = items_of(pages, roles);
  PageWriter writer(pages, document);
  std::string title;
  int level = 7;
  for (const Item& item : items) {
    if (item.role == Role::Heading && item.level < level && item.block->page <= pages.front().number + 1) {
      level = item.level;
      title = joined_text(*item.block);
      for (const LayoutBlock* block : item.more) title += ' ' + joined_text(*block);
    }
    writer.write(item);
  }
  return title;
}

}  // namespace openbook::read
