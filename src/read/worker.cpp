#include "read/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/sandbox.h"
#include "read/wire.h"
#include "read/worker_job.h"

namespace openbook::read {
namespace {

/// Nobody listens to what libraries print; only a sanitizer's report must reach a person.
void silence() {
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, 0);
  ::dup2(nowhere, 1);
  if (!kHasShadowMemory) ::dup2(nowhere, 2);
  ::close(nowhere);
}

bool has_ended(pid_t child) {
  siginfo_t facts{};
  return ::waitid(P_PID, static_cast<id_t>(child), &facts, WEXITED | WNOHANG | WNOWAIT) != 0 || facts.si_pid != 0;
}

/// Waits for the child's end, killing it when the program asks for that or is gone (then: false).
bool watch(pid_t child) {
  const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  bool program_lives = true;
  while (!has_ended(child)) {
    pollfd watched[] = {{ended.get(), POLLIN, 0}, {program_lives ? kWorkerSocket : -1, POLLIN, 0}};
    ::poll(watched, std::size(watched), ended.is_open() ? -1 : 2);
    if (watched[1].revents == 0) continue;
    const auto packet = receive_packet(kWorkerSocket);
    program_lives = packet.has_value();
    if (!packet || packet->kind == PacketKind::Kill) ::kill(child, SIGKILL);
  }
  return program_lives;
}

Report reap(pid_t child) {
  Report report;
  rusage usage{};
  while (::wait4(child, &report.status, 0, &usage) < 0 && errno == EINTR) {
  }
  const auto millis = [](const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; };
  report.cpu_millis = static_cast<std::uint64_t>(millis(usage.ru_utime) + millis(usage.ru_stime));
  report.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return report;
}

/// One file; false when the program is gone.
bool serve(const WorkerProgram& program, const Result<Sandbox>& sandbox, Packet packet) {
  const auto job = decode_job(packet.body);
  if (!job || packet.descriptors.size() != 3) return false;
  const pid_t server = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != server) ::_exit(1);  // It died between the fork and the line above.
    ::close(kWorkerSocket);
    run_job(program, sandbox, *job,
            {std::move(packet.descriptors[0]), std::move(packet.descriptors[1]), std::move(packet.descriptors[2])});
  }
  packet.descriptors.clear();
  Report report;
  report.status = W_EXITCODE(1, 0);  // If the system gives no process, the pipe's end and this tell the story.
  if (child > 0) {
    if (!watch(child)) return false;
    report = reap(child);
  }
  return send_packet(kWorkerSocket, PacketKind::Report, encode(report));
}

}  // namespace

int serve_jobs(const WorkerProgram& program) {
  int type = 0;
  socklen_t size = sizeof type;
  if (::getsockopt(kWorkerSocket, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET) {
    std::fputs("This program reads files for openbook, which starts it; it does nothing when run by hand.\n", stderr);
    return 2;
  }
  ::fcntl(kWorkerSocket, F_SETFD, FD_CLOEXEC);
  ::syscall(SYS_close_range, kWorkerSocket + 1, ~0U, 0);  // Nothing of the program's own shall leak into readers.
  silence();
  ::signal(SIGPIPE, SIG_DFL);
  const auto sandbox = Sandbox::prepare(program.readable_paths);  // Should it fail, each job says so.
  if (program.warm_up != nullptr) program.warm_up();
  while (auto packet = receive_packet(kWorkerSocket)) {
    if (packet->kind == PacketKind::Job && !serve(program, sandbox, std::move(*packet))) break;
  }
  return 0;
}

}  // namespace openbook::read
