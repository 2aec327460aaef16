#include "read/layout_roles.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>

#include "read/layout_paragraphs.h"
#include "read/layout_words.h"
#include "text/characters.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

constexpr float kLarger = 1.14F;              ///< Times the body's size: a heading by size alone.
constexpr std::size_t kLongestHeading = 220;  ///< Bytes.
constexpr std::size_t kLongestBold = 130;     ///< Bytes, of a heading that is only bold.

float rounded(float size) {
  return std::round(size * 2) / 2;
}

std::size_t letter_count(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto kind = text::class_of(text::next_code_point(text, at));
    letters += kind == text::CharacterClass::Letter || text::is_cjk(kind);
  }
  return letters;
}

bool is_caption(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {"Figure ", "Fig. ", "Table ", "FIGURE ",
                                                             "TABLE ",  "图",    "表",     "Source:"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    if (!text.starts_with(word)) return false;
    const std::string_view rest = text.substr(word.size());
    return word.ends_with(":") ||
           (!rest.empty() &&
            (std::isdigit(static_cast<unsigned char>(rest[0])) ||
             (rest[0] == ' ' && rest.size() > 1 && std::isdigit(static_cast<unsigned char>(rest[1])))));
  });
}

}  // namespace

std::string outline_key(std::string_view title) {
  std::string key;
  const std::string folded = text::fold(title);
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = text::next_code_point(folded, at);
    const auto kind = text::class_of(c);
    if (kind == text::CharacterClass::Letter || kind == text::CharacterClass::Digit || text::is_cjk(kind))
      text::append_utf8(key, c);
  }
  return key;
}

std::string joined_text(const LayoutBlock& block) {
  std::string text;
  for (const LayoutLine& line : block.lines) append_joined(text, line.text);
  return text;
}

Roles::Roles(const std::vector<PageLayout>& pages, const std::vector<OutlineEntry>& outline) {
  std::map<float, std::size_t> sizes;
  std::size_t letters = 0, bold = 0, mono = 0;
  for (const PageLayout& page : pages) {
    for (const LayoutBlock& block : page.blocks) {
      for (const LayoutLine& line : block.lines) {
        sizes[rounded(line.size)] += line.text.size();
        letters += line.text.size();
        if (line.style & kBold) bold += line.text.size();
        if (line.style & kMono) mono += line.text.size();
      }
    }
  }
  std::size_t most = 0;
  for (const auto& [size, count] : sizes)
    if (count > most) most = count, body_size_ = size;
  body_is_bold_ = bold * 5 > letters * 2;
  body_is_mono_ = mono * 5 > letters * 2;
  for (const OutlineEntry& entry : outline)
    if (!entry.key.empty()) outline_.emplace_back(entry.key, entry.depth);
  std::stable_sort(outline_.begin(), outline_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

  for (const PageLayout& page : pages)
    for (const LayoutBlock& block : page.blocks)
      if (looks_like_heading(block))
        styles_.emplace_back(rounded(block.lines.front().size), (block.lines.front().style & kBold) != 0);
  std::sort(styles_.begin(), styles_.end(), std::greater<>());
  styles_.erase(std::unique(styles_.begin(), styles_.end(),
                            [](const auto& a, const auto& b) {
                              return a.second == b.second ? a.first - b.first < 0.04F * a.first : false;
                            }),
                styles_.end());
}

bool Roles::looks_like_heading(const LayoutBlock& block) const {
  if (block.kind != LayoutKind::Text || block.lines.empty() || block.lines.size() > 4) return false;
  std::size_t bytes = 0;
  for (const LayoutLine& line : block.lines) bytes += line.text.size();
  if (bytes > kLongestHeading) return false;
  const LayoutLine& first = block.lines.front();
  const std::string text = joined_text(block);
  if (letter_count(text) < 2 || is_caption(text)) return false;
  int number = 0;
  if (list_mark(text, number) > 0 && number == 0) return false;
  const bool sentence =
      text.ends_with('.') || text.ends_with(',') || text.ends_with(';') || text.ends_with("。") || text.ends_with("，");
  if (first.size >= kLarger * body_size_) return !(sentence && bytes > 100);
  const bool bold = (first.style & kBold) != 0 && !body_is_bold_;
  return bold && first.size >= 0.97F * body_size_ && block.lines.size() <= 2 && bytes <= kLongestBold && !sentence &&
         !text.ends_with(':') && !text.ends_with("：");
}

int Roles::rank_of(const LayoutBlock& block) const {
  const float size = rounded(block.lines.front().size);
  const bool bold = (block.lines.front().style & kBold) != 0;
  int rank = 1;
  for (const auto& style : styles_) {
    if (style.second == bold && std::abs(style.first - size) <= 0.04F * style.first + 0.01F) break;
    if (style.first > size * 1.02F || (style.first > size * 0.98F && style.second && !bold)) ++rank;
  }
  return std::min(rank, 6);
}

Roles::Found Roles::of(const LayoutBlock& block) const {
  if (block.kind == LayoutKind::Table) return {Role::Table, 0};
  if (block.lines.empty()) return {};
  if (block.lines.size() <= 3 && !outline_.empty()) {
    const std::string key = outline_key(joined_text(block));
    const auto at = std::lower_bound(outline_.begin(), outline_.end(), key,
                                     [](const auto& entry, const std::string& k) { return entry.first < k; });
    if (at != outline_.end() && at->first == key) return {Role::Heading, std::clamp(at->second, 1, 6)};
  }
  if (looks_like_heading(block)) return {Role::Heading, rank_of(block)};
  const bool mono = std::all_of(block.lines.begin(), block.lines.end(),
                                [](const LayoutLine& line) { return (line.style & kMono) != 0; });
  if (mono && !body_is_mono_ && joined_text(block).size() > 6) return {Role::Code, 0};
  int number = 0;
  if (list_mark(block.lines.front().text, number) > 0) return {Role::ListItem, 0};
  return {Role::Paragraph, 0};
}

}  // namespace openbook::read
