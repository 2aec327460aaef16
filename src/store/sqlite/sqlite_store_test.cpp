#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "store/contract_test.h"
#include "store/sqlite/database.h"
#include "store/sqlite/schema.h"

namespace openbook::store {
namespace {

using testing::make_document;
using testing::terms_of;
using testing::test_options;

class SqliteStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("openbook-store-" + std::to_string(::getpid()) + "-" +
                                                  ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    path_ = folder_ / "kb.openbook";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Store> open(OpenMode mode = OpenMode::Create) {
    auto store = open_store(path_, mode, test_options());
    EXPECT_TRUE(store) << store.error().text();
    return store ? std::move(*store) : nullptr;
  }

  std::filesystem::path folder_;
  std::string path_;
};

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(SqliteStoreTest, FindsWhatWasPut) {
  auto store = open();
  auto writer = *store->writer();
  ASSERT_TRUE(writer->put(make_document("/a.md", "Alpha", "The zebra walks.\n\nThe lion sleeps tonight.")));
  auto revision = writer->commit();
  ASSERT_TRUE(revision) << revision.error().text();
  EXPECT_EQ(*revision, 1U);
  auto snapshot = *store->snapshot();
  auto hits = snapshot->search(terms_of("lion"), {}, {});
  ASSERT_TRUE(hits) << hits.error().text();
  ASSERT_EQ(hits->size(), 1U);
  auto passages = snapshot->passages(*hits);
  ASSERT_TRUE(passages) << passages.error().text();
  EXPECT_EQ((*passages)[0].text, "The lion sleeps tonight.");
  EXPECT_EQ((*passages)[0].document.uri, "/a.md");
  EXPECT_EQ((*passages)[0].source.resolve((*passages)[0].chunk.range).line, 3U);
}

TEST_F(SqliteStoreTest, ForgetsEveryByte) {
  auto store = open();
  auto writer = *store->writer();
  ASSERT_TRUE(writer->put(make_document("/keep.md", "Keep this", "The zebra walks over the long plain at dawn.")));
  ASSERT_TRUE(writer->put(make_document("/secret-file.md", "Plan Xylophantic",
                                        "The xylophanticus weighs forty-two kilograms exactly.\n\nThe zebra knows.")));
  ASSERT_TRUE(writer->commit());
  ASSERT_TRUE(writer->put(
      make_document("/secret-file.md", "Plan Xylophantic", "The xylophanticus weighs fifty-one kilograms by now.")));
  ASSERT_TRUE(writer->commit());
  const book::DocumentId id = (**(*store->snapshot())->find("/secret-file.md")).ref.id;
  auto receipt = writer->forget(std::vector{id});
  ASSERT_TRUE(receipt) << receipt.error().text();
  EXPECT_TRUE(receipt->clean());
  EXPECT_EQ(receipt->version_count, 2U);
  EXPECT_GT(receipt->term_count, 3U);
  EXPECT_GE(receipt->checked.size(), 6U);
  for (const char* file : {"", "-wal"}) {
    const std::string bytes = file_bytes(path_ + file);
    for (const char* word : {"ylophantic", "forty-two", "fifty-one", "secret-file"})
      EXPECT_EQ(bytes.find(word), std::string::npos) << word << " in " << file;
  }
  auto snapshot = *store->snapshot();
  EXPECT_TRUE(snapshot->search(terms_of("xylophanticus"), {}, {})->empty());
  EXPECT_EQ(snapshot->search(terms_of("zebra"), {}, {})->size(), 1U);
  EXPECT_FALSE(*snapshot->find("/secret-file.md"));
}

}  // namespace
}  // namespace openbook::store
