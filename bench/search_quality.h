#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "eval/metrics.h"
#include "peer.h"

/// openbook's lexical search beside other engines, on the same files and by the same figures.
namespace openbook::bench {

struct SearchTask {
  std::string name;    ///< As the table says it.
  std::string folder;  ///< BEIR folder with the queries and judgements.
  std::string corpus;  ///< Corpus file; empty: the folder's.
  Script script = Script::English;
  double floor = 0;  ///< nDCG@10 that must be reached; 0: none.
};

struct SearchFigures {
  std::string engine;
  eval::Estimate ndcg;
  double recall_1 = 0, recall_5 = 0, recall_20 = 0;
};

/// openbook first, then the peers.
Result<std::vector<SearchFigures>> measure_search(const SearchTask& task, const std::string& programs_folder);

}  // namespace openbook::bench
