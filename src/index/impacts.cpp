#include "index/impacts.h"

#include <algorithm>
#include <array>

#include "index/bm25.h"

namespace openbook::index {
namespace {

// What an impact is worth, roughly: BM25's saturation at usual settings. Only the choice of neighbours to join depends
// on it, never whether the bound holds.
float worth(Impact impact) {
  constexpr float kTypicalLength = 600;
  const float tf = impact.frequency;
  return tf / (tf + 2.4F * (0.25F + 0.75F * length_of(impact.length_code) / kTypicalLength));
}

Impact joined(Impact higher, Impact lower) {
  return {higher.frequency, lower.length_code};
}

void join_cheapest(std::vector<Impact>& front) {
  std::size_t best = 0;
  float least = 2;
  for (std::size_t i = 0; i + 1 < front.size(); ++i) {
    const float cost = worth(joined(front[i], front[i + 1])) - std::max(worth(front[i]), worth(front[i + 1]));
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  front[best] = joined(front[best], front[best + 1]);
  front.erase(front.begin() + static_cast<std::ptrdiff_t>(best) + 1);
}

}  // namespace

std::vector<Impact> impacts_of(std::span<const Posting> block, std::span<const std::uint8_t> lengths) {
  std::array<std::uint16_t, 256> shortest;
  shortest.fill(256);
  std::uint8_t highest = 0;
  for (const Posting& posting : block) {
    std::uint16_t& code = shortest[posting.frequency];
    code = std::min<std::uint16_t>(code, lengths[posting.slot]);
    highest = std::max(highest, posting.frequency);
  }
  std::vector<Impact> front;
  std::uint16_t limit = 256;
  for (int frequency = highest; frequency >= 0; --frequency) {
    const std::uint16_t code = shortest[static_cast<std::size_t>(frequency)];
    if (code >= limit) continue;
    limit = code;
    front.push_back({static_cast<std::uint8_t>(frequency), static_cast<std::uint8_t>(code)});
  }
  while (front.size() > kMaxImpacts) join_cheapest(front);
  return front;
}

}  // namespace openbook::index
