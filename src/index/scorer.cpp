#include "index/scorer.h"

#include <algorithm>

namespace openbook::index {

Scorer::Scorer(const Bm25& bm25, double average_length, std::uint8_t body_weight) {
  const float average = static_cast<float>(std::max(average_length, 1.0));
  const float unit = std::max<std::uint8_t>(body_weight, 1);
  for (std::size_t code = 0; code < norm_.size(); ++code) {
    const float share = length_of(static_cast<std::uint8_t>(code)) / average;
    norm_[code] = unit * bm25.k1 * (1.0F - bm25.b + bm25.b * share);
  }
  reciprocal_[0] = 1e9F;  // A frequency of 0 is never written.
  for (std::size_t tf = 1; tf < reciprocal_.size(); ++tf) reciprocal_[tf] = 1.0F / static_cast<float>(tf);
}

}  // namespace openbook::index
