#include "base/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "base/descriptor.h"
#include "base/stop_signal.h"

extern char** environ;

namespace openbook {
namespace {

using Clock = std::chrono::steady_clock;

/// posix_spawn's two settings objects, destroyed on every way out.
struct SpawnSettings {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
  }
};

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  return pointers;
}

Result<pid_t> spawn(const Command& command, int input, int output, int error_output) {
  SpawnSettings settings;
  ::posix_spawn_file_actions_adddup2(&settings.files, input, 0);
  ::posix_spawn_file_actions_adddup2(&settings.files, output, 1);
  ::posix_spawn_file_actions_adddup2(&settings.files, error_output, 2);
  sigset_t none, all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&settings.attributes, &none);
  ::posix_spawnattr_setsigdefault(&settings.attributes, &all);
  ::posix_spawnattr_setpgroup(&settings.attributes, 0);
  ::posix_spawnattr_setflags(&settings.attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> argv = pointers_to(command.argv);
  argv.push_back(nullptr);
  std::vector<char*> environment = pointers_to(command.environment);  // The first of two equal names counts.
  for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(nullptr);
  pid_t pid = 0;
  const int error =
      ::posix_spawnp(&pid, argv[0], &settings.files, &settings.attributes, argv.data(), environment.data());
  if (error != 0) return fail(system_error("cannot run " + command.argv[0], error));
  return pid;
}

/// Limits are put on the running program, since posix_spawn cannot; a few microseconds late does no harm here.
void limit(pid_t pid, const Command& command) {
  const auto set = [pid](__rlimit_resource resource, std::uint64_t value) {
    const rlimit limit{value, value};
    ::prlimit(pid, resource, &limit, nullptr);
  };
  if (command.memory_bytes > 0) set(RLIMIT_AS, command.memory_bytes);
  if (command.cpu_seconds > 0) set(RLIMIT_CPU, command.cpu_seconds);
  set(RLIMIT_CORE, 0);
}

/// A running program and what it has said so far.
class Running {
 public:
  Running(pid_t pid, const Command& command, Descriptor output, Descriptor error_output)
      : pid_(pid),
        command_(command),
        ended_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))),
        output_(std::move(output)),
        error_output_(std::move(error_output)) {
    for (const int pipe : {output_.get(), error_output_.get()}) ::fcntl(pipe, F_SETFL, O_NONBLOCK);
  }
  ~Running() {
    if (pid_ > 0) end();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// Listens until the program has ended.
  Status listen(std::stop_token stop) {
    const StopSignal stopping(stop);
    const auto deadline = Clock::now() + command_.timeout;
    for (bool ended = false; !ended;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (stop.stop_requested()) return fail(Code::Cancelled, "cancelled while " + command_.argv[0] + " was running");
      if (left <= 0)
        return fail(Code::OverLimit, command_.argv[0] + " took longer than " + seconds() + " s, its limit");
      pollfd watched[] = {{ended_.get(), POLLIN, 0},
                          {stopping.descriptor(), POLLIN, 0},
                          {output_.get(), POLLIN, 0},
                          {error_output_.get(), POLLIN, 0}};
      // Without a pidfd (Linux before 5.3) the end is looked for now and then.
      const int patience = static_cast<int>(std::min<std::int64_t>(left, ended_.is_open() ? 10'000 : 20));
      if (::poll(watched, std::size(watched), patience) < 0 && errno != EINTR) {
        return fail(system_error("cannot wait for " + command_.argv[0], errno));
      }
      ended = has_ended();
      OB_RETURN_IF_ERROR(drain(output_, finished_.output, command_.max_output_bytes, true));
      OB_RETURN_IF_ERROR(drain(error_output_, finished_.error_output, command_.max_error_bytes, false));
    }
    return {};
  }

  /// Kills what is left of the group, and tells how the program ended.
  Finished end() {
    // The group goes first: while its leader is not reaped, nobody else can have got its number.
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    finished_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    finished_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return std::move(finished_);
  }

 private:
  std::string seconds() const {
    const double value = std::chrono::duration<double>(command_.timeout).count();
    const std::string text = std::to_string(value);
    return text.substr(0, text.find('.') + 2);
  }

  bool has_ended() const {
    siginfo_t facts{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &facts, WEXITED | WNOHANG | WNOWAIT) != 0 || facts.si_pid != 0;
  }

  /// Takes what stands in a pipe now, 4 MB at most (a fast writer must not keep us); closes it at its end.
  Status drain(Descriptor& pipe, std::string& into, std::size_t max_bytes, bool limit_is_error) {
    char block[64 << 10];
    for (int blocks = 0; blocks < 64 && pipe.is_open(); ++blocks) {
      const ssize_t got = ::read(pipe.get(), block, sizeof block);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) break;
      if (got <= 0) {
        pipe.close();
        break;
      }
      const std::size_t kept = std::min(static_cast<std::size_t>(got), max_bytes - into.size());
      into.append(block, kept);
      if (limit_is_error && kept < static_cast<std::size_t>(got)) {
        return fail(Code::OverLimit,
                    command_.argv[0] + " wrote more than " + std::to_string(max_bytes) + " bytes, its limit");
      }
    }
    return {};
  }

  pid_t pid_;
  const Command& command_;
  Descriptor ended_;
  Descriptor output_, error_output_;
  Finished finished_;
};

}  // namespace

Result<Finished> run(const Command& command, std::stop_token stop) {
  if (command.argv.empty()) return fail(Code::InvalidInput, "no program named");
  // A file in memory needs nobody to feed it, and no SIGPIPE comes from a program that does not read it.
  OB_TRY(const Descriptor input, make_memory_file(command.input));
  OB_TRY(Pipe output, make_pipe(1 << 20));
  OB_TRY(Pipe error_output, make_pipe());
  OB_TRY(const pid_t pid, spawn(command, input.get(), output.writer.get(), error_output.writer.get()));
  output.writer.close();
  error_output.writer.close();
  limit(pid, command);
  Running running(pid, command, std::move(output.reader), std::move(error_output.reader));
  OB_RETURN_IF_ERROR(running.listen(stop));
  return running.end();
}

}  // namespace openbook
