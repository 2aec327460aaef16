#include "read/layout.h"

#include <algorithm>

#include "read/layout_columns.h"
#include "read/layout_grid.h"
#include "read/layout_paragraphs.h"
#include "read/layout_words.h"

namespace openbook::read {

namespace {

constexpr int kMaxDepth = 16;  ///< Of columns within columns.

// Puts the parts of one page in reading order.
class Order {
 public:
  Order(std::vector<FoundTable> tables, std::uint32_t page, std::vector<LayoutBlock>& out)
      : tables_(std::move(tables)), page_(page), out_(out) {}

  void region(std::vector<Segment> segments, int depth) {
    const std::size_t count = segments.size();
    Lines lines = lines_of(std::move(segments));
    const Gutter gutter = depth < kMaxDepth && count > 3 ? best_gutter(lines) : Gutter{};
    if (!gutter.found()) {
      leaf(lines);
      return;
    }
    for (std::size_t i = 0; i < lines.size();) {
      const bool crossing = crosses(lines[i], gutter);
      std::size_t j = i + 1;
      while (j < lines.size() && crosses(lines[j], gutter) == crossing) ++j;
      Lines part(std::make_move_iterator(lines.begin() + static_cast<std::ptrdiff_t>(i)),
                 std::make_move_iterator(lines.begin() + static_cast<std::ptrdiff_t>(j)));
      if (crossing)
        again(std::move(part), count, depth);
      else
        band(std::move(part), gutter, depth);
      i = j;
    }
  }

 private:
  static std::vector<Segment> flat(Lines lines) {
    std::vector<Segment> out;
    for (auto& line : lines)
      for (Segment& segment : line) out.push_back(std::move(segment));
    return out;
  }

  void again(Lines lines, std::size_t parent_count, int depth) {
    std::vector<Segment> segments = flat(std::move(lines));
    if (segments.size() < parent_count)
      region(std::move(segments), depth + 1);
    else
      leaf(lines_of(std::move(segments)));
  }

  void band(Lines lines, const Gutter& gutter, int depth) {
    switch (kind_of(lines, gutter)) {
      case BandKind::Table:
        table(lines);
        break;
      case BandKind::Labels:
        labels(std::move(lines), gutter, depth);
        break;
      case BandKind::Columns:
        columns(std::move(lines), gutter, depth);
        break;
      case BandKind::Lines:
        leaf(lines);
        break;
    }
  }

  void columns(Lines lines, const Gutter& gutter, int depth) {
    std::vector<Segment> left, right;
    for (Segment& segment : flat(std::move(lines)))
      (segment.box.x1 <= gutter.begin + 0.5F ? left : right).push_back(std::move(segment));
    region(std::move(left), depth + 1);
    region(std::move(right), depth + 1);
  }

  void labels(Lines lines, const Gutter& gutter, int depth) {
    Lines stretch;
    bool last_had_left = false;
    for (auto& line : lines) {
      const bool left = line.front().box.x1 <= gutter.begin + 0.5F;
      if (left && !last_had_left && !stretch.empty()) columns(std::move(stretch), gutter, depth), stretch = {};
      last_had_left = left;
      stretch.push_back(std::move(line));
    }
    columns(std::move(stretch), gutter, depth);
  }

  void table(const Lines& lines) {
    auto rows = table_rows(lines);
    if (!drop_empty(rows)) {
      leaf(lines);
      return;
    }
    LayoutBlock& block = out_.emplace_back();
    block.kind = LayoutKind::Table;
    block.page = page_;
    block.rows = std::move(rows);
    for (const auto& line : lines)
      for (const Segment& segment : line)
        block.box = block.box.known() ? book::united(block.box, segment.box) : segment.box;
  }

  void leaf(const Lines& lines) {
    std::vector<LayoutLine> pending;
    for (const auto& line : lines) {
      if (line.front().table < 0) {
        pending.push_back(line_of(line));
        continue;
      }
      add_paragraphs(std::move(pending), page_, out_);
      pending = {};
      FoundTable& found = tables_[static_cast<std::size_t>(line.front().table)];
      LayoutBlock& block = out_.emplace_back();
      block.kind = LayoutKind::Table;
      block.page = page_;
      block.box = found.box;
      block.rows = std::move(found.rows);
    }
    add_paragraphs(std::move(pending), page_, out_);
  }

  std::vector<FoundTable> tables_;
  std::uint32_t page_;
  std::vector<LayoutBlock>& out_;
};

void add_turned(const std::vector<const LayoutWord*>& words, std::uint32_t page, std::vector<LayoutBlock>& out) {
  for (const LayoutWord* word : words) {
    if (word == nullptr || !word->turned) continue;
    LayoutBlock& block = out.emplace_back();
    block.page = page;
    block.box = word->box;
    block.lines.push_back({word->text, word->box, word->size, word->style, 0});
  }
}

void to_page_boxes(PageLayout& layout, int turn) {
  const auto convert = [&](book::Box& box) {
    if (box.known()) box = page_box(box, turn, layout.width, layout.height);
  };
  for (LayoutBlock& block : layout.blocks) {
    convert(block.box);
    for (LayoutLine& line : block.lines) convert(line.box);
    for (auto& row : block.rows)
      for (LayoutCell& cell : row) convert(cell.box);
  }
}

}  // namespace

PageLayout lay_out(const PageContent& page) {
  PageLayout layout{page.number, page.width, page.height, {}};
  const UprightWords upright = words_of(page);
  std::vector<const LayoutWord*> words;
  for (const LayoutWord& word : upright.words) words.push_back(&word);
  std::vector<book::Box> rules;
  for (const book::Box& rule : page.rules) rules.push_back(upright_box(rule, upright.turn, page.width, page.height));
  std::vector<FoundTable> tables = ruled_tables(rules, words, upright.width, upright.height);

  std::vector<const LayoutWord*> free;
  for (const LayoutWord* word : words)
    if (word != nullptr) free.push_back(word);
  std::vector<Segment> segments = segments_of(free);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    Segment& segment = segments.emplace_back();
    segment.box = tables[i].box;
    segment.table = static_cast<int>(i);
  }
  Order(std::move(tables), page.number, layout.blocks).region(std::move(segments), 0);
  add_turned(free, page.number, layout.blocks);
  to_page_boxes(layout, upright.turn);
  return layout;
}

}  // namespace openbook::read
