#include "store/sqlite/schema.h"

#include <array>

#include "index/fields.h"

namespace openbook::store {
namespace {

/// What makes version n + 1 out of version n, n from 0. Written once, never changed: a new version adds an entry.
constexpr std::array<const char*, kSchemaVersion> kMigrations = {
    R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES('revision', 0), ('next_chunk', 0), ('purge_pending', 0);
CREATE TABLE revision(number INTEGER PRIMARY KEY, made_at INTEGER NOT NULL);
CREATE TABLE source(uri TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
  content_hash TEXT NOT NULL, reader TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document(id INTEGER PRIMARY KEY AUTOINCREMENT, uri TEXT NOT NULL UNIQUE, source_uri TEXT NOT NULL);
CREATE INDEX document_by_source ON document(source_uri);
CREATE TABLE version(id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, number INTEGER NOT NULL,
  title TEXT NOT NULL, language TEXT NOT NULL, format TEXT NOT NULL, content_hash TEXT NOT NULL,
  byte_size INTEGER NOT NULL, added_at INTEGER NOT NULL, ended_at INTEGER,
  from_revision INTEGER NOT NULL, to_revision INTEGER,
  first_chunk INTEGER NOT NULL, chunk_count INTEGER NOT NULL, details BLOB NOT NULL, UNIQUE(document, number));
CREATE INDEX version_by_chunk ON version(first_chunk) WHERE chunk_count > 0;
CREATE TABLE text(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE heading(id INTEGER PRIMARY KEY, path BLOB NOT NULL);
CREATE TABLE source_map(version INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE chunk(id INTEGER PRIMARY KEY, heading INTEGER NOT NULL, begin INTEGER NOT NULL, size INTEGER NOT NULL,
  lead_begin INTEGER NOT NULL, lead_size INTEGER NOT NULL, parent_before INTEGER NOT NULL, parent_size INTEGER NOT NULL,
  tokens INTEGER NOT NULL);
CREATE TABLE segment(id INTEGER PRIMARY KEY AUTOINCREMENT, history INTEGER NOT NULL, first_chunk INTEGER NOT NULL,
  chunk_count INTEGER NOT NULL, byte_size INTEGER NOT NULL, posting_count INTEGER NOT NULL, length_sum INTEGER NOT NULL,
  dead BLOB NOT NULL);
CREATE TABLE segment_page(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
)sql",
    R"sql(
CREATE TABLE embedder(id INTEGER PRIMARY KEY CHECK(id = 1), identity TEXT NOT NULL, dimension INTEGER NOT NULL);
CREATE TABLE vector(version INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
)sql",
};

Status check_newer(std::int64_t version) {
  if (version <= kSchemaVersion) return {};
  return fail(Code::Unsupported, "this knowledge base has format version " + std::to_string(version) +
                                     ", and this openbook reads up to " + std::to_string(kSchemaVersion) +
                                     "; use the newer openbook that wrote it");
}

Status check_application(Database& database) {
  OB_TRY(const std::int64_t id, database.integer(0, "PRAGMA application_id"));
  if (id == kApplicationId) return {};
  return fail(Code::Corrupt, "this file is a SQLite database but not an openbook knowledge base; name another file");
}

Result<bool> is_empty(Database& database) {
  OB_TRY(const std::int64_t tables, database.integer(0, "SELECT count(*) FROM sqlite_schema"));
  return tables == 0;
}

struct Part {
  const char* key;
  const char* what;
  std::string value;
};

std::array<Part, 3> parts_of(const StoreOptions& options) {
  return {{{"tokeniser", "tokeniser", options.tokeniser},
           {"splitter", "splitter", options.splitter},
           {"postings", "field weights", index::identity_of(options.weights)}}};
}

}  // namespace

Status configure(Database& database) {
  // NORMAL in WAL mode: a commit waits for no disk, so that adding a document takes milliseconds. A crash of the
  // program loses nothing; a power cut may lose the last commits, each wholly, and never damages the file.
  return database.run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
      "PRAGMA secure_delete=FAST;"
      "PRAGMA cache_size=-16384; PRAGMA mmap_size=1073741824; PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF");
}

Status shape_new_file(Database& database) {
  OB_TRY(const std::int64_t pages, database.integer(0, "PRAGMA page_count"));
  if (pages > 0) return {};  // Setting auto_vacuum again would write to the file.
  return database.run("PRAGMA page_size=" + std::to_string(kPageBytes) + "; PRAGMA auto_vacuum=INCREMENTAL");
}

Status give_back_free_pages(Database& database) {
  constexpr std::int64_t kFewPages = 128;
  OB_TRY(const std::int64_t free, database.integer(0, "PRAGMA freelist_count"));
  if (free < kFewPages) return {};
  OB_TRY(const std::int64_t pages, database.integer(0, "PRAGMA page_count"));
  return free * 16 > pages ? database.run("PRAGMA incremental_vacuum") : Status{};
}

Status migrate(Database& database) {
  OB_TRY(const std::int64_t before, database.integer(0, "PRAGMA user_version"));
  if (before == kSchemaVersion) return check_application(database);
  OB_RETURN_IF_ERROR(check_newer(before));
  OB_TRY(Transaction transaction, Transaction::begin_write(database));
  OB_TRY(std::int64_t version, database.integer(0, "PRAGMA user_version"));  // Another process may have been faster.
  OB_RETURN_IF_ERROR(check_newer(version));
  OB_TRY(const bool empty, is_empty(database));
  if (!empty) OB_RETURN_IF_ERROR(check_application(database));
  if (!empty && version == 0) return fail(Code::Corrupt, "this knowledge base has no format version");
  for (; version < kSchemaVersion; ++version)
    OB_RETURN_IF_ERROR(database.run(kMigrations[static_cast<std::size_t>(version)]));
  OB_RETURN_IF_ERROR(database.run("PRAGMA application_id=" + std::to_string(kApplicationId)));
  OB_RETURN_IF_ERROR(database.run("PRAGMA user_version=" + std::to_string(kSchemaVersion)));
  return transaction.commit();
}

Status check_schema(Database& database) {
  OB_RETURN_IF_ERROR(check_application(database));
  OB_TRY(const std::int64_t version, database.integer(0, "PRAGMA user_version"));
  OB_RETURN_IF_ERROR(check_newer(version));
  if (version < kSchemaVersion)
    return fail(Code::Unsupported, "this knowledge base has the older format version " + std::to_string(version) +
                                       "; any command that may write to it, such as `openbook update`, converts it");
  return {};
}

Status check_identity(Database& database, const StoreOptions& options) {
  for (const Part& part : parts_of(options)) {
    OB_TRY(const std::string stored, meta_text(database, part.key));
    if (stored.empty() || stored == part.value) continue;
    return fail(Code::Unsupported, std::string("this knowledge base was indexed with the ") + part.what + " \"" +
                                       stored + "\", and this openbook uses \"" + part.value +
                                       "\"; run `openbook reindex` to rebuild the index from the stored texts");
  }
  return {};
}

Status store_identity(Database& database, const StoreOptions& options) {
  for (const Part& part : parts_of(options)) OB_RETURN_IF_ERROR(set_meta_text(database, part.key, part.value));
  return {};
}

Result<std::string> meta_text(Database& database, std::string_view key) {
  OB_TRY(Rows rows, database.query("SELECT value FROM meta WHERE key=?", key));
  OB_TRY(const bool found, rows.next());
  return found ? std::string(rows.text(0)) : std::string();
}

Status set_meta_text(Database& database, std::string_view key, std::string_view value) {
  return database.execute("INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value=?2", key, value);
}

Result<std::int64_t> meta_integer(Database& database, std::string_view key) {
  return database.integer(0, "SELECT value FROM meta WHERE key=?", key);
}

Status set_meta_integer(Database& database, std::string_view key, std::int64_t value) {
  return database.execute("INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value=?2", key, value);
}

}  // namespace openbook::store
