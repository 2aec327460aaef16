#include "store/sqlite/details.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/snapshot.h"

/// What a snapshot tells of documents, versions and source files.
namespace openbook::store {
namespace {

// A document's version that a snapshot at revision ?1 shows: the visible one, else the newest it may know.
#define OB_DOCUMENT_COLUMNS                                                                                  \
  "SELECT d.id, d.uri, d.source_uri, v.number, v.title, v.language, v.format, v.content_hash, v.byte_size, " \
  "v.added_at, CASE WHEN v.to_revision <= ?1 THEN v.ended_at END, v.chunk_count "                            \
  "FROM document d JOIN version v ON v.document = d.id AND v.number = "                                      \
  "(SELECT max(number) FROM version WHERE document = d.id AND from_revision <= ?1) "

DocumentInfo info_of(const Rows& rows) {
  DocumentInfo info;
  info.ref.id = rows.integer(0);
  info.ref.uri = rows.text(1);
  info.source_uri = rows.text(2);
  info.ref.version = static_cast<int>(rows.integer(3));
  info.ref.title = rows.text(4);
  info.ref.language = rows.text(5);
  info.format = rows.text(6);
  info.content_hash = rows.text(7);
  info.byte_size = static_cast<std::uint64_t>(rows.integer(8));
  info.ref.added_at = rows.integer(9);
  if (!rows.is_null(10)) info.removed_at = rows.integer(10);
  info.chunk_count = rows.number(11);
  return info;
}

Result<std::optional<DocumentInfo>> first_of(Rows rows) {
  OB_TRY(const bool found, rows.next());
  if (!found) return std::optional<DocumentInfo>();
  return std::optional<DocumentInfo>(info_of(rows));
}

SourceFile source_of(const Rows& rows) {
  return {std::string(rows.text(0)), static_cast<std::uint64_t>(rows.integer(1)), rows.integer(2),
          std::string(rows.text(3)), std::string(rows.text(4))};
}

}  // namespace

Result<std::uint64_t> SqliteSnapshot::document_count() {
  OB_TRY(const std::int64_t count, database_.integer(0,
                                                     "SELECT count(*) FROM version WHERE from_revision <= ?1 "
                                                     "AND (to_revision IS NULL OR to_revision > ?1)",
                                                     view_->revision));
  return static_cast<std::uint64_t>(count);
}

Result<std::vector<DocumentInfo>> SqliteSnapshot::list(const ListOptions& options) {
  const std::optional<std::string> end = prefix_end(options.uri_prefix);
  OB_TRY(Rows rows, database_.query(OB_DOCUMENT_COLUMNS
                                    "WHERE d.uri >= ?2 AND (?3 OR d.uri < ?4) AND (?5 = '' OR d.source_uri = ?5) "
                                    "AND (?6 OR v.to_revision IS NULL OR v.to_revision > ?1) ORDER BY d.uri",
                                    view_->revision, options.uri_prefix, end ? 0 : 1,
                                    end ? std::string_view(*end) : std::string_view(), options.source_uri,
                                    options.include_removed ? 1 : 0));
  std::vector<DocumentInfo> documents;
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return documents;
    documents.push_back(info_of(rows));
  }
}

Result<std::optional<DocumentInfo>> SqliteSnapshot::find(std::string_view uri) {
  OB_TRY(Rows rows, database_.query(OB_DOCUMENT_COLUMNS "WHERE d.uri = ?2", view_->revision, uri));
  return first_of(std::move(rows));
}

Result<std::optional<DocumentInfo>> SqliteSnapshot::find(book::DocumentId id) {
  OB_TRY(Rows rows, database_.query(OB_DOCUMENT_COLUMNS "WHERE d.id = ?2", view_->revision, id));
  return first_of(std::move(rows));
}

Result<std::vector<VersionInfo>> SqliteSnapshot::history(std::string_view uri) {
  OB_TRY(Rows rows, database_.query("SELECT v.number, v.title, v.content_hash, v.added_at, "
                                    "CASE WHEN v.to_revision <= ?1 THEN v.ended_at END, v.byte_size, v.chunk_count "
                                    "FROM document d JOIN version v ON v.document = d.id "
                                    "WHERE d.uri = ?2 AND v.from_revision <= ?1 ORDER BY v.number",
                                    view_->revision, uri));
  std::vector<VersionInfo> versions;
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) break;
    VersionInfo version{static_cast<int>(rows.integer(0)),
                        std::string(rows.text(1)),
                        std::string(rows.text(2)),
                        rows.integer(3),
                        std::nullopt,
                        static_cast<std::uint64_t>(rows.integer(5)),
                        rows.number(6)};
    if (!rows.is_null(4)) version.ended_at = rows.integer(4);
    versions.push_back(std::move(version));
  }
  if (versions.empty())
    return fail(Code::NotFound, "no document \"" + std::string(uri) + "\" in this library; `openbook list` shows them");
  return versions;
}

Result<std::int64_t> SqliteSnapshot::version_id(book::DocumentId id, int number) {
  OB_TRY(const std::int64_t version,
         database_.integer(0,
                           "SELECT id FROM version WHERE document = ?1 AND from_revision <= ?2 "
                           "AND (?3 = 0 OR number = ?3) ORDER BY number DESC LIMIT 1",
                           id, view_->revision, number));
  if (version == 0)
    return fail(Code::NotFound, "no version " + (number == 0 ? "" : std::to_string(number) + " ") + "of document " +
                                    std::to_string(id) + "; `openbook history` shows them");
  return version;
}

Result<book::Document> SqliteSnapshot::document(book::DocumentId id, int version) {
  OB_TRY(const std::int64_t number, version_id(id, version));
  OB_TRY(Rows rows, database_.query("SELECT d.uri, v.title, v.language, v.format, v.byte_size, v.details, m.bytes "
                                    "FROM version v JOIN document d ON d.id = v.document "
                                    "LEFT JOIN source_map m ON m.version = v.id WHERE v.id = ?",
                                    number));
  OB_TRY(const bool found, rows.next());
  if (!found) return fail(Code::Corrupt, "version " + std::to_string(number) + " has no document");
  book::Document document;
  document.uri = rows.text(0);
  document.title = rows.text(1);
  document.language = rows.text(2);
  document.format = rows.text(3);
  const auto size = static_cast<std::uint32_t>(rows.integer(4));
  OB_RETURN_IF_ERROR(decode_details(rows.bytes(5), document));
  if (!rows.is_null(6)) {
    OB_TRY(document.source, book::decode_source_map(rows.bytes(6)));
  }
  OB_TRY(document.markdown, read_text(database_, number, {0, size}));
  return document;
}

Result<std::vector<book::Chunk>> SqliteSnapshot::chunks(book::DocumentId id, int version) {
  OB_TRY(const std::int64_t number, version_id(id, version));
  OB_TRY(Rows rows,
         database_.query("SELECT c.begin, c.size, c.lead_begin, c.lead_size, c.parent_before, c.parent_size, "
                         "c.tokens, h.path FROM version v JOIN chunk c ON c.id >= v.first_chunk "
                         "AND c.id < v.first_chunk + v.chunk_count "
                         "LEFT JOIN heading h ON h.id = (v.id << 20 | c.heading) WHERE v.id = ? ORDER BY c.id",
                         number));
  std::vector<book::Chunk> chunks;
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return chunks;
    OB_TRY(book::Chunk chunk, chunk_of(rows, 0));
    chunks.push_back(std::move(chunk));
  }
}

Result<std::optional<SourceFile>> SqliteSnapshot::find_source(std::string_view uri) {
  OB_TRY(Rows rows, database_.query("SELECT uri, size, modified, content_hash, reader FROM source WHERE uri = ?", uri));
  OB_TRY(const bool found, rows.next());
  if (!found) return std::optional<SourceFile>();
  return std::optional<SourceFile>(source_of(rows));
}

Result<std::vector<SourceFile>> SqliteSnapshot::sources(std::string_view uri_prefix) {
  const std::optional<std::string> end = prefix_end(uri_prefix);
  OB_TRY(Rows rows, database_.query("SELECT uri, size, modified, content_hash, reader FROM source "
                                    "WHERE uri >= ?1 AND (?2 OR uri < ?3) ORDER BY uri",
                                    uri_prefix, end ? 0 : 1, end ? std::string_view(*end) : std::string_view()));
  std::vector<SourceFile> files;
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return files;
    files.push_back(source_of(rows));
  }
}

#undef OB_DOCUMENT_COLUMNS

}  // namespace openbook::store
