#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "answer/words.h"

namespace openbook::answer {

/// Pairs of first and last word of the stretches that could be an answer: at most twelve words, no sentence
/// punctuation inside, borders on words that can begin or end a phrase. At most 1,200 for one sentence.
std::vector<std::pair<std::uint32_t, std::uint32_t>> span_candidates(const std::vector<Word>& words);

}  // namespace openbook::answer
