#pragma once

#include <vector>

#include "answer/fit/cases.h"
#include "answer/spans.h"

namespace openbook::answer::fit {

inline constexpr std::size_t kSpanSentences = 3;

/// The span candidates of one ranked case, and how right each is.
struct SpanCase {
  SpanSearch search;
  std::vector<float> f1;  ///< [candidate]
};

/// On two threads; the order is that of the cases.
std::vector<SpanCase> make_span_cases(const std::vector<Case>& cases);

}  // namespace openbook::answer::fit
