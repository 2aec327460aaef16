// A search that runs during an update sees the library as it was before or as it is after, never a mixture.
#include <gtest/gtest.h>

#include <atomic>
#include <regex>
#include <set>
#include <thread>

#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

constexpr int kDocuments = 5;
constexpr int kUpdates = 20;

class ConcurrentUpdate : public testing::Test {
 protected:
  void write_version(int version) const {
    for (int i = 0; i < kDocuments; ++i)
      write_file(folder_ / "tide" / ("table-" + std::to_string(i) + ".md"),
                 "# Table " + std::to_string(i) + "\n\nThe springtidemark of table " + std::to_string(i) + " is at v" +
                     std::to_string(version) + "; the water is calm.\n");
  }

  void add() const { library_.add({(folder_ / "tide").string()}); }

  /// The versions that one search finds; each document must be found.
  std::set<int> versions_found() const {
    const Json found = library_.search("springtidemark", 50);
    EXPECT_EQ(found.at("hits").size(), static_cast<std::size_t>(kDocuments));
    std::set<int> versions;
    const std::regex mark("is at v([0-9]+);");
    for (const Json& hit : found.at("hits")) {
      const std::string text = hit.at("text");
      std::smatch match;
      EXPECT_TRUE(std::regex_search(text, match, mark)) << text;
      versions.insert(std::stoi(match[1]));
    }
    return versions;
  }

  TempFolder folder_;
  Library library_{folder_ / "kb.db"};
};

TEST_F(ConcurrentUpdate, IsSeenWholeOrNotAtAll) {
  write_version(0);
  add();
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int version = 1; version <= kUpdates; ++version) {
      write_version(version);
      add();
    }
    done = true;
  });
  int searches = 0, last = 0;
  std::set<int> seen;
  while (!done || last != kUpdates) {
    const std::set<int> versions = versions_found();
    EXPECT_EQ(versions.size(), 1u) << "a mixture of " << testing::PrintToString(versions);
    EXPECT_GE(*versions.begin(), last) << "an update was taken back";
    last = *versions.begin();
    seen.insert(last);
    ++searches;
    if (HasFailure()) break;
  }
  writer.join();
  EXPECT_GT(seen.size(), 3u) << "the searches did not run beside the updates";
  std::printf("%d searches beside %d updates saw %zu states\n", searches, kUpdates, seen.size());
}

}  // namespace
}  // namespace openbook::e2e
