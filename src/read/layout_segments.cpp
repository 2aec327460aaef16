#include "read/layout_segments.h"

#include <algorithm>
#include <cmath>

#include "read/layout_words.h"

namespace openbook::read {

namespace {

constexpr float kColumnGap = 0.85F;  ///< Of the size: words further apart may belong to different columns.
constexpr float kNumberGap =
    0.45F;  ///< The same between two numbers, which stand close in the columns of dense tables.

bool is_numeric(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9';
  return digits * 2 >= text.size() || text == "-" || text == "–";
}

bool same_line(const Segment& segment, const LayoutWord& word) {
  if (std::abs(segment.baseline - word.baseline) < 0.25F * std::max(segment.size, word.size)) return true;
  const float overlap = std::min(segment.box.y1, word.box.y1) - std::max(segment.box.y0, word.box.y0);
  const float smaller = std::min(segment.height(), word.box.y1 - word.box.y0);
  // Marks set high or low are smaller than the line that they belong to.
  const bool script = std::min(word.size, segment.size) < 0.85F * std::max(word.size, segment.size);
  return overlap > (script ? 0.4F : 0.6F) * smaller;
}

void append(Segment& segment, const LayoutWord& word) {
  if (segment.words.empty() || word.size > segment.size * 1.15F) {
    segment.size = word.size;
    segment.baseline = word.baseline;
  }
  segment.box = segment.words.empty() ? word.box : book::united(segment.box, word.box);
  segment.words.push_back(&word);
}

// Open segments by where they end, so that a word meets only those near it.
class Assembler {
 public:
  void add(const LayoutWord& word) {
    const int first = slot(word.box.y0), last = slot(word.box.y1);
    const bool numeric = is_numeric(word.text);
    std::size_t best = segments.size();
    float best_gap = 1e9F;
    for (int s = first; s <= last; ++s) {
      for (const std::size_t i : slots_[static_cast<std::size_t>(s)]) {
        Segment& segment = segments[i];
        const float gap = word.box.x0 - segment.box.x1;
        const float size = std::max(segment.size, word.size);
        if (gap > kColumnGap * size || (gap > kNumberGap * size && numeric && is_numeric(segment.words.back()->text)) ||
            gap < -1.0F * size || !same_line(segment, word))
          continue;
        if (std::abs(gap) < best_gap) best = i, best_gap = std::abs(gap);
      }
    }
    if (best == segments.size()) segments.emplace_back();
    append(segments[best], word);
    for (int s = first; s <= last; ++s) {
      auto& list = slots_[static_cast<std::size_t>(s)];
      if (std::find(list.begin(), list.end(), best) == list.end()) list.push_back(best);
    }
    prune(first, last, word.box.x0);
  }
  std::vector<Segment> segments;

 private:
  static constexpr int kSlots = 512;
  static constexpr float kSlotHeight = 6;
  static int slot(float y) { return std::clamp(static_cast<int>(y / kSlotHeight), 0, kSlots - 1); }
  // Words come from left to right: what ended long before can get no more.
  void prune(int first, int last, float x) {
    for (int s = first; s <= last; ++s) {
      auto& list = slots_[static_cast<std::size_t>(s)];
      if (list.size() < 16) continue;
      std::erase_if(list, [&](std::size_t i) { return segments[i].box.x1 < x - 2 * segments[i].size - 20; });
    }
  }
  std::vector<std::vector<std::size_t>> slots_{kSlots};
};

}  // namespace

std::size_t Segment::letters() const {
  std::size_t total = 0;
  for (const LayoutWord* word : words) total += word->text.size();
  return total;
}

std::vector<Segment> segments_of(const std::vector<const LayoutWord*>& words) {
  std::vector<const LayoutWord*> order;
  for (const LayoutWord* word : words)
    if (!word->turned) order.push_back(word);
  std::stable_sort(order.begin(), order.end(),
                   [](const LayoutWord* a, const LayoutWord* b) { return a->box.x0 < b->box.x0; });
  Assembler assembler;
  for (const LayoutWord* word : order) assembler.add(*word);
  std::stable_sort(assembler.segments.begin(), assembler.segments.end(), [](const Segment& a, const Segment& b) {
    return a.box.y0 != b.box.y0 ? a.box.y0 < b.box.y0 : a.box.x0 < b.box.x0;
  });
  return std::move(assembler.segments);
}

std::vector<std::vector<Segment>> lines_of(std::vector<Segment> segments) {
  std::stable_sort(segments.begin(), segments.end(),
                   [](const Segment& a, const Segment& b) { return a.middle_y() < b.middle_y(); });
  std::vector<std::vector<Segment>> lines;
  float y0 = 0, y1 = 0;
  for (Segment& segment : segments) {
    bool same = false;
    if (!lines.empty() && segment.table < 0 && lines.back().front().table < 0) {
      const float overlap = std::min(y1, segment.box.y1) - std::max(y0, segment.box.y0);
      const float smaller = std::min(y1 - y0, segment.height());
      same = overlap > 0.5F * smaller;
      // Lines set solid overlap, too; but then they stand below one another.
      if (same && std::abs(segment.baseline - lines.back().front().baseline) >
                      0.45F * std::max(segment.size, lines.back().front().size))
        for (const Segment& other : lines.back())
          if (std::min(other.box.x1, segment.box.x1) - std::max(other.box.x0, segment.box.x0) > 1) same = false;
    }
    if (same) {
      lines.back().push_back(std::move(segment));
    } else {
      y0 = segment.box.y0;
      y1 = segment.box.y1;
      lines.emplace_back().push_back(std::move(segment));
    }
  }
  for (auto& line : lines)
    std::stable_sort(line.begin(), line.end(), [](const Segment& a, const Segment& b) { return a.box.x0 < b.box.x0; });
  return lines;
}

LayoutLine line_of(const std::vector<Segment>& segments) {
  LayoutLine line;
  std::vector<const LayoutWord*> words;
  float weight = 0, size = 0;
  std::size_t letters = 0, bold = 0, italic = 0, mono = 0;
  for (const Segment& segment : segments) {
    line.box = words.empty() ? segment.box : book::united(line.box, segment.box);
    for (const LayoutWord* word : segment.words) {
      words.push_back(word);
      const std::size_t n = word->text.size();
      letters += n;
      if (word->style & kBold) bold += n;
      if (word->style & kItalic) italic += n;
      if (word->style & kMono) mono += n;
      size += word->size * static_cast<float>(n);
      weight += static_cast<float>(n);
    }
  }
  line.text = line_text(words);
  line.size = weight > 0 ? size / weight : 0;
  const auto nearly_all = [&](std::size_t n) { return n * 10 >= letters * 9 && letters > 0; };
  if (nearly_all(bold)) line.style |= kBold;
  if (nearly_all(italic)) line.style |= kItalic;
  if (nearly_all(mono)) line.style |= kMono;
  return line;
}

}  // namespace openbook::read
