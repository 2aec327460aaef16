#include "read/layout_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "read/layout_bidi.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

constexpr float kSameBaseline = 0.18F;  ///< Of the size: glyphs this near in height stand on one line.
constexpr float kWordGap = 0.16F;       ///< Of the size: a wider gap parts Latin words.
constexpr float kCjkWordGap = 0.4F;     ///< Of the size: a wider gap parts words of ideographs.

book::Box turned_once(const book::Box& box, float height) {  // Clockwise: a page of this height lies on its side.
  return {height - box.y1, box.x0, height - box.y0, box.x1};
}

// Accents that fonts paint as letters of their own, and the combining marks they stand for.
char32_t combining_of(char32_t c) {
  switch (c) {
    case 0x60:
      return 0x300;
    case 0xB4:
      return 0x301;
    case 0x5E:
    case 0x2C6:
      return 0x302;
    case 0x2DC:
      return 0x303;
    case 0xAF:
      return 0x304;
    case 0x2D8:
      return 0x306;
    case 0x2D9:
      return 0x307;
    case 0xA8:
      return 0x308;
    case 0x2DA:
      return 0x30A;
    case 0x2DD:
      return 0x30B;
    case 0x2C7:
      return 0x30C;
    case 0xB8:
      return 0x327;
    case 0x2DB:
      return 0x328;
    default:
      return c >= 0x300 && c <= 0x36F ? c : 0;
  }
}

bool is_space(char32_t c) {
  return c <= 0x20 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F;
}
bool is_unwanted(char32_t c) {
  return (c >= 0x7F && c < 0xA0) || (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0xFEFF ||
         (c >= 0x2060 && c <= 0x2069) || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 || (c >= 0xD800 && c < 0xE000);
}
// Code points that mean no more than the letters they decompose to.
bool is_presentation_form(char32_t c) {
  return (c >= 0xFB00 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x2F00 && c <= 0x2FDF) ||
         (c >= 0x2E80 && c <= 0x2EFF) || (c >= 0xF900 && c <= 0xFAFF);
}

// A glyph in the upright frame.
struct Mark {
  float x0, x1, baseline, size, ascent, descent;
  char32_t character;
  std::uint8_t style;
};

Mark upright(const Glyph& glyph, int turn, float width, float height) {
  float x = glyph.x, y = glyph.y;
  if (turn == 1) x = glyph.y, y = width - glyph.x;
  if (turn == 2) x = width - glyph.x, y = height - glyph.y;
  if (turn == 3) x = height - glyph.y, y = glyph.x;
  return {x, x + glyph.advance, y, glyph.size, glyph.ascent, glyph.descent, glyph.character, glyph.style};
}

void append_character(icu::UnicodeString& text, char32_t c) {
  if (!is_presentation_form(c)) {
    text.append(static_cast<UChar32>(c));
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString form;
  if (U_SUCCESS(status) && nfkc->getDecomposition(static_cast<UChar32>(c), form)) {
    // Letters are in visual order here; a right-to-left ligature must be, too, until its line is put in order.
    if (c >= 0xFB1D && c <= 0xFEFE) form.reverse();
    text.append(form);
  } else {
    text.append(static_cast<UChar32>(c));
  }
}

// Letters of one line in order → words.
class WordBuilder {
 public:
  explicit WordBuilder(std::vector<LayoutWord>& out) : out_(out) {}

  void add(const Mark& mark) {
    if (is_space(mark.character)) {
      finish();
      blank_ = true;
      return;
    }
    if (is_unwanted(mark.character)) return;
    if (open_ && breaks(mark)) finish();
    if (!open_) begin(mark);
    const char32_t combining = combining_of(mark.character);
    // An accent over the letter before it, or a letter under the accent before it.
    if (combining != 0 && mark.character >= 0x300 ? !letters_.isEmpty()
                                                  : combining != 0 && over_last(mark) && u_isalpha(last_character())) {
      letters_.append(static_cast<UChar32>(combining));
    } else if (const char32_t waiting = letters_.isEmpty() ? 0 : combining_of(last_character());
               waiting != 0 && last_character() < 0x300 && over_last(mark) &&
               u_isalpha(static_cast<UChar32>(mark.character))) {
      letters_.truncate(letters_.length() - 1);
      letters_.append(static_cast<UChar32>(mark.character));
      letters_.append(static_cast<UChar32>(waiting));
    } else {
      append_character(letters_, mark.character);
    }
    grow(mark);
  }

  void end_line() {
    finish();
    blank_ = false;
  }

  void finish() {
    if (!open_) return;
    open_ = false;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    LayoutWord word;
    if (U_SUCCESS(status)) nfc->normalize(letters_, status).toUTF8String(word.text);
    if (word.text.empty()) return;
    word.box = {x0_, baseline_ - ascent_, x1_, baseline_ + descent_};
    word.size = size_;
    word.baseline = baseline_;
    word.spaced = spaced_;
    for (int bit = 0; bit < 3; ++bit)
      if (style_counts_[bit] * 2 > count_) word.style |= static_cast<std::uint8_t>(1 << bit);
    out_.push_back(std::move(word));
  }

 private:
  bool breaks(const Mark& mark) const {
    const float gap = mark.x0 - last_x1_;
    const bool cjk = text::is_cjk(mark.character) && text::is_cjk(last_character());
    const float size = std::min(size_, mark.size);
    if (gap > (cjk ? kCjkWordGap : kWordGap) * size) return true;
    return mark.size > size_ * 1.35F || mark.size < size_ / 1.35F;
  }
  bool over_last(const Mark& mark) const {
    const float middle = (mark.x0 + mark.x1) / 2, last_middle = (last_x0_ + last_x1_) / 2;
    return (middle > last_x0_ && middle < last_x1_) || (last_middle > mark.x0 && last_middle < mark.x1);
  }
  char32_t last_character() const {
    return letters_.isEmpty() ? 0 : static_cast<char32_t>(letters_.char32At(letters_.length() - 1));
  }
  void begin(const Mark& mark) {
    open_ = true;
    spaced_ = blank_;
    blank_ = false;
    letters_.remove();
    x0_ = mark.x0;
    x1_ = last_x1_ = mark.x1;
    size_ = mark.size;
    baseline_ = mark.baseline;
    ascent_ = descent_ = 0;
    count_ = 0;
    style_counts_ = {};
  }
  void grow(const Mark& mark) {
    x0_ = std::min(x0_, mark.x0);
    x1_ = std::max(x1_, mark.x1);
    last_x0_ = mark.x0;
    last_x1_ = mark.x1;
    ascent_ = std::max(ascent_, mark.ascent * mark.size);
    descent_ = std::max(descent_, mark.descent * mark.size);
    ++count_;
    for (int bit = 0; bit < 3; ++bit) style_counts_[bit] += (mark.style >> bit) & 1;
  }

  std::vector<LayoutWord>& out_;
  icu::UnicodeString letters_;
  bool open_ = false, blank_ = false, spaced_ = false;
  float x0_ = 0, x1_ = 0, last_x0_ = 0, last_x1_ = 0, size_ = 0, baseline_ = 0, ascent_ = 0, descent_ = 0;
  int count_ = 0;
  std::array<int, 3> style_counts_{};
};

// Painted twice a little apart, as programs fake bold letters.
bool repeats(const std::vector<Mark>& line, std::size_t at) {
  const Mark& mark = line[at];
  for (std::size_t i = at; i-- > 0 && at - i <= 4;) {
    const float near = std::min(0.25F * mark.size, std::max(0.6F * (mark.x1 - mark.x0), 0.02F * mark.size));
    if (mark.x0 - line[i].x0 > near) break;
    if (line[i].character == mark.character && !is_space(mark.character)) return true;
  }
  return false;
}

void build_line(std::vector<Mark>& line, WordBuilder& builder) {
  std::stable_sort(line.begin(), line.end(), [](const Mark& a, const Mark& b) { return a.x0 < b.x0; });
  for (std::size_t i = 0; i < line.size(); ++i)
    if (!repeats(line, i)) builder.add(line[i]);
  builder.end_line();
}

// Whole words painted twice over each other, as shadows are, or as a text that replaces another does.
void drop_repeated(std::vector<LayoutWord>& words) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> seen;
  std::vector<bool> drop(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const book::Box& box = words[i].box;
    auto& others = seen[words[i].text];
    for (std::size_t n = others.size(), tries = 0; n-- > 0 && tries < 8; ++tries) {
      const book::Box& other = words[others[n]].box;
      const float across = std::min(box.x1, other.x1) - std::max(box.x0, other.x0);
      const float down = std::min(box.y1, other.y1) - std::max(box.y0, other.y0);
      if (across > 0.6F * (box.x1 - box.x0) && down > 0.6F * (box.y1 - box.y0)) drop[i] = true;
    }
    if (!drop[i]) others.push_back(i);
  }
  if (std::find(drop.begin(), drop.end(), true) == drop.end()) return;
  std::vector<LayoutWord> kept;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!drop[i]) kept.push_back(std::move(words[i]));
  words = std::move(kept);
}

std::vector<LayoutWord> build_words(std::vector<Mark>& marks) {
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.baseline < b.baseline; });
  std::vector<LayoutWord> words;
  WordBuilder builder(words);
  std::vector<Mark> line;
  for (const Mark& mark : marks) {
    const bool same = !line.empty() &&
                      mark.baseline - line.front().baseline <= kSameBaseline * std::max(2.0F, mark.size) &&
                      mark.baseline - line.back().baseline <= kSameBaseline * std::max(2.0F, mark.size);
    if (!same) {
      build_line(line, builder);
      line.clear();
    }
    line.push_back(mark);
  }
  build_line(line, builder);
  drop_repeated(words);
  return words;
}

// Words of a line in another direction become one word of the main frame.
void add_turned(const PageContent& page, int turn, int main_turn, std::vector<LayoutWord>& out) {
  std::vector<Mark> marks;
  for (const Glyph& glyph : page.glyphs)
    if (glyph.turn == turn) marks.push_back(upright(glyph, turn, page.width, page.height));
  if (marks.empty()) return;
  const std::vector<LayoutWord> words = build_words(marks);
  std::vector<const LayoutWord*> line;
  const auto finish = [&] {
    if (line.empty()) return;
    LayoutWord whole = *line.front();
    for (const LayoutWord* word : line) whole.box = book::united(whole.box, word->box);
    whole.text = line_text(line);
    whole.box = upright_box(page_box(whole.box, turn, page.width, page.height), main_turn, page.width, page.height);
    whole.baseline = whole.box.y1;
    whole.turned = true;
    out.push_back(std::move(whole));
    line.clear();
  };
  for (const LayoutWord& word : words) {
    if (!line.empty() && (std::abs(word.baseline - line.back()->baseline) > 0.3F * word.size ||
                          word.box.x0 - line.back()->box.x1 > 1.5F * word.size))
      finish();
    line.push_back(&word);
  }
  finish();
}

}  // namespace

book::Box upright_box(const book::Box& box, int turn, float page_width, float page_height) {
  book::Box out = box;
  float width = page_width, height = page_height;
  for (int i = 0; i < (4 - turn) % 4; ++i) {
    out = turned_once(out, height);
    std::swap(width, height);
  }
  return out;
}

book::Box page_box(const book::Box& box, int turn, float page_width, float page_height) {
  book::Box out = box;
  float width = turn % 2 == 0 ? page_width : page_height, height = turn % 2 == 0 ? page_height : page_width;
  for (int i = 0; i < turn; ++i) {
    out = turned_once(out, height);
    std::swap(width, height);
  }
  return out;
}

UprightWords words_of(const PageContent& page) {
  std::array<std::size_t, 4> counts{};
  for (const Glyph& glyph : page.glyphs)
    if (!is_space(glyph.character)) ++counts[glyph.turn % 4];
  UprightWords out;
  out.turn = static_cast<int>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  out.width = out.turn % 2 == 0 ? page.width : page.height;
  out.height = out.turn % 2 == 0 ? page.height : page.width;
  std::vector<Mark> marks;
  marks.reserve(page.glyphs.size());
  for (const Glyph& glyph : page.glyphs)
    if (glyph.turn % 4 == out.turn) marks.push_back(upright(glyph, out.turn, page.width, page.height));
  out.words = build_words(marks);
  for (int turn = 0; turn < 4; ++turn)
    if (turn != out.turn && counts[static_cast<std::size_t>(turn)] > 0) add_turned(page, turn, out.turn, out.words);
  return out;
}

void append_joined(std::string& text, std::string_view more) {
  if (more.empty()) return;
  constexpr std::string_view kHyphen = "\xE2\x80\x90";
  if (text.ends_with(kHyphen) && more[0] >= 'a' && more[0] <= 'z') {  // Typesetters put it at line ends only.
    text.resize(text.size() - kHyphen.size());
    text += more;
    return;
  }
  if (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t at = 0;
    const char32_t before = text::next_code_point(text, last), after = text::next_code_point(more, at);
    const auto wide = [](char32_t c) {
      return c >= 0x2E80 && !(c >= 0xAC00 && c <= 0xD7AF) &&
             (text::is_cjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF65));
    };
    if (!(wide(before) && wide(after))) text += ' ';
  }
  text += more;
}

std::string line_text(const std::vector<const LayoutWord*>& words) {
  std::string text;
  const LayoutWord* last = nullptr;
  // A blank between Chinese words was typed ("第一章 总则"), unless the file puts one between any two characters.
  std::size_t characters = 0, blanks = 0;
  for (const LayoutWord* word : words) {
    characters += text::code_point_count(word->text);
    blanks += word->spaced;
  }
  const bool blanks_mean_something = blanks * 3 <= characters;
  for (const LayoutWord* word : words) {
    const float gap = last == nullptr ? 0 : word->box.x0 - last->box.x1;
    if (last != nullptr && !word->spaced && gap < 0.08F * std::min(word->size, last->size))
      text += word->text;
    else if (last != nullptr &&
             (gap > 1.2F * word->size || (word->spaced && blanks_mean_something && gap > 0.2F * word->size)))
      text += ' ' + word->text;
    else
      append_joined(text, word->text);
    last = word;
  }
  return has_right_to_left(text) ? logical_order(text) : text;
}

}  // namespace openbook::read
