#include "read/layout_rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace openbook::read {

namespace {

constexpr float kTouch = 3;  ///< Points: lines that end this near to another meet it.

std::vector<RuleLine> merged(std::vector<RuleLine> lines) {
  std::sort(lines.begin(), lines.end(),
            [](const RuleLine& a, const RuleLine& b) { return a.at != b.at ? a.at < b.at : a.begin < b.begin; });
  // Lines of one height first get one exact height, so that their pieces sort next to each other.
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t j = i + 1;
    while (j < lines.size() && lines[j].at - lines[i].at < 1.5F) lines[j].at = lines[i].at, ++j;
    std::sort(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.begin() + static_cast<std::ptrdiff_t>(j),
              [](const RuleLine& a, const RuleLine& b) { return a.begin < b.begin; });
    i = j;
  }
  std::vector<RuleLine> out;
  for (const RuleLine& line : lines) {
    if (!out.empty() && out.back().at == line.at && line.begin <= out.back().end + kTouch)
      out.back().end = std::max(out.back().end, line.end);
    else
      out.push_back(line);
  }
  return out;
}

class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(b)] = root(a); }

 private:
  std::vector<std::size_t> parent_;
};

bool meet(const RuleLine& level, const RuleLine& upright) {
  return level.begin - kTouch <= upright.at && upright.at <= level.end + kTouch && upright.begin - kTouch <= level.at &&
         level.at <= upright.end + kTouch;
}

}  // namespace

std::vector<RuleGroup> group_rules(const std::vector<book::Box>& rules) {
  std::vector<RuleLine> level, upright;
  for (const book::Box& box : rules) {
    if (box.x1 - box.x0 >= box.y1 - box.y0)
      level.push_back({(box.y0 + box.y1) / 2, box.x0, box.x1});
    else
      upright.push_back({(box.x0 + box.x1) / 2, box.y0, box.y1});
  }
  level = merged(std::move(level));
  upright = merged(std::move(upright));
  // A page with thousands of lines is a drawing; comparing all pairs there would take long and find nothing.
  if (level.size() * upright.size() > 4'000'000) return {};
  Groups groups(level.size() + upright.size());
  for (std::size_t i = 0; i < level.size(); ++i)
    for (std::size_t j = 0; j < upright.size(); ++j)
      if (meet(level[i], upright[j])) groups.join(i, level.size() + j);
  std::vector<RuleGroup> all(level.size() + upright.size());
  for (std::size_t i = 0; i < level.size(); ++i) all[groups.root(i)].level.push_back(level[i]);
  for (std::size_t j = 0; j < upright.size(); ++j) all[groups.root(level.size() + j)].upright.push_back(upright[j]);
  std::erase_if(all, [](const RuleGroup& g) { return g.level.size() + g.upright.size() < 3; });
  return all;
}

std::vector<float> positions(const std::vector<RuleLine>& lines, float tolerance) {
  std::vector<float> all;
  for (const RuleLine& line : lines) all.push_back(line.at);
  std::sort(all.begin(), all.end());
  std::vector<float> out;
  for (const float at : all)
    if (out.empty() || at - out.back() > tolerance) out.push_back(at);
  return out;
}

}  // namespace openbook::read
