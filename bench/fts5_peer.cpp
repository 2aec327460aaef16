#include <sqlite3.h>

#include <set>

#include "peer.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::bench {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

/// The query's runs of letters, digits and characters, each once.
std::vector<std::u32string> runs_of(std::string_view query) {
  std::vector<std::u32string> runs(1);
  for (std::size_t at = 0; at < query.size();) {
    const char32_t c = text::next_code_point(query, at);
    const text::CharacterClass kind = text::class_of(c);
    if (kind == text::CharacterClass::Letter || kind == text::CharacterClass::Digit ||
        kind == text::CharacterClass::Mark || text::is_cjk(kind))
      runs.back() += c;
    else if (!runs.back().empty())
      runs.emplace_back();
  }
  if (runs.back().empty()) runs.pop_back();
  return runs;
}

class Fts5 final : public Peer {
 public:
  Fts5(std::unique_ptr<sqlite3, CloseDatabase> database, Script script)
      : database_(std::move(database)), script_(script) {}

  std::string name() const override { return script_ == Script::Chinese ? "FTS5 trigram" : "FTS5 porter"; }

  Status open() {
    const std::string tokenize = script_ == Script::Chinese ? "trigram" : "porter unicode61";
    OB_RETURN_IF_ERROR(run("PRAGMA journal_mode=OFF"));
    OB_RETURN_IF_ERROR(run("PRAGMA synchronous=OFF"));
    OB_RETURN_IF_ERROR(run("CREATE VIRTUAL TABLE d USING fts5(title, text, tokenize='" + tokenize + "')"));
    OB_RETURN_IF_ERROR(run("BEGIN"));
    OB_TRY(insert_, prepare("INSERT INTO d(rowid, title, text) VALUES(?1, ?2, ?3)"));
    OB_TRY(select_, prepare("SELECT rowid FROM d WHERE d MATCH ?1 ORDER BY rank LIMIT ?2"));
    return {};
  }

  Status add(std::string_view title, std::string_view text) override {
    sqlite3_reset(insert_.get());
    sqlite3_bind_int64(insert_.get(), 1, next_++);
    sqlite3_bind_text(insert_.get(), 2, title.data(), static_cast<int>(title.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert_.get(), 3, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return sqlite3_step(insert_.get()) == SQLITE_DONE ? Status{} : error();
  }

  Status finish() override {
    OB_RETURN_IF_ERROR(run("COMMIT"));
    return run("INSERT INTO d(d) VALUES('optimize')");
  }

  Result<std::vector<std::uint32_t>> search(std::string_view query, std::size_t limit) override {
    std::vector<std::uint32_t> found;
    const std::string match = match_of(query);
    if (match.empty()) return found;
    sqlite3_reset(select_.get());
    sqlite3_bind_text(select_.get(), 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
    sqlite3_bind_int64(select_.get(), 2, static_cast<sqlite3_int64>(limit));
    int step = SQLITE_OK;
    while ((step = sqlite3_step(select_.get())) == SQLITE_ROW)
      found.push_back(static_cast<std::uint32_t>(sqlite3_column_int64(select_.get(), 0)));
    if (step != SQLITE_DONE) return std::unexpected(error().error());
    return found;
  }

 private:
  /// Quoted terms, OR-ed: words, or all windows of three characters.
  std::string match_of(std::string_view query) const {
    std::set<std::string> terms;
    for (const std::u32string& run : runs_of(query)) {
      const std::size_t size = script_ == Script::Chinese ? 3 : run.size();
      for (std::size_t begin = 0; begin + size <= run.size(); ++begin) {
        std::string term;
        for (char32_t c : run.substr(begin, size)) text::append_utf8(term, c);
        terms.insert(std::move(term));
      }
    }
    std::string match;
    for (const std::string& term : terms) match += (match.empty() ? "\"" : " OR \"") + term + "\"";
    return match;
  }

  Status run(const std::string& sql) {
    return sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK ? Status{} : error();
  }
  Result<Statement> prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
      return std::unexpected(error().error());
    return Statement(statement);
  }
  Status error() const { return fail(Code::Io, std::string("SQLite: ") + sqlite3_errmsg(database_.get())); }

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  Script script_;
  Statement insert_, select_;
  sqlite3_int64 next_ = 0;
};

}  // namespace

Result<std::unique_ptr<Peer>> make_fts5(const std::string& path, Script script) {
  sqlite3* database = nullptr;
  const int opened = sqlite3_open(path.c_str(), &database);
  std::unique_ptr<sqlite3, CloseDatabase> owned(database);
  if (opened != SQLITE_OK) return fail(Code::Io, "SQLite cannot open " + path);
  auto peer = std::make_unique<Fts5>(std::move(owned), script);
  OB_RETURN_IF_ERROR(peer->open());
  return peer;
}

std::string fts5_version() {
  return std::string("SQLite ") + sqlite3_libversion();
}

}  // namespace openbook::bench
