#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

namespace openbook {
namespace {

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryFolder::make();
    ASSERT_TRUE(made) << made.error().text();
    folder_ = std::make_unique<TemporaryFolder>(std::move(*made));
  }
  std::string path(const std::string& name) const { return folder_->path() + "/" + name; }
  std::unique_ptr<TemporaryFolder> folder_;
};

TEST_F(Files, AreReadBackAsWritten) {
  const std::string strange = path("a\nb ü");
  for (const std::string& bytes : {std::string(), std::string("x"), std::string(300'000, '\n')}) {
    ASSERT_TRUE(write_file_atomically(strange, bytes));
    EXPECT_EQ(*read_whole(strange), bytes);
    EXPECT_EQ(MappedFile::open(strange)->bytes(), bytes);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_->path()), {}), 1) << "temporary files are left";
}

TEST_F(Files, KeepTheirModeWhenReplaced) {
  ASSERT_TRUE(write_file_atomically(path("secret"), "1"));
  ASSERT_EQ(::chmod(path("secret").c_str(), 0600), 0);
  ASSERT_TRUE(write_file_atomically(path("secret"), "2"));
  struct stat facts {};
  ASSERT_EQ(::stat(path("secret").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600U);
}

TEST_F(Files, GiveErrorsThatNameThePath) {
  const auto missing = read_whole(path("no"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::NotFound);
  EXPECT_NE(missing.error().text().find(path("no")), std::string::npos);
  EXPECT_EQ(open_for_reading(folder_->path()).error().code, Code::InvalidInput);
  EXPECT_EQ(MappedFile::open("/dev/null").error().code, Code::InvalidInput);
  EXPECT_EQ(write_file_atomically(path("no/file"), "x").error().code, Code::NotFound);
}

TEST_F(Files, LargerThanTheLimitAreRefused) {
  ASSERT_TRUE(write_file_atomically(path("ten"), "0123456789"));
  EXPECT_TRUE(read_whole(path("ten"), 10));
  EXPECT_EQ(read_whole(path("ten"), 9).error().code, Code::OverLimit);
}

TEST_F(Files, ReadPipesToTheirEnd) {
  auto pipe = make_pipe(1 << 20);
  ASSERT_TRUE(pipe);
  ASSERT_TRUE(write_all(pipe->writer.get(), std::string(60'000, 'x')));
  pipe->writer.close();
  EXPECT_EQ(read_whole(pipe->reader.get(), 1 << 20)->size(), 60'000U);
}

TEST_F(Files, InMemoryCannotBeChanged) {
  auto file = make_memory_file("content");
  ASSERT_TRUE(file);
  EXPECT_EQ(MappedFile::of(file->get())->bytes(), "content");
  EXPECT_FALSE(write_all(file->get(), "more"));
}

TEST(TemporaryFolder, RemovesItselfWithItsContent) {
  std::string path;
  {
    auto folder = TemporaryFolder::make();
    ASSERT_TRUE(folder);
    path = folder->path();
    ASSERT_TRUE(write_file_atomically(path + "/file", "x"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace openbook
