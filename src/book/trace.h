#pragma once

#include <string>
#include <utility>
#include <vector>

namespace openbook::book {

/// What one stage did, for `explain`: a name, what it cost and lines a person can read.
struct TraceStep {
  std::string stage;
  double millis = 0;
  std::vector<std::pair<std::string, std::string>> facts;  ///< Name → value, in the order told.
};

struct Trace {
  std::vector<TraceStep> steps;
};

}  // namespace openbook::book
