#include "store/sqlite/database.h"

namespace openbook::store {

Rows::~Rows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fail(error_of(database_, code));
}

std::string_view Rows::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data == nullptr ? std::string_view()
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string_view Rows::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return data == nullptr ? std::string_view()
                         : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

Error error_of(sqlite3* database, int code) {
  const std::string what = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::Unavailable, "another process is using the knowledge base (" + what + "); try again", {}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Code::Corrupt, "the knowledge base is damaged or is none (" + what + ")", {}};
    case SQLITE_FULL:
      return {Code::Io, "no space is left for the knowledge base (" + what + "); free some and repeat", {}};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Code::Io, "the knowledge base cannot be read or written (" + what + ")", {}};
    case SQLITE_TOOBIG:
      return {Code::OverLimit, "a document is larger than the knowledge base can hold (" + what + ")", {}};
    case SQLITE_NOMEM:
      return {Code::OverLimit, "out of memory in the knowledge base", {}};
    default:
      return {Code::Bug, "knowledge base: " + what, {}};
  }
}

Result<Database> Database::open(const std::string& path, int flags, int busy_timeout_ms) {
  // SQLite counts its memory under one lock for all threads, which searching threads would queue for. The first call
  // in a process decides; where somebody else has begun using SQLite, it is refused and nothing is lost.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)uncounted;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(handle);  // Closes also what failed to open.
  if (code != SQLITE_OK) return fail(error_of(handle, code).at(path));
  sqlite3_extended_result_codes(handle, 0);
  sqlite3_busy_timeout(handle, busy_timeout_ms);
  return database;
}

Database::~Database() = default;

Status Database::run(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(error_of(handle_.get(), code));
  return {};
}

Result<sqlite3_stmt*> Database::prepared(const char* sql) {
  const auto [begin, end] = statements_.equal_range(sql);
  for (auto it = begin; it != end; ++it)
    if (sqlite3_stmt_busy(it->second.get()) == 0) return it->second.get();
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return fail(error_of(handle_.get(), code).at(sql));
  statements_.emplace(sql, Prepared(statement));
  return statement;
}

Result<Transaction> Transaction::begin_write(Database& database) {
  OB_RETURN_IF_ERROR(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // After some failures (a full disk) SQLite has rolled back by itself.
  if (database_ != nullptr && database_->in_transaction()) (void)database_->run("ROLLBACK");
}

Status Transaction::commit() {
  OB_RETURN_IF_ERROR(database_->run("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace openbook::store
