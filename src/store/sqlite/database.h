#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

/// SQLite with results in place of codes. One Database belongs to one thread at a time.
namespace openbook::store {

/// What a value is bound as when it is bytes, not text.
struct Bytes {
  std::string_view bytes;
};

/// A statement that runs: rows one after another. Gives its statement back for reuse when it dies. Views are valid
/// until the next call of next().
class Rows {
 public:
  Rows(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  Rows(Rows&& other) noexcept : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  /// False after the last row. Errors as error_of() maps them.
  Result<bool> next();
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::uint32_t number(int column) const { return static_cast<std::uint32_t>(integer(column)); }
  std::string_view text(int column) const;
  std::string_view bytes(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_;
};

/// The Error for SQLite's last failure: Unavailable (busy), Corrupt, Io (disk, permissions, full), else Bug.
Error error_of(sqlite3* database, int code);

class Database {
 public:
  /// `flags` as sqlite3_open_v2 takes them.
  static Result<Database> open(const std::string& path, int flags, int busy_timeout_ms);
  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;
  ~Database();

  /// Runs a script of statements without parameters.
  Status run(const std::string& sql);

  /// Runs one statement with parameters: integers, text (anything a string_view is made of), Bytes, nullptr. `sql` must
  /// be a literal: the prepared statement is kept for it.
  template <typename... Values>
  Result<Rows> query(const char* sql, const Values&... values) {
    OB_TRY(sqlite3_stmt* const statement, prepared(sql));
    Rows rows(handle_.get(), statement);
    int index = 0;
    (bind(statement, ++index, values), ...);
    return rows;
  }
  /// The same for statements that give no rows.
  template <typename... Values>
  Status execute(const char* sql, const Values&... values) {
    OB_TRY(Rows rows, query(sql, values...));
    OB_TRY([[maybe_unused]] const bool row, rows.next());
    return {};
  }
  /// The first column of the first row, or `otherwise`.
  template <typename... Values>
  Result<std::int64_t> integer(std::int64_t otherwise, const char* sql, const Values&... values) {
    OB_TRY(Rows rows, query(sql, values...));
    OB_TRY(const bool found, rows.next());
    return found && !rows.is_null(0) ? rows.integer(0) : otherwise;
  }

  std::int64_t last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
  /// Is a transaction open?
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

  explicit Database(sqlite3* handle) : handle_(handle) {}
  Result<sqlite3_stmt*> prepared(const char* sql);

  template <std::integral T>
  static void bind(sqlite3_stmt* statement, int index, T value) {
    sqlite3_bind_int64(statement, index, static_cast<sqlite3_int64>(value));
  }
  static void bind(sqlite3_stmt* statement, int index, std::nullptr_t) { sqlite3_bind_null(statement, index); }
  static void bind(sqlite3_stmt* statement, int index, std::string_view text) {
    const char* data = text.data() != nullptr ? text.data() : "";
    sqlite3_bind_text64(statement, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  static void bind(sqlite3_stmt* statement, int index, Bytes value) {
    const char* data = value.bytes.data() != nullptr ? value.bytes.data() : "";
    sqlite3_bind_blob64(statement, index, data, value.bytes.size(), SQLITE_STATIC);
  }

  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_multimap<const char*, Prepared> statements_;  ///< By address of the literal; one of each use at once.
};

/// Rolls back when it dies uncommitted.
class Transaction {
 public:
  /// "BEGIN IMMEDIATE": takes the write lock now, waiting for the busy timeout.
  static Result<Transaction> begin_write(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace openbook::store
