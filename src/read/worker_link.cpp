#include "read/worker_link.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

extern char** environ;

namespace openbook::read {
namespace {

/// Starts the program with the socket as descriptor kWorkerSocket, in a process group of its own, so that Ctrl-C at a
/// terminal reaches openbook alone.
int spawn(const std::string& path, int socket, pid_t& process) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&files, socket, kWorkerSocket);
  sigset_t none, all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  char* const argv[] = {const_cast<char*>(path.c_str()), nullptr};
  const int error = ::posix_spawn(&process, path.c_str(), &files, &attributes, argv, environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  return error;
}

}  // namespace

Result<WorkerLink> WorkerLink::start(const std::string& path) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return fail(system_error("cannot make a socket for a reader", errno));
  }
  Descriptor ours(ends[0]), theirs(ends[1]);
  // dup2() onto itself would keep close-on-exec, so the number must differ from the one that it gets there.
  if (theirs.get() == kWorkerSocket) theirs = Descriptor(::fcntl(kWorkerSocket, F_DUPFD_CLOEXEC, kWorkerSocket + 1));
  pid_t process = 0;
  const int error = spawn(path, theirs.get(), process);
  if (error == ENOENT) {
    return fail(Code::Unsupported,
                path + " is missing, so files of this kind cannot be read; build or install openbook whole");
  }
  if (error != 0) return fail(system_error("cannot start " + path, error));
  return WorkerLink(process, std::move(ours));
}

WorkerLink::~WorkerLink() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);  // A child that it may have dies with it (PR_SET_PDEATHSIG).
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace openbook::read
