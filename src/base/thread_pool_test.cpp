#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace openbook {
namespace {

TEST(ThreadPool, DoesEachIndexOnce) {
  for (const std::size_t threads : {1U, 2U, 5U}) {
    ThreadPool pool(threads);
    std::vector<std::atomic<int>> visits(1'000);
    std::atomic<std::size_t> highest_thread = 0;
    pool.for_each_index(visits.size(), [&](std::size_t index, std::size_t thread) {
      visits[index]++;
      if (thread >= threads) highest_thread = thread;
    });
    for (const auto& count : visits) EXPECT_EQ(count, 1);
    EXPECT_EQ(highest_thread, 0U);
    pool.for_each_index(0, [](std::size_t, std::size_t) { FAIL(); });
  }
}

TEST(ThreadPool, LetsNoLaneRunTwoCallsAtOnce) {
  ThreadPool pool(4);
  std::vector<std::atomic<int>> busy(4);
  pool.for_each_index(2'000, [&](std::size_t, std::size_t thread) {
    EXPECT_EQ(busy[thread].fetch_add(1), 0);
    busy[thread].fetch_sub(1);
  });
}

TEST(ThreadPool, BeginsNothingNewAfterAStopRequest) {
  ThreadPool pool(2);
  std::stop_source source;
  std::atomic<int> done = 0;
  pool.for_each_index(
      1'000'000,
      [&](std::size_t, std::size_t) {
        if (++done == 10) source.request_stop();
      },
      source.get_token());
  EXPECT_GE(done, 10);
  EXPECT_LE(done, 12);
}

TEST(ThreadPool, RunsSubmittedTasksAndDropsTheRestAtItsEnd) {
  std::atomic<int> ran = 0;
  {
    ThreadPool pool(1);
    std::latch begun(1);
    pool.submit([&] {
      ++ran;
      begun.count_down();
    });
    begun.wait();
  }
  EXPECT_EQ(ran, 1);
}

}  // namespace
}  // namespace openbook
