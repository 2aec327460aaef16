#include "flow/document_queue.h"

namespace openbook::flow {

bool DocumentQueue::put(std::size_t file, Arrival arrival) {
  std::unique_lock lock(mutex_);
  // The file that is being taken may have one document more than the limit allows: it must be able to go on.
  changed_.wait(lock,
                [&] { return closed_ || bytes_ < max_bytes_ || (file == current_ && files_[file].arrivals.empty()); });
  if (closed_) return false;
  bytes_ += arrival.markdown_bytes;
  files_[file].arrivals.push_back(std::move(arrival));
  lock.unlock();
  changed_.notify_all();
  return true;
}

void DocumentQueue::finish(std::size_t file, Status status) {
  {
    const std::lock_guard lock(mutex_);
    files_[file].finished = true;
    files_[file].status = std::move(status);
  }
  changed_.notify_all();
}

std::optional<Arrival> DocumentQueue::take(std::size_t file) {
  std::unique_lock lock(mutex_);
  if (current_ != file) {
    current_ = file;
    changed_.notify_all();
  }
  File& from = files_[file];
  changed_.wait(lock, [&] { return !from.arrivals.empty() || from.finished; });
  if (from.arrivals.empty()) return std::nullopt;
  Arrival arrival = std::move(from.arrivals.front());
  from.arrivals.pop_front();
  bytes_ -= arrival.markdown_bytes;
  lock.unlock();
  changed_.notify_all();
  return arrival;
}

Status DocumentQueue::status(std::size_t file) {
  const std::lock_guard lock(mutex_);
  return files_[file].status;
}

void DocumentQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

bool DocumentQueue::is_closed() {
  const std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace openbook::flow
