#include "read/layout_grid.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "read/layout_columns.h"
#include "read/layout_rules.h"
#include "read/layout_words.h"

namespace openbook::read {

namespace {

constexpr float kSameEdge = 3.5F;          ///< Points: borders this near are one.
constexpr float kDrawn = 0.5F;             ///< Share of a cell's side that a line must cover to be its border.
constexpr std::size_t kMaxCells = 40'000;  ///< Of one table; a finer grid is a drawing.

float covered(const std::vector<RuleLine>& lines, float at, float begin, float end) {
  float total = 0;
  for (const RuleLine& line : lines)
    if (std::abs(line.at - at) <= kSameEdge)
      total = std::max(total, std::min(line.end, end) - std::max(line.begin, begin));
  return end > begin ? total / (end - begin) : 0;
}

// The grid that a group of rules draws, and which of its borders are there.
struct Grid {
  std::vector<float> xs, ys;
  std::size_t columns() const { return xs.empty() ? 0 : xs.size() - 1; }
  std::size_t rows() const { return ys.empty() ? 0 : ys.size() - 1; }
};

void add_edge(std::vector<float>& edges, float at) {
  for (const float edge : edges)
    if (std::abs(edge - at) <= kSameEdge * 2) return;
  edges.insert(std::upper_bound(edges.begin(), edges.end(), at), at);
}

Grid grid_of(const RuleGroup& group) {
  Grid grid{positions(group.upright, kSameEdge), positions(group.level, kSameEdge)};
  for (const RuleLine& line : group.level) {
    if (line.end - line.begin < 20) continue;
    add_edge(grid.xs, line.begin);
    add_edge(grid.xs, line.end);
  }
  for (const RuleLine& line : group.upright) {
    if (line.end - line.begin < 8) continue;
    add_edge(grid.ys, line.begin);
    add_edge(grid.ys, line.end);
  }
  return grid;
}

std::size_t slot_of(const std::vector<float>& edges, float at) {
  const auto next = std::upper_bound(edges.begin(), edges.end(), at);
  if (next == edges.begin() || next == edges.end()) return edges.size();
  return static_cast<std::size_t>(next - edges.begin()) - 1;
}

using CellWords = std::vector<std::vector<std::vector<const LayoutWord*>>>;

// Text that runs over the border between columns c - 1 and c within row r.
bool text_crosses(const std::vector<Segment>& segments, const Grid& grid, std::size_t r, std::size_t c) {
  return std::any_of(segments.begin(), segments.end(), [&](const Segment& segment) {
    const float y = segment.middle_y();
    return y > grid.ys[r] && y < grid.ys[r + 1] && segment.box.x0 < grid.xs[c] - 2 && segment.box.x1 > grid.xs[c] + 2;
  });
}

// Columns that no line parts: where text stands side by side in most rows, a border is added between.
void add_columns(Grid& grid, const std::vector<Segment>& segments) {
  std::vector<float> added;
  for (std::size_t c = 0; c < grid.columns(); ++c) {
    std::vector<std::pair<float, float>> spans;  // Begin, end.
    std::vector<float> heights;
    float size = 0;
    for (const Segment& segment : segments) {
      if (segment.box.x0 < grid.xs[c] - 2 || segment.box.x1 > grid.xs[c + 1] + 2) continue;
      spans.emplace_back(segment.box.x0, segment.box.x1);
      heights.push_back(segment.middle_y());
      size = std::max(size, segment.size);
    }
    if (spans.size() < 6) continue;
    std::sort(heights.begin(), heights.end());
    std::size_t lines = 1;
    for (std::size_t i = 1; i < heights.size(); ++i) lines += heights[i] - heights[i - 1] > 0.5F * size;
    if (spans.size() * 2 < lines * 3) continue;
    std::sort(spans.begin(), spans.end());
    float end = spans.front().second;
    for (const auto& [x0, x1] : spans) {
      if (x0 > end + 0.3F * size) added.push_back((end + x0) / 2);
      end = std::max(end, x1);
    }
  }
  grid.xs.insert(grid.xs.end(), added.begin(), added.end());
  std::sort(grid.xs.begin(), grid.xs.end());
}

// Cells joined over borders that are not drawn: each points at the cell that holds its text.
std::vector<std::size_t> owners(const RuleGroup& group, const Grid& grid, const std::vector<Segment>& segments) {
  const std::size_t columns = grid.columns();
  std::vector<std::size_t> owner(grid.rows() * columns);
  for (std::size_t r = 0; r < grid.rows(); ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      std::size_t& mine = owner[r * columns + c];
      mine = r * columns + c;
      if (c > 0 && covered(group.upright, grid.xs[c], grid.ys[r], grid.ys[r + 1]) < kDrawn &&
          text_crosses(segments, grid, r, c))
        mine = owner[r * columns + c - 1];
      else if (r > 0 && covered(group.level, grid.ys[r], grid.xs[c], grid.xs[c + 1]) < kDrawn)
        mine = owner[(r - 1) * columns + c];
    }
  }
  return owner;
}

// Rows that no line parts: a tall row whose columns hold lines of text side by side is as many rows.
std::vector<std::vector<LayoutCell>> split_row(const std::vector<std::vector<const LayoutWord*>>& cells) {
  std::vector<const LayoutWord*> all;
  for (const auto& cell : cells) all.insert(all.end(), cell.begin(), cell.end());
  const auto lines = lines_of(segments_of(all));
  std::size_t filled = 0, full_lines = 0;
  for (const auto& cell : cells) filled += !cell.empty();
  std::unordered_map<const LayoutWord*, std::size_t> column_of;
  for (std::size_t c = 0; c < cells.size(); ++c)
    for (const LayoutWord* word : cells[c]) column_of[word] = c;
  std::vector<std::vector<std::vector<const LayoutWord*>>> rows;
  for (const auto& line : lines) {
    auto& row = rows.emplace_back(cells.size());
    std::size_t used = 0;
    for (const Segment& segment : line)
      for (const LayoutWord* word : segment.words) row[column_of[word]].push_back(word);
    for (const auto& cell : row) used += !cell.empty();
    full_lines += used * 10 >= filled * 7;
  }
  std::vector<std::vector<LayoutCell>> out;
  if (filled < 2 || lines.size() < 3 || full_lines * 10 < lines.size() * 7) {
    auto& row = out.emplace_back();
    for (const auto& cell : cells) row.push_back(cell_of(cell));
    return out;
  }
  for (const auto& row : rows) {
    auto& target = out.emplace_back();
    for (const auto& cell : row) target.push_back(cell_of(cell));
  }
  return out;
}

std::vector<Segment> segments_within(const std::vector<const LayoutWord*>& words, const Grid& grid) {
  std::vector<const LayoutWord*> inside;
  for (const LayoutWord* word : words) {
    if (word == nullptr) continue;
    const float x = (word->box.x0 + word->box.x1) / 2, y = (word->box.y0 + word->box.y1) / 2;
    if (x > grid.xs.front() && x < grid.xs.back() && y > grid.ys.front() && y < grid.ys.back()) inside.push_back(word);
  }
  return segments_of(inside);
}

// A frame without inner borders, read as a table without lines. Its words are taken if it is one.
bool table_by_text(const std::vector<Segment>& segments, std::vector<FoundTable>& tables,
                   std::vector<const LayoutWord*>& words) {
  const Lines band = lines_of(segments);
  if (!is_text_table(band)) return false;
  FoundTable table{{}, table_rows(band)};
  if (!drop_empty(table.rows)) return false;
  std::unordered_set<const LayoutWord*> taken;
  for (const Segment& segment : segments) {
    table.box = book::united(table.box, segment.box);
    taken.insert(segment.words.begin(), segment.words.end());
  }
  for (const LayoutWord*& word : words)
    if (taken.contains(word)) word = nullptr;
  tables.push_back(std::move(table));
  return true;
}

bool is_table(const std::vector<std::vector<LayoutCell>>& rows) {
  std::size_t filled = 0, total = 0, letters = 0, in_long_cells = 0;
  for (const auto& row : rows) {
    for (const LayoutCell& cell : row) {
      ++total;
      filled += !cell.text.empty();
      letters += cell.text.size();
      if (cell.text.size() > 450) in_long_cells += cell.text.size();
    }
  }
  // Frames around the columns of a page hold prose, drawings hold labels here and there.
  if (in_long_cells * 2 > letters) return false;
  return filled >= 3 && filled * 4 >= total;
}

}  // namespace

LayoutCell cell_of(const std::vector<const LayoutWord*>& words) {
  LayoutCell cell;
  std::vector<const LayoutWord*> upright;
  for (const LayoutWord* word : words) {
    cell.box = cell.text.empty() && upright.empty() ? word->box : book::united(cell.box, word->box);
    if (word->turned)
      append_joined(cell.text, word->text);
    else
      upright.push_back(word);
  }
  for (const auto& line : lines_of(segments_of(upright))) {
    const std::string text = line_of(line).text;
    const bool hyphen =
        cell.text.size() > 1 && cell.text.back() == '-' && !text.empty() && text[0] >= 'a' && text[0] <= 'z';
    if (hyphen) {
      cell.text.pop_back();
      cell.text += text;
    } else {
      append_joined(cell.text, text);
    }
  }
  return cell;
}

bool drop_empty(std::vector<std::vector<LayoutCell>>& rows) {
  std::erase_if(rows, [](const auto& row) {
    return std::all_of(row.begin(), row.end(), [](const LayoutCell& cell) { return cell.text.empty(); });
  });
  if (rows.empty()) return false;
  for (std::size_t c = rows.front().size(); c-- > 0;) {
    if (std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return !row[c].text.empty(); })) continue;
    for (auto& row : rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
  }
  return rows.size() >= 2 && rows.front().size() >= 2;
}

std::vector<FoundTable> ruled_tables(const std::vector<book::Box>& rules, std::vector<const LayoutWord*>& words,
                                     float page_width, float page_height) {
  std::vector<FoundTable> tables;
  for (const RuleGroup& group : group_rules(rules)) {
    Grid grid = grid_of(group);
    if (grid.columns() < 1 || grid.rows() < 1 || grid.columns() * grid.rows() > kMaxCells) continue;
    const std::vector<Segment> segments = segments_within(words, grid);
    // Lines between rows alone do not tell where the columns are; the text does.
    if (positions(group.upright, kSameEdge).size() <= 2 && table_by_text(segments, tables, words)) continue;
    add_columns(grid, segments);
    const std::size_t columns = grid.columns();
    if (columns < 2) continue;
    const std::vector<std::size_t> owner = owners(group, grid, segments);
    CellWords cells(grid.rows(), std::vector<std::vector<const LayoutWord*>>(columns));
    std::vector<std::size_t> taken;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == nullptr) continue;
      const book::Box& box = words[i]->box;
      const std::size_t c = slot_of(grid.xs, (box.x0 + box.x1) / 2), r = slot_of(grid.ys, (box.y0 + box.y1) / 2);
      if (c >= columns || r >= grid.rows()) continue;
      const std::size_t at = owner[r * columns + c];
      cells[at / columns][at % columns].push_back(words[i]);
      taken.push_back(i);
    }
    if (taken.empty()) continue;
    FoundTable table{{grid.xs.front(), grid.ys.front(), grid.xs.back(), grid.ys.back()}, {}};
    for (const auto& row : cells)
      for (auto& split : split_row(row)) table.rows.push_back(std::move(split));
    if (!drop_empty(table.rows) || !is_table(table.rows)) continue;
    table.box.x0 = std::max(table.box.x0, 0.0F), table.box.y0 = std::max(table.box.y0, 0.0F);
    table.box.x1 = std::min(table.box.x1, page_width), table.box.y1 = std::min(table.box.y1, page_height);
    for (const std::size_t i : taken) words[i] = nullptr;
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace openbook::read
