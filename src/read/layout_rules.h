#pragma once

#include <vector>

#include "read/layout.h"

namespace openbook::read {

/// A straight line: level ones run in x at `at` = y, upright ones in y at `at` = x.
struct RuleLine {
  float at = 0, begin = 0, end = 0;
};

/// Rules that cross or touch one another.
struct RuleGroup {
  std::vector<RuleLine> level, upright;
};

/// Joins rules that continue or double one another and groups those that meet.
std::vector<RuleGroup> group_rules(const std::vector<book::Box>& rules);

/// Positions, ascending, where the lines lie: those nearer to each other than `tolerance` count once.
std::vector<float> positions(const std::vector<RuleLine>& lines, float tolerance);

}  // namespace openbook::read
