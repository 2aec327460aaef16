#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/records.h"

namespace openbook::flow {

/// One document of a file on its way from a reader to the writer.
struct Arrival {
  std::string uri;
  std::uint64_t markdown_bytes = 0;
  std::vector<std::string> notes;
  bool unchanged = false;
  bool known = false;                        ///< The library has an older version.
  std::future<store::NewDocument> analysed;  ///< Not valid if unchanged.
};

/// Documents of many files, read at once and taken in order: file after file, and within a file in its own order.
/// Readers wait while too much is under way, but never the reader of the file that is being taken: so nothing can
/// stand still. Safe concurrently; one thread takes.
class DocumentQueue {
 public:
  DocumentQueue(std::size_t file_count, std::uint64_t max_bytes) : files_(file_count), max_bytes_(max_bytes) {}

  /// Puts a document of file `file`; waits for room. False when the queue was closed.
  bool put(std::size_t file, Arrival arrival);
  /// No more documents of this file will come.
  void finish(std::size_t file, Status status);

  /// The next document of file `file`, or nothing when it is finished.
  std::optional<Arrival> take(std::size_t file);
  /// How reading the file ended; after take() gave nothing.
  Status status(std::size_t file);

  /// Makes every put() return false: the taker gives up.
  void close();
  bool is_closed();

 private:
  struct File {
    std::deque<Arrival> arrivals;
    bool finished = false;
    Status status;
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<File> files_;
  std::size_t current_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t max_bytes_;
  bool closed_ = false;
};

}  // namespace openbook::flow
