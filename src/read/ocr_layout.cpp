#include "read/ocr_layout.h"

#include <algorithm>

#include "read/layout_words.h"

namespace openbook::read {

namespace {

constexpr float kLeastConfidence = 15;  ///< Of 100.
constexpr float kSameSize = 0.4F;       ///< Heights that differ by less are noise: they depend on a line's letters.

bool same_paragraph(const OcrWord& a, const OcrWord& b) {
  return a.block == b.block && a.paragraph == b.paragraph;
}

float median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

LayoutLine line_of_words(std::span<const OcrWord> words, float scale) {
  LayoutLine line;
  std::vector<float> heights;
  for (const OcrWord& word : words) {
    append_joined(line.text, word.text);
    const book::Box box{word.box.x0 * scale, word.box.y0 * scale, word.box.x1 * scale, word.box.y1 * scale};
    line.box = book::united(line.box, box);
    // Text on its side has tall boxes for words; the shorter side of a word is its height either way.
    heights.push_back(std::min(box.x1 - box.x0, box.y1 - box.y0));
  }
  std::sort(heights.begin(), heights.end());
  if (!heights.empty()) line.size = heights[heights.size() * 3 / 4];
  return line;
}

void even_out_sizes(PageLayout& layout) {
  std::vector<float> sizes;
  for (const LayoutBlock& block : layout.blocks)
    for (const LayoutLine& line : block.lines) sizes.push_back(line.size);
  const float usual = median(sizes);
  for (LayoutBlock& block : layout.blocks) {
    std::vector<float> own;
    for (const LayoutLine& line : block.lines) own.push_back(line.size);
    const float size = median(own);
    const bool larger = size > usual * (1 + kSameSize);
    for (LayoutLine& line : block.lines) line.size = larger ? size : usual;
  }
}

}  // namespace

float mean_confidence(std::span<const OcrWord> words) {
  float total = 0, letters = 0;
  for (const OcrWord& word : words) {
    total += word.confidence * static_cast<float>(word.text.size());
    letters += static_cast<float>(word.text.size());
  }
  return letters > 0 ? total / letters : 0;
}

PageLayout lay_out_recognised(std::span<const OcrWord> words, std::uint32_t page, float width, float height, float dpi,
                              int turn) {
  PageLayout layout{page, width, height, {}};
  std::vector<OcrWord> kept;
  for (const OcrWord& word : words)
    if (word.confidence >= kLeastConfidence && !word.text.empty()) kept.push_back(word);
  const float scale = 72 / std::max(1.0F, dpi);
  for (std::size_t i = 0; i < kept.size();) {
    std::size_t j = i + 1;
    while (j < kept.size() && same_paragraph(kept[i], kept[j]) && kept[i].line == kept[j].line) ++j;
    LayoutLine line = line_of_words(std::span(kept).subspan(i, j - i), scale);
    if (i == 0 || !same_paragraph(kept[i - 1], kept[i])) {
      layout.blocks.emplace_back().page = page;
      layout.blocks.back().box = line.box;
    }
    LayoutBlock& block = layout.blocks.back();
    block.box = book::united(block.box, line.box);
    block.column_width = block.box.x1 - block.box.x0;
    block.lines.push_back(std::move(line));
    i = j;
  }
  even_out_sizes(layout);
  for (LayoutBlock& block : layout.blocks) {
    block.box = upright_box(block.box, turn, width, height);
    for (LayoutLine& line : block.lines) line.box = upright_box(line.box, turn, width, height);
  }
  return layout;
}

}  // namespace openbook::read
