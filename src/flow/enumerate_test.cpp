#include "flow/enumerate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"

namespace openbook::flow {
namespace {

namespace fs = std::filesystem;

class EnumerateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryFolder::make();
    ASSERT_TRUE(made);
    folder_.emplace(std::move(*made));
  }

  void write(const std::string& path, const std::string& text = "x") {
    const fs::path whole = fs::path(folder_->path()) / path;
    fs::create_directories(whole.parent_path());
    std::ofstream(whole) << text;
  }

  std::string found(const AddOptions& options = {}) {
    std::string names;
    for (const Origin& origin : enumerate({folder_->path()}, options, {}).origins)
      names += (names.empty() ? "" : " ") + origin.uri.substr(folder_->path().size() + 1);
    return names;
  }

  std::optional<TemporaryFolder> folder_;
};

TEST_F(EnumerateTest, WalksFoldersInOrderAndLeavesHiddenFilesOut) {
  write("b.md");
  write("a/z.txt");
  write("a/b/c.md");
  write(".git/config");
  write(".hidden.md");
  EXPECT_EQ(found(), "a/b/c.md a/z.txt b.md");
}

TEST_F(EnumerateTest, FollowsIgnoreFilesBelowTheirFolder) {
  write(".openbookignore", "# comment\n*.log\ndrafts/\n!keep.log\n/top.md\n");
  write("a.log");
  write("keep.log");
  write("top.md");
  write("sub/top.md");
  write("sub/x.log");
  write("drafts/a.md");
  write("sub/.openbookignore", "secret*\n");
  write("sub/secret.md");
  write("secret.md");
  EXPECT_EQ(found(), "keep.log secret.md sub/top.md");
}

TEST_F(EnumerateTest, TakesGlobs) {
  write("a.md");
  write("b.txt");
  write("sub/c.md");
  EXPECT_EQ(found({.include = {"*.md"}}), "a.md sub/c.md");
  EXPECT_EQ(found({.exclude = {"sub/*"}}), "a.md b.txt");
  EXPECT_EQ(found({.include = {"**/c.md"}}), "sub/c.md");
}

TEST_F(EnumerateTest, NamesEachFileOnceAndSaysWhatIsMissing) {
  write("a.md");
  const std::string file = folder_->path() + "/a.md";
  const Enumeration found = enumerate({file, folder_->path(), file, "/no/such/path"}, {}, {});
  EXPECT_EQ(found.origins.size(), 1u);
  ASSERT_EQ(found.failures.size(), 1u);
  EXPECT_EQ(found.failures[0].uri, "/no/such/path");
  EXPECT_EQ(found.failures[0].error.code, Code::NotFound);
}

TEST_F(EnumerateTest, DoesNotFollowLinkedFolders) {
  write("a/x.md");
  fs::create_directory_symlink(folder_->path(), fs::path(folder_->path()) / "a/round");
  EXPECT_EQ(found(), "a/x.md");
}

TEST(Enumerate, TellsUrlsAndStandardInputFromFiles) {
  const Enumeration found = enumerate({"https://example.org/docs/page.html?x=1", "-"}, {.stdin_name = "mail.eml"}, {});
  ASSERT_EQ(found.origins.size(), 2u);
  EXPECT_EQ(found.origins[0].kind, OriginKind::Url);
  EXPECT_EQ(found.origins[0].name, "page.html");
  EXPECT_EQ(found.origins[1].uri, "stdin:mail.eml");
}

}  // namespace
}  // namespace openbook::flow
