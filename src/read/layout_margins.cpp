#include "read/layout_margins.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

namespace openbook::read {

namespace {

constexpr float kMargin = 0.13F;       ///< Share of the page's height where running lines stand.
constexpr std::size_t kOutermost = 3;  ///< Lines looked at, from each edge.

// A line that may be a running one: its text without digits and white space.
struct Candidate {
  std::size_t page = 0, block = 0, line = 0, rank = 0;  ///< Rank: lines between it and the page's edge.
  std::string key;
  bool top = false;
  float y = 0;
  float x = 0;
  bool number = false;
};

using Group = std::vector<const Candidate*>;
using Groups = std::map<std::pair<bool, std::string>, Group>;  ///< By edge and masked text.

std::string masked(std::string_view text) {
  std::string key;
  for (const char c : text)
    if (!std::isdigit(static_cast<unsigned char>(c)) && !std::isspace(static_cast<unsigned char>(c)))
      key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return key;
}

// "12", "- 3 -", "Page 4 of 9", "iv", "第 5 页".
bool is_page_number(std::string_view text) {
  if (text.size() > 24) return false;
  std::string key = masked(text);
  std::erase_if(key, [](char c) { return std::string_view("-–—.,/|[]()").find(c) != std::string_view::npos; });
  const bool digits =
      std::any_of(text.begin(), text.end(), [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
  if (digits)
    return key.empty() || key == "page" || key == "pageof" || key == "of" || key == "第页" || key == "第页共页" ||
           key == "p";
  return !key.empty() && key.size() <= 5 && key.find_first_not_of("ivxl") == std::string::npos;
}

void collect(const PageLayout& page, std::size_t index, std::vector<Candidate>& out) {
  for (const bool top : {true, false}) {
    std::vector<Candidate> found;
    for (std::size_t b = 0; b < page.blocks.size(); ++b) {
      const LayoutBlock& block = page.blocks[b];
      for (std::size_t l = 0; l < block.lines.size(); ++l) {
        const book::Box& box = block.lines[l].box;
        const float from_edge = top ? box.y1 : page.height - box.y0;
        if (from_edge > kMargin * page.height) continue;
        found.push_back(
            {index, b, l, 0, masked(block.lines[l].text), top, from_edge, box.x0, is_page_number(block.lines[l].text)});
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.y < b.y; });
    std::size_t rank = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (i > 0 && found[i].y - found[i - 1].y > 3) ++rank;
      found[i].rank = rank;
      if (rank < kOutermost) out.push_back(std::move(found[i]));
    }
  }
}

// How many of a group's lines stand at about the same height on another page.
std::size_t repeated_count(const Group& group) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    bool again = false;
    for (std::size_t j = i > 12 ? i - 12 : 0; j < group.size() && j <= i + 12 && !again; ++j)
      again = j != i && group[j]->page != group[i]->page && std::abs(group[j]->y - group[i]->y) < 6;
    count += again;
  }
  return count;
}

// A running line with a left and a right half may be one line on one page and two on the next: whole rows are compared
// too. Gives every candidate of the rows that repeat.
Group repeated_rows(std::vector<Candidate>& candidates) {
  std::map<std::tuple<std::size_t, bool, std::size_t>, std::vector<Candidate*>> rows;
  for (Candidate& candidate : candidates) rows[{candidate.page, candidate.top, candidate.rank}].push_back(&candidate);
  Groups groups;
  for (auto& [place, row] : rows) {
    std::sort(row.begin(), row.end(), [](const Candidate* a, const Candidate* b) { return a->x < b->x; });
    std::string key;
    for (const Candidate* candidate : row) key += candidate->key;
    if (!key.empty()) groups[{row[0]->top, key}].push_back(row[0]);
  }
  Group repeated;
  for (const auto& [key, group] : groups) {
    if (repeated_count(group) < 2) continue;
    for (const Candidate* first : group) {
      const auto& row = rows[{first->page, first->top, first->rank}];
      repeated.insert(repeated.end(), row.begin(), row.end());
    }
  }
  return repeated;
}

// What repeats, but stands behind a line that does not, belongs to the text.
void keep_what_text_parts_from_the_edge(const std::vector<Candidate>& all, Group& drop) {
  std::map<std::tuple<std::size_t, bool, std::size_t>, std::pair<std::size_t, std::size_t>> ranks;  // Lines, dropped.
  for (const Candidate& candidate : all) ++ranks[{candidate.page, candidate.top, candidate.rank}].first;
  for (const Candidate* candidate : drop) ++ranks[{candidate->page, candidate->top, candidate->rank}].second;
  std::erase_if(drop, [&](const Candidate* candidate) {
    for (std::size_t rank = 0; rank < candidate->rank; ++rank) {
      const auto at = ranks.find({candidate->page, candidate->top, rank});
      if (at != ranks.end() && at->second.second == 0) return true;
    }
    return false;
  });
}

}  // namespace

void drop_running_lines(std::vector<PageLayout>& pages) {
  if (pages.size() < 2) return;
  std::vector<Candidate> candidates;
  for (std::size_t p = 0; p < pages.size(); ++p) collect(pages[p], p, candidates);
  Group drop = repeated_rows(candidates);
  Groups groups;
  for (const Candidate& candidate : candidates) groups[{candidate.top, candidate.key}].push_back(&candidate);
  for (const auto& [key, group] : groups) {
    const std::size_t repeated = repeated_count(group);
    const auto numbers = static_cast<std::size_t>(std::ranges::count(group, true, &Candidate::number));
    const bool many = repeated >= 3 || (repeated >= 2 && (pages.size() <= 3 || !key.second.empty()));
    const bool page_numbers = numbers == group.size() && (group.size() >= 2 || key.second.empty());
    if (many || page_numbers) drop.insert(drop.end(), group.begin(), group.end());
  }
  std::ranges::sort(drop);
  drop.erase(std::ranges::unique(drop).begin(), drop.end());
  keep_what_text_parts_from_the_edge(candidates, drop);
  for (const Candidate* candidate : drop)
    pages[candidate->page].blocks[candidate->block].lines[candidate->line].text.clear();
  for (PageLayout& page : pages) {
    for (LayoutBlock& block : page.blocks)
      std::erase_if(block.lines, [](const LayoutLine& line) { return line.text.empty(); });
    std::erase_if(page.blocks, [](const LayoutBlock& b) { return b.kind == LayoutKind::Text && b.lines.empty(); });
  }
}

}  // namespace openbook::read
