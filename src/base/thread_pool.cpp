#include "base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <latch>

namespace openbook {

ThreadPool::ThreadPool(std::size_t thread_count) {
  if (thread_count == 0) thread_count = std::max(1U, std::thread::hardware_concurrency());
  threads_.reserve(thread_count);
  for (std::size_t i = 0; i < thread_count; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

ThreadPool::~ThreadPool() {
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();  // Joins, while the mutex and the queue still live.
}

void ThreadPool::submit(std::move_only_function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

void ThreadPool::work(const std::stop_token& stop) {
  for (;;) {
    std::move_only_function<void()> task;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return !tasks_.empty(); }) || stop.stop_requested()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
  }
}

void ThreadPool::for_each_index(std::size_t count,
                                const std::function<void(std::size_t index, std::size_t thread)>& work,
                                std::stop_token stop) {
  const std::size_t lanes = std::min(count, thread_count());
  std::atomic<std::size_t> next = 0;
  std::latch done(static_cast<std::ptrdiff_t>(lanes));
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    submit([&, lane] {
      for (std::size_t index; !stop.stop_requested() && (index = next.fetch_add(1)) < count;) work(index, lane);
      done.count_down();
    });
  }
  done.wait();
}

}  // namespace openbook
