#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "store/contract_test.h"
#include "store/sqlite/database.h"
#include "store/sqlite/merge_policy.h"
#include "store/sqlite/schema.h"

namespace openbook::store {
namespace testing {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         ::testing::Values(StoreFactory{
                             "sqlite",
                             [](const std::filesystem::path& folder, const StoreOptions& options) {
                               return open_store(folder / "kb.openbook", OpenMode::Create, options);
                             }}),
                         [](const auto& info) { return info.param.name; });

}  // namespace testing

namespace {

using testing::make_document;
using testing::terms_of;
using testing::test_options;

class SqliteStore : public ::testing::Test {
 protected:
  std::unique_ptr<Store> open(OpenMode mode = OpenMode::Create) {
    auto store = open_store(path_, mode, test_options());
    EXPECT_TRUE(store) << store.error().text();
    return store ? std::move(*store) : nullptr;
  }
  Error refused(OpenMode mode = OpenMode::ReadWrite, const StoreOptions& options = test_options()) {
    auto store = open_store(path_, mode, options);
    EXPECT_FALSE(store);
    return store ? Error{} : store.error();
  }
  /// Runs SQL on the file itself.
  void sql(const std::string& script) {
    auto database = Database::open(path_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 1000);
    ASSERT_TRUE(database);
    const Status status = database->run(script);
    ASSERT_TRUE(status) << status.error().text();
  }
  void put(Store& store, const std::string& uri, const std::string& text) {
    auto writer = std::move(*store.writer());
    ASSERT_TRUE(writer->put(make_document(uri, "Title of " + uri, text)));
    const auto revision = writer->commit();
    ASSERT_TRUE(revision) << revision.error().text();
  }
  std::string integrity() {
    auto database = Database::open(path_, SQLITE_OPEN_READONLY, 1000);
    auto rows = database->query("PRAGMA integrity_check");
    EXPECT_TRUE(*rows->next());
    return std::string(rows->text(0));
  }

  testing::TestFolder folder_;
  std::string path_ = folder_.path() / "kb.openbook";
};

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(SqliteStore, LeavesNoForgottenByteInItsFiles) {
  auto store = open();
  put(*store, "/keep.md", "The zebra walks over the long plain at dawn.");
  put(*store, "/secret-file.md", "The xylophanticus weighs forty-two kilograms exactly.\n\nThe zebra knows.");
  put(*store, "/secret-file.md", "The xylophanticus weighs fifty-one kilograms by now.");
  ASSERT_NE((file_bytes(path_) + file_bytes(path_ + "-wal")).find("ylophantic"), std::string::npos);
  auto writer = std::move(*store->writer());
  const book::DocumentId id = (**(*store->snapshot())->find("/secret-file.md")).ref.id;
  ASSERT_TRUE(writer->remove(id));
  const auto receipt = writer->forget(std::vector{id});
  ASSERT_TRUE(receipt) << receipt.error().text();
  EXPECT_TRUE(receipt->clean());
  EXPECT_GE(receipt->bytes_searched, std::filesystem::file_size(path_));
  for (const char* file : {"", "-wal"})
    for (const char* word : {"ylophantic", "forty-two", "fifty-one", "secret-file"})
      EXPECT_EQ(file_bytes(path_ + file).find(word), std::string::npos) << word << " in " << file;
}

TEST_F(SqliteStore, SaysWhoKeepsForgottenTextAndFinishesLater) {
  StoreOptions options = test_options();
  options.busy_timeout_ms = 50;
  auto store = std::move(*open_store(path_, OpenMode::Create, options));
  put(*store, "/secret.md", "The xylophanticus sleeps under the bridge.");
  auto reader = std::move(*store->snapshot());
  const book::DocumentId id = (**reader->find("/secret.md")).ref.id;
  auto writer = std::move(*store->writer());
  const auto refused = writer->forget(std::vector{id});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::Unavailable);
  EXPECT_TRUE((*store->snapshot())->search(terms_of("xylophanticus"), {}, {})->empty());
  reader.reset();
  const auto receipt = writer->forget({});
  ASSERT_TRUE(receipt) << receipt.error().text();
  EXPECT_EQ((file_bytes(path_) + file_bytes(path_ + "-wal")).find("ylophantic"), std::string::npos);
}

TEST_F(SqliteStore, FinishesAnInterruptedForgettingWhenOpenedAgain) {
  StoreOptions options = test_options();
  options.busy_timeout_ms = 50;
  {
    auto store = std::move(*open_store(path_, OpenMode::Create, options));
    put(*store, "/secret.md", "The xylophanticus sleeps under the bridge.");
    auto reader = std::move(*store->snapshot());
    const book::DocumentId id = (**reader->find("/secret.md")).ref.id;
    ASSERT_FALSE((*store->writer())->forget(std::vector{id}));  // Erased, but the reader keeps the log.
  }
  open();
  EXPECT_EQ((file_bytes(path_) + file_bytes(path_ + "-wal")).find("ylophantic"), std::string::npos);
}

TEST_F(SqliteStore, IsOneFileOnceClosed) {
  put(*open(), "/a.md", "Text.");
  EXPECT_TRUE(std::filesystem::exists(path_));
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
  EXPECT_EQ((*open(OpenMode::ReadOnly)->snapshot())->chunk_count(), 1U);
}

TEST_F(SqliteStore, RefusesFilesOfANewerVersion) {
  put(*open(), "/a.md", "Text.");
  sql("PRAGMA user_version=" + std::to_string(kSchemaVersion + 1));
  for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::Create}) {
    const Error error = refused(mode);
    EXPECT_EQ(error.code, Code::Unsupported);
    EXPECT_NE(error.message.find("newer"), std::string::npos);
  }
}

TEST_F(SqliteStore, RefusesFilesOfOthers) {
  std::ofstream(path_) << std::string(9000, 'x');
  EXPECT_EQ(refused().code, Code::Corrupt);
  std::filesystem::remove(path_);
  sql("CREATE TABLE other(x)");
  EXPECT_EQ(refused().code, Code::Corrupt);
  EXPECT_EQ(refused(OpenMode::ReadOnly).code, Code::Corrupt);
  std::filesystem::remove(path_);
  EXPECT_EQ(refused(OpenMode::ReadOnly).code, Code::NotFound);
  path_ = folder_.path();
  EXPECT_EQ(refused(OpenMode::Create).code, Code::InvalidInput);
}

TEST_F(SqliteStore, MigratesVersionOne) {
  // A library as version 1 wrote it, before there were vectors: one document without chunks.
  sql(R"sql(
PRAGMA journal_mode=WAL;
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES('revision', 1), ('next_chunk', 0), ('purge_pending', 0);
CREATE TABLE revision(number INTEGER PRIMARY KEY, made_at INTEGER NOT NULL);
INSERT INTO revision VALUES(1, 1000);
CREATE TABLE source(uri TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
  content_hash TEXT NOT NULL, reader TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document(id INTEGER PRIMARY KEY AUTOINCREMENT, uri TEXT NOT NULL UNIQUE, source_uri TEXT NOT NULL);
INSERT INTO document VALUES(1, '/old.md', '/old.md');
CREATE INDEX document_by_source ON document(source_uri);
CREATE TABLE version(id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, number INTEGER NOT NULL,
  title TEXT NOT NULL, language TEXT NOT NULL, format TEXT NOT NULL, content_hash TEXT NOT NULL,
  byte_size INTEGER NOT NULL, added_at INTEGER NOT NULL, ended_at INTEGER,
  from_revision INTEGER NOT NULL, to_revision INTEGER,
  first_chunk INTEGER NOT NULL, chunk_count INTEGER NOT NULL, details BLOB NOT NULL, UNIQUE(document, number));
INSERT INTO version VALUES(1, 1, 1, 'Old', 'en', 'markdown', 'h', 5, 1000, NULL, 1, NULL, 0, 0, x'0000');
CREATE INDEX version_by_chunk ON version(first_chunk) WHERE chunk_count > 0;
CREATE TABLE text(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO text VALUES(1048576, CAST('Hello' AS BLOB));
CREATE TABLE heading(id INTEGER PRIMARY KEY, path BLOB NOT NULL);
CREATE TABLE source_map(version INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE chunk(id INTEGER PRIMARY KEY, heading INTEGER NOT NULL, begin INTEGER NOT NULL, size INTEGER NOT NULL,
  lead_begin INTEGER NOT NULL, lead_size INTEGER NOT NULL, parent_before INTEGER NOT NULL,
  parent_size INTEGER NOT NULL, tokens INTEGER NOT NULL);
CREATE TABLE segment(id INTEGER PRIMARY KEY AUTOINCREMENT, history INTEGER NOT NULL, first_chunk INTEGER NOT NULL,
  chunk_count INTEGER NOT NULL, byte_size INTEGER NOT NULL, posting_count INTEGER NOT NULL,
  length_sum INTEGER NOT NULL, dead BLOB NOT NULL);
CREATE TABLE segment_page(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
PRAGMA application_id=1868720994;
PRAGMA user_version=1;
)sql");
  const Error error = refused(OpenMode::ReadOnly);
  EXPECT_EQ(error.code, Code::Unsupported);
  EXPECT_NE(error.message.find("older"), std::string::npos);
  auto store = open(OpenMode::ReadWrite);
  ASSERT_TRUE(store);
  EXPECT_EQ((*store->snapshot())->document(1)->markdown, "Hello");
  put(*store, "/new.md", "Fresh text.");
  auto writer = std::move(*store->writer());
  ASSERT_TRUE(writer->set_embedder("toy", 2));
  ASSERT_TRUE(writer->put_vectors(2, 1, {1, 2}));
  ASSERT_TRUE(writer->commit());
  writer.reset();
  store.reset();
  EXPECT_TRUE(open(OpenMode::ReadOnly));
}

TEST_F(SqliteStore, RefusesAnotherIdentityWithTheCommandThatRepairsIt) {
  put(*open(), "/a.md", "Text.");
  StoreOptions options = test_options();
  options.splitter = "paragraphs/2";
  const Error error = refused(OpenMode::ReadWrite, options);
  EXPECT_EQ(error.code, Code::Unsupported);
  EXPECT_NE(error.message.find("paragraphs/1"), std::string::npos);
  EXPECT_NE(error.message.find("openbook reindex"), std::string::npos);
  options.identity_check = IdentityCheck::Ignore;
  auto store = open_store(path_, OpenMode::ReadWrite, options);
  ASSERT_TRUE(store);
  auto writer = std::move(*(*store)->writer());
  ASSERT_TRUE(writer->adopt_identity());
  ASSERT_TRUE(writer->commit());
  writer.reset();
  store->reset();
  options.identity_check = IdentityCheck::Refuse;
  EXPECT_TRUE(open_store(path_, OpenMode::ReadWrite, options));
  EXPECT_EQ(refused(OpenMode::ReadWrite, test_options()).code, Code::Unsupported);
}

TEST_F(SqliteStore, SaysIoWhenTheDiskIsFullAndKeepsTheFile) {
  put(*open(), "/a.md", "Text that stays.");
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // A limit on file size stands in for a full disk: writing beyond it fails in the same way.
    std::signal(SIGXFSZ, SIG_IGN);
    auto store = open_store(path_, OpenMode::ReadWrite, test_options());
    auto writer = std::move(*(*store)->writer());
    const rlimit limit{300'000, 300'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "word" + std::to_string(i) + (i % 50 == 0 ? "\n\n" : " ");
    const bool put = writer->put(make_document("/b.md", "B", text)).has_value();
    const auto revision = writer->commit();
    const bool kept = writer->pending_count() == 1;
    const auto view = (*store)->snapshot();
    const bool readable = view && (*view)->chunk_count() == 1;
    std::_Exit(put && !revision && revision.error().code == Code::Io && kept && readable ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(integrity(), "ok");
  EXPECT_EQ((*open()->snapshot())->list({})->size(), 1U);
}

TEST_F(SqliteStore, SaysUnavailableWhenAnotherKeepsTheLock) {
  auto store = open();
  auto other = Database::open(path_, SQLITE_OPEN_READWRITE, 0);
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE"));
  StoreOptions options = test_options();
  options.busy_timeout_ms = 30;
  auto impatient = std::move(*open_store(path_, OpenMode::ReadWrite, options));
  auto writer = std::move(*impatient->writer());
  ASSERT_TRUE(writer->put(make_document("/a.md", "A", "Text.")));
  EXPECT_EQ(writer->commit().error().code, Code::Unavailable);
  EXPECT_EQ(writer->pending_count(), 1U);
  ASSERT_TRUE(other->run("ROLLBACK"));
  EXPECT_TRUE(writer->commit());
}

TEST_F(SqliteStore, SaysCorruptWhenPostingsAreDamaged) {
  {
    auto store = open();
    put(*store, "/a.md", "The zebra walks.");
  }
  const std::string good = file_bytes(path_);
  sql("UPDATE segment_page SET bytes = substr(bytes, 1, length(bytes) - 40) || zeroblob(40)");
  EXPECT_EQ(open()->snapshot().error().code, Code::Corrupt);
  std::ofstream(path_, std::ios::binary) << good;
  sql("DELETE FROM segment_page");
  EXPECT_EQ(open()->snapshot().error().code, Code::Corrupt);
  std::ofstream(path_, std::ios::binary) << good;
  sql("DELETE FROM text");
  auto store = open();
  auto view = std::move(*store->snapshot());
  EXPECT_EQ(view->passages(*view->search(terms_of("zebra"), {}, {})).error().code, Code::Corrupt);
}

TEST(MergePolicy, KeepsFewSegmentsOfFallingSize) {
  std::vector<SegmentSize> segments;
  std::uint64_t rewritten = 0;
  for (int i = 0; i < 5000; ++i) {
    segments.push_back({5, 0});
    while (const auto range = next_merge(segments, 1'000'000)) {
      ASSERT_EQ(range->end, segments.size());
      std::uint64_t total = 0;
      for (std::size_t at = range->begin; at < range->end; ++at) total += segments[at].chunk_count;
      rewritten += total;
      segments.resize(range->begin);
      segments.push_back({total, 0});
    }
    ASSERT_LE(segments.size(), 14U);
  }
  EXPECT_LT(rewritten, 25'000U * 14);
}

TEST(MergePolicy, RewritesWhatIsAQuarterDeadAndRespectsTheBudget) {
  const auto range = next_merge(std::vector<SegmentSize>{{1000, 250}, {10, 0}}, 100);
  ASSERT_TRUE(range);
  EXPECT_EQ(range->begin, 0U);
  EXPECT_EQ(range->end, 1U);
  EXPECT_FALSE(next_merge(std::vector<SegmentSize>{{1000, 249}, {10, 0}}, 100));
  EXPECT_FALSE(next_merge(std::vector<SegmentSize>{{1000, 0}, {900, 0}}, 100));
  EXPECT_TRUE(next_merge(std::vector<SegmentSize>(17, {1000, 0}), 100));
}

}  // namespace
}  // namespace openbook::store
