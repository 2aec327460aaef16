#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Other search engines, driven as their manuals advise, so that figures stand beside figures of the same run.
namespace openbook::bench {

enum class Script { English, Chinese };

/// An engine over documents numbered from 0 in the order added.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string name() const = 0;
  virtual Status add(std::string_view title, std::string_view text) = 0;
  /// Makes what was added searchable; called once, after the last add.
  virtual Status finish() = 0;
  /// Documents that hold any of the query's terms, best first, at most `limit`.
  virtual Result<std::vector<std::uint32_t>> search(std::string_view query, std::size_t limit) = 0;
};

/// SQLite FTS5 with bm25(): words stemmed (`porter unicode61`) or, for Chinese, `trigram`. All terms OR-ed.
/// `path` is the database's file.
Result<std::unique_ptr<Peer>> make_fts5(const std::string& path, Script script);

/// Xapian's BM25Weight over stemmed words, Chinese as its n-grams, no positions. All terms OR-ed: its query parser
/// ANDs the n-grams of a Chinese question, and then finds nothing for most. `path` is the database's folder.
Result<std::unique_ptr<Peer>> make_xapian(const std::string& path, Script script);

/// "SQLite 3.40.1", "Xapian 1.4.22".
std::string fts5_version();
std::string xapian_version();

}  // namespace openbook::bench
