#include <cstring>

#include "index/vectors.h"
#include "store/sqlite/snapshot.h"
#include "store/sqlite/vector_rows.h"

namespace openbook::store {
namespace {

Status check_embedder(Database& database, std::string_view embedder, std::size_t dimension) {
  OB_TRY(const EmbedderRow stored, embedder_of(database));
  if (stored.dimension == 0) return fail(Code::NotFound, "this knowledge base holds no vectors");
  if (stored.identity == embedder && stored.dimension == dimension) return {};
  return fail(Code::InvalidInput, "the vectors here were made by \"" + stored.identity + "\" (" +
                                      std::to_string(stored.dimension) + " numbers each), and the query's by \"" +
                                      std::string(embedder) + "\" (" + std::to_string(dimension) +
                                      "); embed the library again or choose the other embedder");
}

}  // namespace

Result<std::vector<book::Candidate>> SqliteSnapshot::search_vectors(std::string_view embedder,
                                                                    std::span<const float> query,
                                                                    const book::Filter& filter, std::size_t limit) {
  OB_RETURN_IF_ERROR(check_embedder(database_, embedder, query.size()));
  const std::optional<std::string> end = prefix_end(filter.uri_prefix);
  OB_TRY(Rows rows, database_.query("SELECT v.first_chunk, v.chunk_count, r.bytes FROM vector r "
                                    "JOIN version v ON v.id = r.version JOIN document d ON d.id = v.document "
                                    "WHERE d.uri >= ?1 AND (?2 OR d.uri < ?3) AND (?4 = '' OR v.language = ?4) "
                                    "AND v.from_revision <= ?5 AND (v.to_revision IS NULL OR v.to_revision > ?5)",
                                    filter.uri_prefix, end ? 0 : 1, end ? std::string_view(*end) : std::string_view(),
                                    filter.language, view_->revision));
  index::TopRows best(limit);
  std::vector<float> numbers;
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) break;
    OB_RETURN_IF_ERROR(decode_vectors(rows.bytes(2), rows.number(1), query.size(), numbers));
    index::scan(query, numbers, rows.number(0), best);
  }
  std::vector<book::Candidate> candidates;
  for (const index::ScoredRow& row : best.take()) {
    constexpr float kUnseen = std::numeric_limits<float>::quiet_NaN();
    candidates.push_back({row.id, row.score, {kUnseen, row.score, kUnseen}});
  }
  return candidates;
}

}  // namespace openbook::store
