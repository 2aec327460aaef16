#pragma once

#include <cstdint>
#include <string>

#include "store/sqlite/database.h"
#include "store/store.h"

/// The file's tables, their version and its history (docs/formats/knowledge-base.md).
namespace openbook::store {

constexpr std::int64_t kApplicationId = 0x6f626b62;  // "obkb"
constexpr int kSchemaVersion = 2;
constexpr int kPageBytes = 8192;

/// Text and headings are keyed version * 2^20 + number, segment pages segment * 2^24 + number.
constexpr int kPieceBits = 20;
constexpr int kSegmentPageBits = 24;
constexpr std::size_t kTextPieceBytes = 1008;    ///< Eight to a database page.
constexpr std::size_t kSegmentPageBytes = 8128;  ///< One to a database page.

/// Page size and the like of a file that does not exist yet; before configure(). Changes nothing in others.
Status shape_new_file(Database& database);

/// Connection settings that every reader and writer needs.
Status configure(Database& database);

/// Gives pages that merging left free back to the file system, in a transaction of its own, when they are more than a
/// sixteenth of the file.
Status give_back_free_pages(Database& database);

/// Brings a file to kSchemaVersion: an empty one, or an older version's. Does nothing for a current one.
/// Unsupported: written by a newer version. Corrupt: no knowledge base.
Status migrate(Database& database);

/// Checks without writing. Unsupported also for an older version (opened read-only, it cannot be migrated).
Status check_schema(Database& database);

/// Compares the identity strings with those stored, and stores them where none are.
Status check_identity(Database& database, const StoreOptions& options);
Status store_identity(Database& database, const StoreOptions& options);

/// Values of the table meta.
Result<std::string> meta_text(Database& database, std::string_view key);
Status set_meta_text(Database& database, std::string_view key, std::string_view value);
Result<std::int64_t> meta_integer(Database& database, std::string_view key);
Status set_meta_integer(Database& database, std::string_view key, std::int64_t value);

}  // namespace openbook::store
