#include "base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace openbook {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

}  // namespace

AtomicFile::~AtomicFile() {
  if (file_.is_open()) ::unlink(temporary_.c_str());
}

Status AtomicFile::open(const std::string& path) {
  path_ = path;
  temporary_ = path + "." + std::to_string(::getpid()) + ".new";
  file_ = Descriptor(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!file_.is_open()) return fail(system_error("cannot write " + temporary_, errno));
  return {};
}

Status AtomicFile::write(std::string_view bytes) {
  buffer_ += bytes;
  return buffer_.size() < kBufferBytes ? Status() : flush();
}

Status AtomicFile::flush() {
  if (!write_all(file_.get(), buffer_)) return fail(system_error("cannot write " + temporary_, errno));
  buffer_.clear();
  return {};
}

Status AtomicFile::commit() {
  OB_RETURN_IF_ERROR(flush());
  if (::fsync(file_.get()) != 0) return fail(system_error("cannot write " + temporary_ + " to the disk", errno));
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0)
    return fail(system_error("cannot give " + temporary_ + " the name " + path_, errno));
  file_.close();
  return {};
}

}  // namespace openbook
