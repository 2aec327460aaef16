#include "base/watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "base/files.h"

namespace openbook {
namespace {

namespace fs = std::filesystem;

/// Watches a folder on a thread of its own, while the test changes things in it.
class AWatch : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryFolder::make();
    ASSERT_TRUE(made);
    folder_ = std::make_unique<TemporaryFolder>(std::move(*made));
    fs::create_directory(path("old"));
    write("old/file");
    thread_ = std::jthread([this](const std::stop_token& stop) {
      const auto gather = [this](const Changes& changes) -> Status {
        const std::lock_guard lock(mutex_);
        reports_.push_back(changes);
        return {};
      };
      status_ok_ = watch({folder_->path()}, gather, stop, std::chrono::milliseconds(30)).has_value();
    });
    // Until the watch stands: its first report proves it.
    for (int i = 0; i < 500 && report_count() == 0; ++i) {
      write("begin");
      std::this_thread::sleep_for(std::chrono::milliseconds(40));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(150));  // For what was still on its way.
    const std::lock_guard lock(mutex_);
    reports_.clear();
  }
  void TearDown() override {
    thread_.request_stop();
    thread_.join();
    EXPECT_TRUE(status_ok_);
  }

  std::string path(const std::string& name) const { return folder_->path() + "/" + name; }
  void write(const std::string& name) const { std::ofstream(path(name)) << "text"; }
  std::size_t report_count() {
    const std::lock_guard lock(mutex_);
    return reports_.size();
  }

  /// The next report; an empty one if none comes.
  Changes next() {
    for (int i = 0; i < 500 && report_count() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const std::lock_guard lock(mutex_);
    if (reports_.empty()) return {};
    const Changes first = reports_.front();
    reports_.erase(reports_.begin());
    return first;
  }

  std::unique_ptr<TemporaryFolder> folder_;
  std::mutex mutex_;
  std::vector<Changes> reports_;
  std::atomic<bool> status_ok_ = false;
  std::jthread thread_;
};

TEST_F(AWatch, ReportsChangesOfAMomentTogether) {
  write("one");
  write("old/two\nlines");
  fs::remove(path("old/file"));
  write("short-lived");
  fs::remove(path("short-lived"));
  const Changes changes = next();
  EXPECT_EQ(changes.changed, (std::set<std::string>{path("one"), path("old/two\nlines")}));
  EXPECT_EQ(changes.removed, (std::set<std::string>{path("old/file"), path("short-lived")}));
}

TEST_F(AWatch, FollowsFoldersThatAreMadeOrMoved) {
  fs::create_directories(path("new/deep"));
  write("new/deep/file");
  EXPECT_TRUE(next().changed.contains(path("new/deep/file")));
  fs::rename(path("new"), path("renamed"));
  const Changes moved = next();
  EXPECT_TRUE(moved.removed.contains(path("new")));
  EXPECT_TRUE(moved.changed.contains(path("renamed/deep/file")));
  write("renamed/deep/file");
  EXPECT_EQ(next().changed, std::set<std::string>{path("renamed/deep/file")});
}

TEST(Watch, RefusesAPathThatIsNotThere) {
  const auto nothing = [](const Changes&) -> Status { return {}; };
  EXPECT_EQ(watch({"/no/such/folder"}, nothing, {}).error().code, Code::NotFound);
}

TEST(Watch, EndsWithTheFirstErrorOfTheReport) {
  const auto folder = TemporaryFolder::make();
  ASSERT_TRUE(folder);
  const std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::ofstream(folder->path() + "/file") << "text";
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  const auto refuse = [](const Changes&) -> Status { return fail(Code::Io, "no more"); };
  EXPECT_EQ(watch({folder->path()}, refuse, {}, std::chrono::milliseconds(20)).error().text(), "no more");
}

}  // namespace
}  // namespace openbook
