#include "store/sqlite/forget.h"

#include <algorithm>

#include "store/sqlite/forget_evidence.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/segment_set.h"

namespace openbook::store {
namespace {

constexpr std::size_t kMaxTermNeedles = 16;

/// Ids of what was erased must be in no table and in no segment.
Status count_ids(Database& database, const std::vector<SegmentRow>& segments, const Forgotten& forgotten,
                 Receipt& receipt) {
  for (const book::DocumentId id : forgotten.documents) {
    OB_TRY(const std::int64_t documents, database.integer(0, "SELECT count(*) FROM document WHERE id=?", id));
    OB_TRY(const std::int64_t versions, database.integer(0, "SELECT count(*) FROM version WHERE document=?", id));
    receipt.checked.push_back({"document id", std::to_string(id), static_cast<std::uint64_t>(documents + versions), 0});
  }
  for (const auto& [first, count] : forgotten.chunks) {
    const std::uint64_t end = std::uint64_t{first} + count;
    OB_TRY(const std::int64_t rows,
           database.integer(0, "SELECT count(*) FROM chunk WHERE id >= ? AND id < ?", first, end));
    auto total = static_cast<std::uint64_t>(rows);
    for (const SegmentRow& row : segments) {
      const auto slots = row.segment->slots().slots_of(first, count);
      total += slots.end - slots.begin;
    }
    receipt.checked.push_back({"chunk ids", std::to_string(first) + "-" + std::to_string(end - 1), total, 0});
  }
  return {};
}

Status erase_version(Database& database, std::int64_t version) {
  OB_RETURN_IF_ERROR(database.execute("DELETE FROM text WHERE id >= ? AND id < ?", version << kPieceBits,
                                      (version + 1) << kPieceBits));
  OB_RETURN_IF_ERROR(database.execute("DELETE FROM heading WHERE id >= ? AND id < ?", version << kPieceBits,
                                      (version + 1) << kPieceBits));
  OB_RETURN_IF_ERROR(database.execute("DELETE FROM source_map WHERE version=?", version));
  OB_RETURN_IF_ERROR(database.execute("DELETE FROM vector WHERE version=?", version));
  return database.execute("DELETE FROM version WHERE id=?", version);
}

Status erase_rows(Database& database, const Forgotten& forgotten) {
  for (const auto& [first, count] : forgotten.chunks)
    OB_RETURN_IF_ERROR(
        database.execute("DELETE FROM chunk WHERE id >= ? AND id < ?", first, std::uint64_t{first} + count));
  for (const std::int64_t version : forgotten.versions) OB_RETURN_IF_ERROR(erase_version(database, version));
  for (const book::DocumentId id : forgotten.documents)
    OB_RETURN_IF_ERROR(database.execute("DELETE FROM document WHERE id=?", id));
  for (const std::string& uri : forgotten.source_uris)
    OB_RETURN_IF_ERROR(database.execute(
        "DELETE FROM source WHERE uri=?1 AND NOT EXISTS (SELECT 1 FROM document WHERE source_uri=?1)", uri));
  return {};
}

/// Moves needles that what remains holds too to Receipt::shared: finding them proves nothing.
Status set_shared_aside(Database& database, const SegmentSet& segments, std::vector<Needle>& needles,
                        Receipt& receipt) {
  OB_RETURN_IF_ERROR(count_in_tables(database, segments.rows(), needles));
  for (const Needle& needle : needles)
    if (needle.count > 0) receipt.shared.push_back(needle.text);
  std::erase_if(needles, [](const Needle& needle) { return needle.count > 0; });
  return {};
}

/// The longest of the terms that are gone: words of their own, not pieces of others.
void add_terms(std::vector<std::string> gone, std::vector<Needle>& needles) {
  std::erase_if(gone, [](const std::string& term) { return term.size() < kMinNeedleBytes; });
  std::stable_sort(gone.begin(), gone.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  for (std::size_t i = 0; i < gone.size() && i < kMaxTermNeedles; ++i) needles.push_back({"term", gone[i], 0});
}

/// The transaction that erases. Leaves purge_pending set.
Result<Forgotten> erase(Database& database, SegmentCache& cache, std::span<const book::DocumentId> ids,
                        Receipt& receipt) {
  OB_TRY(Transaction transaction, Transaction::begin_write(database));
  OB_TRY(Forgotten forgotten, gather_forgotten(database, ids));
  OB_TRY(std::int64_t revision, meta_integer(database, "revision"));
  receipt.revision = static_cast<std::uint64_t>(revision);
  if (forgotten.documents.empty()) return forgotten;

  OB_TRY(SegmentSet segments, SegmentSet::load(database, cache));
  OB_TRY(const std::vector<std::string> terms, terms_of(database, segments.rows(), forgotten));
  OB_RETURN_IF_ERROR(segments.erase(forgotten.chunks));
  OB_RETURN_IF_ERROR(segments.save());
  OB_RETURN_IF_ERROR(erase_rows(database, forgotten));
  OB_TRY(std::vector<std::string> gone, absent_terms(database, segments.rows(), terms));
  receipt.term_count = gone.size();
  add_terms(std::move(gone), forgotten.needles);
  OB_RETURN_IF_ERROR(set_shared_aside(database, segments, forgotten.needles, receipt));

  ++revision;
  OB_TRY(const std::int64_t last, database.integer(0, "SELECT max(made_at) FROM revision"));
  OB_RETURN_IF_ERROR(database.execute("INSERT INTO revision VALUES(?, ?)", revision, std::max(now_millis(), last)));
  OB_RETURN_IF_ERROR(set_meta_integer(database, "revision", revision));
  OB_RETURN_IF_ERROR(set_meta_integer(database, "purge_pending", 1));
  OB_RETURN_IF_ERROR(transaction.commit());
  receipt.revision = static_cast<std::uint64_t>(revision);
  return forgotten;
}

Status empty_log(Database& database) {
  OB_TRY(Rows rows, database.query("PRAGMA wal_checkpoint(TRUNCATE)"));
  OB_TRY(const bool found, rows.next());
  if (found && rows.integer(0) == 0) return {};
  return fail(
      Code::Unavailable,
      "the text is erased, but a reader of the old state keeps it in the log; end that reader and forget again");
}

/// Takes what was erased out of the file's bytes: log, free pages, rests in used pages.
Status purge(Database& database) {
  OB_TRY(const std::int64_t pending, meta_integer(database, "purge_pending"));
  if (pending == 0) return {};
  OB_RETURN_IF_ERROR(empty_log(database));
  OB_RETURN_IF_ERROR(database.run("VACUUM"));
  OB_RETURN_IF_ERROR(empty_log(database));
  OB_RETURN_IF_ERROR(set_meta_integer(database, "purge_pending", 0));
  return empty_log(database);
}

Status search_again(Database& database, SegmentCache& cache, const std::string& path, Forgotten& forgotten,
                    Receipt& receipt) {
  OB_TRY(const std::vector<SegmentRow> segments, load_segments(database, cache));
  OB_RETURN_IF_ERROR(count_in_tables(database, segments, forgotten.needles));
  for (Needle& needle : forgotten.needles) {
    receipt.checked.push_back({needle.kind, needle.text, needle.count, 0});
    needle.count = 0;
  }
  for (const char* suffix : {"", "-wal", "-journal"}) {
    OB_TRY(const std::uint64_t bytes, count_in_file(path + suffix, forgotten.needles));
    receipt.bytes_searched += bytes;
  }
  for (std::size_t i = 0; i < forgotten.needles.size(); ++i) receipt.checked[i].in_bytes = forgotten.needles[i].count;
  return count_ids(database, segments, forgotten, receipt);
}

}  // namespace

Result<Receipt> forget_documents(Database& database, SegmentCache& cache, const std::string& path,
                                 std::span<const book::DocumentId> ids) {
  Receipt receipt;
  OB_RETURN_IF_ERROR(database.run("PRAGMA secure_delete=ON"));
  Result<Forgotten> forgotten = erase(database, cache, ids, receipt);
  OB_RETURN_IF_ERROR(database.run("PRAGMA secure_delete=FAST"));
  if (!forgotten) return fail(std::move(forgotten).error());
  receipt.uris = forgotten->uris;
  receipt.version_count = forgotten->versions.size();
  for (const auto& [first, count] : forgotten->chunks) receipt.chunk_count += count;
  OB_RETURN_IF_ERROR(purge(database));
  OB_RETURN_IF_ERROR(search_again(database, cache, path, *forgotten, receipt));
  return receipt;
}

void finish_forgetting(Database& database, int busy_timeout_ms) {
  const Result<std::int64_t> pending = meta_integer(database, "purge_pending");
  if (!pending || *pending == 0) return;
  if (!database.run("PRAGMA busy_timeout=0")) return;
  (void)purge(database);  // What is left to do stays noted in the file.
  (void)database.run("PRAGMA busy_timeout=" + std::to_string(busy_timeout_ms));
}

}  // namespace openbook::store
