#pragma once

#include <string>
#include <utility>
#include <vector>

#include "book/chunk.h"
#include "store/sqlite/needles.h"
#include "store/sqlite/segments.h"

namespace openbook::store {

/// What forgetting is about, gathered before anything is erased.
struct Forgotten {
  std::vector<book::DocumentId> documents;
  std::vector<std::string> uris;
  std::vector<std::string> source_uris;
  std::vector<std::int64_t> versions;
  std::vector<std::pair<book::ChunkId, std::uint32_t>> chunks;  ///< First and count of each version.
  std::vector<Needle> needles;                                  ///< Sentences, titles, uris, hashes; terms come later.
};

Result<Forgotten> gather_forgotten(Database& database, std::span<const book::DocumentId> ids);

/// The distinct terms of these chunks, in byte order.
Result<std::vector<std::string>> terms_of(Database& database, const std::vector<SegmentRow>& segments,
                                          const Forgotten& forgotten);

/// Those of `terms` that no segment holds.
Result<std::vector<std::string>> absent_terms(Database& database, const std::vector<SegmentRow>& segments,
                                              const std::vector<std::string>& terms);

}  // namespace openbook::store
