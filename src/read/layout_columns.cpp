#include "read/layout_columns.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "read/layout_grid.h"

namespace openbook::read {

namespace {

constexpr float kNarrowestGutter = 6;  ///< Points.
constexpr float kGutterSizes = 0.75F;  ///< Of the font size.

float median_size(const Lines& lines) {
  std::vector<float> sizes;
  for (const auto& line : lines)
    for (const Segment& segment : line)
      if (segment.table < 0) sizes.push_back(segment.size);
  if (sizes.empty()) return 10;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

// How tall a stretch has text on both sides of the gutter, summed over its stretches.
float score_of(const Lines& lines, const Gutter& gutter, float size) {
  float total = 0;
  std::size_t left = 0, right = 0;
  float left0 = 1e9F, left1 = -1e9F, right0 = 1e9F, right1 = -1e9F, nearest_left = -1e9F;
  const auto finish = [&] {
    const float both = std::min(left1, right1) - std::max(left0, right0);
    const bool wide = gutter.end - nearest_left > 2 * size;
    const std::size_t needed = wide ? 2 : 3;
    if (left >= needed && right >= needed && both > 0) total += both;
    left = right = 0;
    left0 = right0 = 1e9F;
    left1 = right1 = nearest_left = -1e9F;
  };
  for (const auto& line : lines) {
    if (crosses(line, gutter)) {
      finish();
      continue;
    }
    bool has_left = false, has_right = false;
    for (const Segment& segment : line) {
      if (segment.box.x1 <= gutter.begin + 0.5F) {
        has_left = true;
        left0 = std::min(left0, segment.box.y0), left1 = std::max(left1, segment.box.y1);
        nearest_left = std::max(nearest_left, segment.box.x1);
      } else {
        has_right = true;
        right0 = std::min(right0, segment.box.y0), right1 = std::max(right1, segment.box.y1);
      }
    }
    left += has_left;
    right += has_right;
  }
  finish();
  return total;
}

// One side of a gutter, measured.
struct Side {
  std::size_t lines = 0, letters = 0, full = 0, marks = 0, running = 0;
  float x0 = 1e9F, x1 = -1e9F;
  float letters_per_line() const { return lines == 0 ? 0 : static_cast<float>(letters) / static_cast<float>(lines); }
  bool is_prose() const {
    return lines >= 3 && ((full * 2 >= lines && letters_per_line() >= 22) || running * 10 >= lines * 6);
  }
};

// Several words, the first of them in small letters: most likely the middle of a sentence.
bool runs_on(const Segment& segment) {
  return segment.words.size() >= 4 && std::islower(static_cast<unsigned char>(segment.words.front()->text[0])) != 0;
}

bool is_list_mark(const Segment& segment) {
  if (segment.words.size() != 1) return false;
  const std::string& text = segment.words.front()->text;
  if (text.size() > 5) return false;
  if (text.size() <= 3 && static_cast<unsigned char>(text[0]) >= 0xC2) return true;
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) || c == '.' || c == ')' || c == '(';
  });
  return digits || text == "-" || text == "*" || text == "o" ||
         (text.size() <= 3 && (text.back() == '.' || text.back() == ')'));
}

Side measure(const Lines& band, bool left, const Gutter& gutter) {
  Side side;
  std::vector<float> widths;
  for (const auto& line : band) {
    float x0 = 1e9F, x1 = -1e9F;
    std::size_t letters = 0, segments = 0;
    bool mark = true;
    for (const Segment& segment : line) {
      if ((segment.box.x1 <= gutter.begin + 0.5F) != left) continue;
      x0 = std::min(x0, segment.box.x0), x1 = std::max(x1, segment.box.x1);
      letters += segment.letters();
      mark = mark && is_list_mark(segment);
      ++segments;
    }
    if (segments == 0) continue;
    ++side.lines;
    side.marks += mark;
    side.letters += letters;
    side.x0 = std::min(side.x0, x0), side.x1 = std::max(side.x1, x1);
    widths.push_back(segments <= 2 ? x1 - x0 : 0);
  }
  for (const float width : widths) side.full += width >= 0.78F * (side.x1 - side.x0);
  return side;
}

// Where the cells of a table stand: x ranges between strips that hardly a line reaches into. Header cells that span
// columns do, so a few lines may.
std::vector<Gutter> table_columns(const Lines& band, float size) {
  float x0 = 1e9F, x1 = -1e9F;
  for (const auto& line : band)
    for (const Segment& segment : line) x0 = std::min(x0, segment.box.x0), x1 = std::max(x1, segment.box.x1);
  if (!(x1 > x0) || x1 - x0 > 20'000) return {};
  // How many lines cover each point.
  std::vector<int> cover(static_cast<std::size_t>(x1 - x0) + 2);
  for (const auto& line : band)
    for (const Segment& segment : line)
      for (auto x = static_cast<std::size_t>(segment.box.x0 - x0 + 0.5F);
           x < static_cast<std::size_t>(segment.box.x1 - x0 + 0.5F); ++x)
        ++cover[x];
  std::size_t most = 0;
  for (const auto& line : band) most = std::max(most, line.size());
  std::size_t spanning = 0;  // Lines with far fewer cells than the fullest.
  for (const auto& line : band) spanning += line.size() * 2 <= most;
  const int allowed = static_cast<int>(std::min(spanning, band.size() * 3 / 20 + (band.size() >= 4 ? 1 : 0)));
  std::vector<Gutter> columns;
  std::size_t empty = 0;
  bool open = false;
  for (std::size_t x = 0; x < cover.size(); ++x) {
    if (cover[x] <= allowed) {
      ++empty;
      continue;
    }
    if (!open || static_cast<float>(empty) >= 0.3F * size)
      columns.push_back({x0 + static_cast<float>(x), x0 + static_cast<float>(x)});
    open = true;
    empty = 0;
    columns.back().end = x0 + static_cast<float>(x) + 1;
  }
  return columns;
}

std::size_t column_at(const std::vector<Gutter>& columns, const Segment& segment) {
  std::size_t best = 0;
  float most = -1e9F;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const float overlap = std::min(columns[c].end, segment.box.x1) - std::max(columns[c].begin, segment.box.x0);
    if (overlap > most + 0.01F) best = c, most = overlap;
  }
  return best;
}

bool is_number(const std::string& text) {
  std::size_t digits = 0;
  for (const char c : text) digits += std::isdigit(static_cast<unsigned char>(c)) != 0;
  return digits * 2 >= text.size() && digits > 0;
}

struct TableShape {
  std::size_t columns = 0, lines = 0, aligned = 0, prose = 0, cells = 0, letters = 0, numbers = 0;
};

TableShape shape_of(const Lines& band, const std::vector<Gutter>& columns) {
  TableShape shape{columns.size(), band.size()};
  std::vector<Side> sides(columns.size());
  for (const auto& line : band) {
    std::vector<bool> used(columns.size());
    for (const Segment& segment : line) {
      const std::size_t c = column_at(columns, segment);
      used[c] = true;
      ++shape.cells;
      const std::size_t letters = segment.letters();
      shape.letters += letters;
      if (letters < 16 && is_number(segment.words.front()->text)) ++shape.numbers;
      ++sides[c].lines;
      sides[c].letters += letters;
      sides[c].running += runs_on(segment);
      sides[c].full += segment.box.x1 - segment.box.x0 >= 0.78F * (columns[c].end - columns[c].begin);
    }
    shape.aligned += std::count(used.begin(), used.end(), true) >= 2;
  }
  for (const Side& side : sides) shape.prose += side.is_prose();
  return shape;
}

bool is_table(const Lines& band, float size) {
  for (const auto& line : band)
    for (const Segment& segment : line)
      if (segment.table >= 0) return false;
  const std::vector<Gutter> columns = table_columns(band, size);
  if (columns.size() < 2) return false;
  const TableShape shape = shape_of(band, columns);
  if (shape.columns < 2 || shape.lines < 2 || (shape.columns == 2 && shape.lines < 3)) return false;
  if (shape.aligned * 10 < shape.lines * 6 || shape.prose >= 2) return false;
  if (shape.prose == 1 && shape.columns == 2 && shape.aligned * 10 < shape.lines * 9) return false;
  const float letters = static_cast<float>(shape.letters) / static_cast<float>(std::max<std::size_t>(1, shape.cells));
  return letters <= (shape.columns == 2 && shape.numbers * 4 < shape.lines ? 28.0F : 40.0F);
}

// Short texts on the left, each level with a line of the longer text on the right.
bool is_labels(const Lines& band, const Gutter& gutter, const Side& left, const Side& right) {
  if (left.letters_per_line() > 36 || !right.is_prose() || left.lines * 10 > right.lines * 7 || left.lines < 2)
    return false;
  std::size_t level = 0;
  for (const auto& line : band) {
    const bool has_left = line.front().box.x1 <= gutter.begin + 0.5F, has_right = line.back().box.x0 >= gutter.end - 1;
    level += has_left && has_right;
  }
  return level * 10 >= left.lines * 8;
}

}  // namespace

bool crosses(const std::vector<Segment>& line, const Gutter& gutter) {
  for (const Segment& segment : line)
    if (segment.box.x0 < gutter.end - 0.25F && segment.box.x1 > gutter.begin + 0.5F) return true;
  return false;
}

Gutter best_gutter(const Lines& lines) {
  const float size = median_size(lines);
  const float width = std::max(kNarrowestGutter, kGutterSizes * size);
  std::vector<float> starts;
  float x0 = 1e9F;
  for (const auto& line : lines) {
    for (const Segment& segment : line) {
      starts.push_back(segment.box.x0);
      x0 = std::min(x0, segment.box.x0);
    }
  }
  std::sort(starts.begin(), starts.end());
  Gutter best;
  float best_score = 0, last = -1e9F;
  for (const float start : starts) {
    if (start - last < 1.5F || start - width <= x0 + 2) continue;
    last = start;
    const Gutter gutter{start - width, start};
    const float score = score_of(lines, gutter, size);
    if (score > best_score) best = gutter, best_score = score;
  }
  return best_score > 1.5F * size ? best : Gutter{};
}

BandKind kind_of(const Lines& band, const Gutter& gutter) {
  const float size = median_size(band);
  const Side left = measure(band, true, gutter), right = measure(band, false, gutter);
  if (left.lines == 0 || right.lines == 0) return BandKind::Lines;
  if (left.marks * 10 >= left.lines * 8 && !(right.marks * 10 >= right.lines * 8)) return BandKind::Lines;
  if (is_table(band, size)) return BandKind::Table;
  if (is_labels(band, gutter, left, right)) return BandKind::Labels;
  return BandKind::Columns;
}

bool is_text_table(const Lines& band) {
  return is_table(band, median_size(band));
}

std::vector<std::vector<LayoutCell>> table_rows(const Lines& band) {
  const float size = median_size(band);
  const std::vector<Gutter> columns = table_columns(band, size);
  if (columns.empty()) return {};
  std::vector<std::vector<std::vector<const LayoutWord*>>> rows;
  float last_y1 = -1e9F;
  for (const auto& line : band) {
    std::vector<std::vector<const LayoutWord*>> row(columns.size());
    std::size_t used = 0, numbers = 0;
    float y0 = 1e9F, y1 = -1e9F;
    for (const Segment& segment : line) {
      auto& cell = row[column_at(columns, segment)];
      used += cell.empty();
      numbers += is_number(segment.words.front()->text);
      cell.insert(cell.end(), segment.words.begin(), segment.words.end());
      y0 = std::min(y0, segment.box.y0), y1 = std::max(y1, segment.box.y1);
    }
    const bool continues = !rows.empty() && row.front().empty() && numbers == 0 && used * 2 <= columns.size() &&
                           y0 - last_y1 < 0.45F * size && !rows.back().front().empty();
    if (continues) {
      for (std::size_t c = 0; c < row.size(); ++c)
        rows.back()[c].insert(rows.back()[c].end(), row[c].begin(), row[c].end());
    } else {
      rows.push_back(std::move(row));
    }
    last_y1 = y1;
  }
  std::vector<std::vector<LayoutCell>> out;
  for (const auto& row : rows) {
    auto& cells = out.emplace_back();
    for (const auto& words : row) cells.push_back(cell_of(words));
  }
  return out;
}

}  // namespace openbook::read
