#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "base/json_forward.h"
#include "eval/corpus.h"
#include "eval/metrics.h"

/// How well a set's documents are found.
namespace openbook::eval {

struct RetrievalOptions {
  std::string split = "test";
  std::size_t limit = 0;  ///< At most so many queries, the first of the file; 0: all.
};

struct RetrievalReport {
  std::string set;
  std::size_t queries = 0;
  std::size_t documents = 0;
  std::map<std::string, Estimate> lexical;  ///< "ndcg@10", "recall@1", …: figure with its interval over queries.
  double index_seconds = 0;
  double query_ms_p50 = 0, query_ms_p95 = 0;  ///< One search for 20 passages, text included, on one thread.
  std::uint64_t markdown_bytes = 0, file_bytes = 0;
};

/// Adds the folder's corpus to a knowledge base of its own and searches it with every judged query. A document of
/// several chunks stands where its best one does. Errors: those of load_beir and Corpus::add.
Result<RetrievalReport> measure_retrieval(const std::string& folder, const RetrievalOptions& options,
                                          const Setting& setting, std::stop_token stop);

/// The fixed form of `eval retrieval --json`; intervals stand beside it under "intervals".
Json to_json(const RetrievalReport& report);

}  // namespace openbook::eval
