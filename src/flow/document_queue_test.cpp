#include "flow/document_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace openbook::flow {
namespace {

Arrival arrival(const std::string& uri, std::uint64_t bytes = 10) {
  Arrival made;
  made.uri = uri;
  made.markdown_bytes = bytes;
  made.unchanged = true;
  return made;
}

TEST(DocumentQueue, GivesFilesInOrderWhateverOrderTheyAreReadIn) {
  DocumentQueue queue(2, 1000);
  EXPECT_TRUE(queue.put(1, arrival("second")));
  queue.finish(1, {});
  EXPECT_TRUE(queue.put(0, arrival("first")));
  queue.finish(0, fail(Code::Corrupt, "damaged"));
  EXPECT_EQ(queue.take(0)->uri, "first");
  EXPECT_FALSE(queue.take(0));
  EXPECT_EQ(queue.status(0).error().code, Code::Corrupt);
  EXPECT_EQ(queue.take(1)->uri, "second");
  EXPECT_FALSE(queue.take(1));
}

TEST(DocumentQueue, NeverStandsStillWhenALaterFileFillsIt) {
  DocumentQueue queue(2, 20);
  std::jthread later([&] {
    for (int i = 0; i < 10; ++i) queue.put(1, arrival("later", 15));
    queue.finish(1, {});
  });
  std::jthread sooner([&] {
    for (int i = 0; i < 10; ++i) queue.put(0, arrival("sooner", 15));
    queue.finish(0, {});
  });
  int taken = 0;
  for (const std::size_t file : {std::size_t{0}, std::size_t{1}})
    while (queue.take(file)) ++taken;
  EXPECT_EQ(taken, 20);
}

TEST(DocumentQueue, ClosingItFreesWhoeverWaits) {
  DocumentQueue queue(2, 10);
  EXPECT_TRUE(queue.put(1, arrival("fills it", 10)));
  std::jthread reader([&] { EXPECT_FALSE(queue.put(1, arrival("waits", 10))); });
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  queue.close();
}

}  // namespace
}  // namespace openbook::flow
