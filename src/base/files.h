#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"

/// Files as values. Paths are bytes, as Linux has them: any byte but NUL, newlines included.
namespace openbook {

/// A whole file (or open descriptor) mapped read-only. Cheap for files of any size. If somebody truncates the file
/// while it is mapped, touching the lost part raises SIGBUS: map files of others in a reader process only.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  /// Maps a regular file or memory file from its beginning; the descriptor may be closed afterwards.
  static Result<MappedFile> of(int descriptor);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return {static_cast<const char*>(address_), size_}; }

 private:
  void* address_ = nullptr;
  std::size_t size_ = 0;
};

/// Reads from a descriptor (file, pipe, terminal) to its end. OverLimit when there are more than `max_bytes`.
Result<std::string> read_whole(int descriptor, std::size_t max_bytes);
Result<std::string> read_whole(const std::string& path, std::size_t max_bytes = std::size_t{1} << 30);

/// Writes a file so that a reader, or the machine after a power cut, sees the old content or the new, never a mixture:
/// a temporary file beside it, fsync, rename, fsync of the folder. Keeps the mode of a file that is replaced.
Status write_file_atomically(const std::string& path, std::string_view bytes);

/// A new folder of its own, mode 0700, removed with everything in it at the end of its life.
class TemporaryFolder {
 public:
  /// Below `parent`, or below the system's folder for temporary files when that is empty.
  static Result<TemporaryFolder> make(const std::string& parent = {});
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace openbook
