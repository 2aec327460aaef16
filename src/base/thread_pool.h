#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace openbook {

/// A fixed number of threads, made by flow and handed down. Tasks begin in the order in which they are submitted; what
/// order their results come in is the caller's business. Tasks must not throw. All functions are safe concurrently.
class ThreadPool {
 public:
  /// 0: one thread for each processor.
  explicit ThreadPool(std::size_t thread_count = 0);
  /// Waits for the tasks that have begun; those that have not are dropped.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  std::size_t thread_count() const { return threads_.size(); }

  void submit(std::move_only_function<void()> task);

  /// Calls work(index, thread) for each index below `count`, `thread` below thread_count() telling callers apart (one
  /// call at a time for each: the place of a tokeniser or a reader process). Returns when all are done, or after a stop
  /// request when those that had begun are. Must not be called from a task of the same pool.
  void for_each_index(std::size_t count, const std::function<void(std::size_t index, std::size_t thread)>& work,
                      std::stop_token stop = {});

 private:
  void work(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<std::move_only_function<void()>> tasks_;
  std::vector<std::jthread> threads_;
};

}  // namespace openbook
