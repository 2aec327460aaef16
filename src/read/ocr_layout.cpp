#include "read/ocr_layout.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

constexpr float kLeastConfidence = 15;  ///< Of 100: below it, what was recognised is dirt or part of a picture.

struct Line {
  std::vector<float> heights;
  float baseline = 0;
};

}  // namespace

std::vector<LayoutWord> layout_words(const std::vector<OcrWord>& words, float dpi) {
  const float scale = 72 / std::max(1.0F, dpi);
  std::map<std::tuple<int, int, int>, Line> lines;
  const auto key = [](const OcrWord& word) { return std::tuple(word.block, word.paragraph, word.line); };
  for (const OcrWord& word : words) {
    if (word.confidence < kLeastConfidence || word.text.empty()) continue;
    Line& line = lines[key(word)];
    line.heights.push_back(word.box.y1 - word.box.y0);
  }
  for (auto& [name, line] : lines) std::sort(line.heights.begin(), line.heights.end());
  std::vector<LayoutWord> out;
  for (const OcrWord& word : words) {
    if (word.confidence < kLeastConfidence || word.text.empty()) continue;
    const Line& line = lines[key(word)];
    LayoutWord& to = out.emplace_back();
    to.text = text::to_valid_utf8(word.text);
    to.box = {word.box.x0 * scale, word.box.y0 * scale, word.box.x1 * scale, word.box.y1 * scale};
    // A line's letters with and without ascenders: the upper quartile is about the height of its capitals.
    to.size = line.heights[line.heights.size() * 3 / 4] * scale * 1.1F;
    to.baseline = to.box.y1;
  }
  return out;
}

}  // namespace openbook::read
