#include "base/descriptor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace openbook {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void Descriptor::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Error system_error(const std::string& action, int error_number) {
  const Code code = error_number == ENOENT || error_number == ENOTDIR ? Code::NotFound : Code::Io;
  return {code, action + ": " + std::generic_category().message(error_number), {}};
}

Result<Descriptor> open_for_reading(const std::string& path) {
  // Non-blocking for the moment of opening, so that a named pipe without a writer does not hold us.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return fail(system_error("cannot open " + path, errno));
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return fail(system_error("cannot look at " + path, errno));
  if (S_ISDIR(facts.st_mode)) return fail(Code::InvalidInput, path + " is a folder, not a file");
  if (!S_ISREG(facts.st_mode)) ::fcntl(file.get(), F_SETFL, ::fcntl(file.get(), F_GETFL) & ~O_NONBLOCK);
  return file;
}

Result<Pipe> make_pipe(int buffer_bytes) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(system_error("cannot make a pipe", errno));
  Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  if (buffer_bytes > 0) ::fcntl(ends[1], F_SETPIPE_SZ, buffer_bytes);  // Refused for unprivileged users above a quota.
  return pipe;
}

Result<Descriptor> make_memory_file(std::string_view bytes) {
  Descriptor file(::memfd_create("openbook", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file.is_open()) return fail(system_error("cannot make a file in memory", errno));
  if (!write_all(file.get(), bytes) || ::lseek(file.get(), 0, SEEK_SET) != 0) {
    return fail(system_error("cannot write a file of " + std::to_string(bytes.size()) + " bytes in memory", errno));
  }
  ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  return file;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace openbook
