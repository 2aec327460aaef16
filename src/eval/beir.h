#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"

/// The BEIR form of a retrieval set (Thakur et al. 2021): corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv, each plain
/// or gzip.
namespace openbook::eval {

struct BeirQuery {
  std::string id;
  std::string text;
  std::unordered_map<std::string, double> judged;  ///< Document id → gain, above 0 only.
};

struct BeirSet {
  std::string name;                ///< The folder's.
  std::string corpus;              ///< Path of its corpus file.
  std::vector<BeirQuery> queries;  ///< Those with a text and a judgement, in the file's order.
};

/// Reads queries and judgements; the corpus is only named. Errors: NotFound, Io, Corrupt.
Result<BeirSet> load_beir(const std::string& folder, const std::string& split);

/// Name of the last part of a path, a slash at its end or not.
std::string last_part(const std::string& path);

}  // namespace openbook::eval
