#include "base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/hash.h"

namespace openbook {
namespace {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// A new file beside `path`, for what shall replace it; its name is left in `temporary`.
Result<Descriptor> open_beside(const std::string& path, std::string& temporary) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    const std::uint64_t seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    temporary = path + "." + std::to_string(hash64(path, seed + static_cast<std::uint64_t>(::getpid()))) + ".new";
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.is_open()) return file;
    if (errno != EEXIST) break;
  }
  return fail(system_error("cannot write into " + folder_of(path), errno));
}

Status write_and_sync(int descriptor, const std::string& path, std::string_view bytes) {
  struct stat replaced {};
  if (::stat(path.c_str(), &replaced) == 0 && ::fchmod(descriptor, replaced.st_mode & 07777) != 0) {
    return fail(system_error("cannot keep the mode of " + path, errno));
  }
  if (!write_all(descriptor, bytes)) return fail(system_error("cannot write " + path, errno));
  if (::fsync(descriptor) != 0) return fail(system_error("cannot write " + path + " to the disk", errno));
  return {};
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::string& path) {
  OB_TRY(const Descriptor file, open_for_reading(path));
  auto mapped = of(file.get());
  if (!mapped) return fail(std::move(mapped.error()).at(path));
  return mapped;
}

Result<MappedFile> MappedFile::of(int descriptor) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return fail(system_error("cannot look at an open file", errno));
  if (!S_ISREG(facts.st_mode)) return fail(Code::InvalidInput, "not a regular file: it cannot be mapped into memory");
  MappedFile mapped;
  if (facts.st_size == 0) return mapped;  // The system maps no empty ranges.
  void* address = ::mmap(nullptr, static_cast<std::size_t>(facts.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (address == MAP_FAILED) return fail(system_error("cannot map an open file into memory", errno));
  mapped.address_ = address;
  mapped.size_ = static_cast<std::size_t>(facts.st_size);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : address_(std::exchange(other.address_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (address_ != nullptr) ::munmap(address_, size_);
}

Result<std::string> read_whole(int descriptor, std::size_t max_bytes) {
  constexpr std::size_t kFirst = 64 << 10;
  struct stat facts {};
  std::string bytes;
  std::size_t used = 0;
  // One byte more than the size tells a regular file's end without growing.
  const bool sized = ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
  bytes.resize(sized ? std::min(static_cast<std::size_t>(facts.st_size), max_bytes) + 1 : kFirst);
  for (;;) {
    if (used == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t got = ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(system_error("cannot read", errno));
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > max_bytes)
      return fail(Code::OverLimit, "more than " + std::to_string(max_bytes) + " bytes, the limit here");
  }
  bytes.resize(used);
  return bytes;
}

Result<std::string> read_whole(const std::string& path, std::size_t max_bytes) {
  OB_TRY(const Descriptor file, open_for_reading(path));
  auto bytes = read_whole(file.get(), max_bytes);
  if (!bytes) return fail(std::move(bytes.error()).at(path));
  return bytes;
}

Status write_file_atomically(const std::string& path, std::string_view bytes) {
  std::string temporary;
  OB_TRY(const Descriptor file, open_beside(path, temporary));
  Status written = write_and_sync(file.get(), path, bytes);
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
    written = fail(system_error("cannot replace " + path, errno));
  }
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  // Without this the rename itself may be lost with the power. Some file systems refuse it; the file is whole anyway.
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) ::fsync(folder.get());
  return {};
}

Result<TemporaryFolder> TemporaryFolder::make(const std::string& parent) {
  std::error_code error;
  std::string path = parent.empty() ? std::filesystem::temp_directory_path(error).string() : parent;
  if (path.empty()) path = "/tmp";
  path += "/openbook-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return fail(system_error("cannot make a temporary folder " + path, errno));
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // A folder that cannot be removed is the system's to clean.
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace openbook
