#pragma once

#include <span>
#include <vector>

#include "book/evidence.h"

namespace openbook::retrieve {

/// Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): score = sum over lists of 1 / (60 + rank). Ranks are fused,
/// not scores, because the scales of lexical and dense scores have nothing in common. Signals of a chunk in several
/// lists are joined. Best first; ties by chunk id.
std::vector<book::Candidate> fuse(std::span<const std::vector<book::Candidate>> lists);

}  // namespace openbook::retrieve
