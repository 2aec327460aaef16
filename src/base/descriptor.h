#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace openbook {

/// Owns one open file descriptor and closes it. -1 is "none".
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  int release() { return std::exchange(number_, -1); }
  void close();

 private:
  int number_ = -1;
};

/// What the operating system refused, in words: "cannot open /a/b: Permission denied". A missing file is NotFound,
/// all else Io.
Error system_error(const std::string& action, int error_number);

/// Opens an existing file for reading (close-on-exec). Folders are InvalidInput.
Result<Descriptor> open_for_reading(const std::string& path);

/// The two ends of a pipe, close-on-exec, its buffer enlarged to `buffer_bytes` where the system allows.
struct Pipe {
  Descriptor reader;
  Descriptor writer;
};
Result<Pipe> make_pipe(int buffer_bytes = 0);

/// Bytes as an anonymous read-only file in memory, positioned at its beginning.
Result<Descriptor> make_memory_file(std::string_view bytes);

/// Writes everything, however many calls it takes. False (errno set) when the system refuses.
bool write_all(int descriptor, std::string_view bytes);

}  // namespace openbook
