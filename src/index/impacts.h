#pragma once

#include <span>
#include <vector>

#include "index/postings.h"

namespace openbook::index {

/// The fewest impacts, at most kMaxImpacts, that bound all postings of a block: its Pareto front in (frequency up,
/// length down), neighbours joined where that loosens the bound least. Highest frequency first.
std::vector<Impact> impacts_of(std::span<const Posting> block, std::span<const std::uint8_t> lengths);

}  // namespace openbook::index
