#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "book/evidence.h"

namespace openbook::book {

/// What `search` found, best first.
struct SearchResult {
  std::string query;
  std::string corrected;  ///< The query with misspelt words replaced; equals query if there were none.
  std::uint64_t revision = 0;
  std::vector<Passage> hits;
  std::map<std::string, double> timing;  ///< Stage → milliseconds.
};

}  // namespace openbook::book
