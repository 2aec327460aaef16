#pragma once

#include <cstdint>
#include <vector>

#include "read/html_tree.h"

namespace openbook::read {

/// What stands below one node, dropped nodes left out. Sizes are in Latin characters; a wide one counts as two.
struct HtmlMeasure {
  std::uint32_t text = 0;       ///< White space left out.
  std::uint32_t link_text = 0;  ///< Of it, inside links.
  std::uint32_t link_count = 0;
  std::uint32_t commas = 0;  ///< Western and Chinese: prose has many, menus none.
};

/// Measures of all nodes of a tree as it is now, by node index; made in one pass.
class HtmlMeasures {
 public:
  explicit HtmlMeasures(const HtmlTree& tree);
  const HtmlMeasure& operator[](std::uint32_t node) const { return measures_[node]; }

 private:
  std::vector<HtmlMeasure> measures_;
};

/// The element around which prose is densest, with those of its siblings that read like it: each paragraph speaks for
/// its parent, half as much for its grandparent, and so on; blocks of links speak against. Empty: no prose at all.
std::vector<std::uint32_t> best_scored_content(const HtmlTree& tree, const HtmlMeasures& measures);

}  // namespace openbook::read
