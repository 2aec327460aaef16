#include "read/layout_paragraphs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

constexpr std::array<std::string_view, 22> kBullets = {"•", "◦", "▪", "■", "□", "●", "○", "‣", "⁃", "∙", "·",
                                                       "–", "—", "➢", "✓", "❖", "",  "►", "▸", "◆", "-", "*"};

bool ends_sentence(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kEnds = {".",  "!",  "?",  ":",  ";", "。",
                                                             "！", "？", "：", "；", "”", "\""};
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return text.ends_with(end); });
}

// Usual distance from one baseline to the next in a column.
float pitch_of(const std::vector<LayoutLine>& lines) {
  std::vector<float> steps;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const float step = lines[i].box.y1 - lines[i - 1].box.y1;
    if (step > 0.5F * lines[i].size && step < 3 * lines[i].size) steps.push_back(step);
  }
  if (steps.empty()) return 0;
  // The lower quartile: steps within paragraphs, not between them.
  const auto at = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 4);
  std::nth_element(steps.begin(), at, steps.end());
  return *at;
}

float usual_size(const std::vector<LayoutLine>& lines) {
  std::vector<float> sizes;
  for (const LayoutLine& line : lines) sizes.push_back(line.size);
  if (sizes.empty()) return 0;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

struct Column {
  float x0 = 1e9F, x1 = -1e9F, pitch = 0, size = 0;  ///< Usual distance of baselines, usual font size.
};

bool begins_block(const LayoutBlock& block, const LayoutLine& line, const LayoutLine* next, const Column& column) {
  const LayoutLine& last = block.lines.back();
  const float size = std::max(line.size, last.size);
  if (std::abs(line.size - last.size) > 0.12F * size) return true;
  const float step = line.box.y1 - last.box.y1;
  // Larger letters stand further apart.
  const float usual =
      column.pitch > 0 ? column.pitch * std::max(1.0F, size / std::max(1.0F, column.size)) : 1.3F * size;
  if (step > usual * 1.28F + 0.8F && step > 1.2F * size) return true;
  if (step < -2 * size) return true;
  if (((line.style ^ last.style) & kBold) != 0) return true;
  if (((line.style ^ last.style) & kMono) != 0) return true;
  int number = 0;
  if (list_mark(line.text, number) > 0 && (number > 0 || line.text.size() > 2)) {
    if (number == 0 || ends_sentence(last.text) || line.box.x0 < last.box.x0 + 2) return true;
  }
  if (line.style & kMono) return false;
  const float width = column.x1 - column.x0;
  const bool last_short = last.box.x1 < column.x1 - 0.18F * width;
  // The lines of a list item hang below its text, or begin at the column's edge while the item is not at its end.
  if (list_mark(block.lines.front().text, number) > 0)
    return line.box.x0 < block.lines.front().box.x0 - 0.8F * size && (last_short || ends_sentence(last.text));
  const bool indented = line.box.x0 > last.box.x0 + 0.8F * size && line.box.x0 > column.x0 + 0.8F * size;
  const bool next_back = next == nullptr || next->box.x0 < line.box.x0 - 0.5F * size;
  if (indented && next_back && (!last_short || ends_sentence(last.text)) && last.box.x0 < column.x0 + 4 * size)
    return true;
  return last_short && ends_sentence(last.text) && line.box.x0 <= column.x0 + 3 * size;
}

}  // namespace

std::size_t list_mark(std::string_view text, int& number) {
  number = 0;
  for (const std::string_view bullet : kBullets) {
    if (bullet.empty() || !text.starts_with(bullet)) continue;
    std::size_t end = bullet.size();
    if (bullet == "-" || bullet == "–" || bullet == "—" || bullet == "*" || bullet == "·")
      if (end >= text.size() || text[end] != ' ') return 0;
    while (end < text.size() && text[end] == ' ') ++end;
    return end;
  }
  std::size_t at = 0;
  const bool open = !text.empty() && text[0] == '(';
  if (open) ++at;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < 3 && std::isdigit(static_cast<unsigned char>(text[at]))) ++at;
  if (at == begin || at >= text.size()) return 0;
  if (open ? text[at] != ')' : (text[at] != '.' && text[at] != ')')) return 0;
  const std::size_t digits_end = at++;
  if (at >= text.size() || text[at] != ' ') return 0;
  while (at < text.size() && text[at] == ' ') ++at;
  for (std::size_t i = begin; i < digits_end; ++i) number = number * 10 + (text[i] - '0');
  return number > 0 ? at : 0;
}

void add_paragraphs(std::vector<LayoutLine> lines, std::uint32_t page, std::vector<LayoutBlock>& out) {
  std::erase_if(lines, [](const LayoutLine& line) { return line.text.empty(); });
  Column column;
  for (const LayoutLine& line : lines) {
    column.x0 = std::min(column.x0, line.box.x0);
    column.x1 = std::max(column.x1, line.box.x1);
  }
  column.pitch = pitch_of(lines);
  column.size = usual_size(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const LayoutLine* next = i + 1 < lines.size() ? &lines[i + 1] : nullptr;
    if (i == 0 || begins_block(out.back(), lines[i], next, column)) {
      LayoutBlock& block = out.emplace_back();
      block.page = page;
      block.box = lines[i].box;
      block.column_width = column.x1 - column.x0;
    }
    LayoutBlock& block = out.back();
    block.box = book::united(block.box, lines[i].box);
    lines[i].indent = lines[i].box.x0 - column.x0;
    block.lines.push_back(std::move(lines[i]));
  }
}

}  // namespace openbook::read
