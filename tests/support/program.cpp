#include "support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace openbook::e2e {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> to_argv(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  return argv;
}

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe to be had");
    read = ends[0], write = ends[1];
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  void close_read() {
    if (read >= 0) close(std::exchange(read, -1));
  }
  void close_write() {
    if (write >= 0) close(std::exchange(write, -1));
  }
};

/// Feeds the child and collects what it prints until all its pipes are closed. False: the time is over.
bool talk(Pipe& in, Pipe& out, Pipe& err, std::string_view input, Clock::time_point deadline, Outcome& outcome) {
  while (out.read >= 0 || err.read >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    if (input.empty()) in.close_write();
    pollfd files[3] = {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}, {in.write, POLLOUT, 0}};
    if (poll(files, 3, static_cast<int>(left)) <= 0) continue;
    char buffer[65536];
    const auto drain = [&](const pollfd& file, Pipe& pipe, std::string& to) {
      if (!file.revents) return;
      const ssize_t size = read(pipe.read, buffer, sizeof buffer);
      if (size > 0) to.append(buffer, static_cast<std::size_t>(size));
      if (size == 0) pipe.close_read();
    };
    drain(files[0], out, outcome.out);
    drain(files[1], err, outcome.err);
    if (files[2].revents) {
      const ssize_t size = write(in.write, input.data(), std::min<std::size_t>(input.size(), 4096));
      if (size > 0) input.remove_prefix(static_cast<std::size_t>(size));
      if (size < 0) input = {};
    }
  }
  return true;
}

}  // namespace

std::filesystem::path program_path() {
  const char* chosen = std::getenv("OPENBOOK_PROGRAM");
  return chosen && *chosen ? chosen : OPENBOOK_PROGRAM;
}

std::string Outcome::text() const {
  return "exit " + std::to_string(exit_code) + (signal ? ", signal " + std::to_string(signal) : "") +
         (timed_out ? ", timed out" : "") + "\nstdout: " + out.substr(0, 4000) + "\nstderr: " + err.substr(0, 4000);
}

Outcome run(const std::vector<std::string>& command, const RunOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  const std::vector<char*> argv = to_argv(command);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    dup2(in.read, 0), dup2(out.write, 1), dup2(err.write, 2);
    std::signal(SIGPIPE, SIG_DFL);
    if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
    if (options.before_exec) options.before_exec();
    execv(argv[0], argv.data());
    _exit(127);
  }
  in.close_read(), out.close_write(), err.close_write();
  Outcome outcome;
  if (!talk(in, out, err, options.input, Clock::now() + options.limit, outcome)) {
    outcome.timed_out = true;
    kill(child, SIGKILL);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  outcome.peak_kib = usage.ru_maxrss;
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  return outcome;
}

Outcome run_openbook(std::vector<std::string> arguments, const RunOptions& options) {
  arguments.insert(arguments.begin(), program_path().string());
  return run(arguments, options);
}

pid_t start_openbook(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program_path().string());
  const std::vector<char*> argv = to_argv(arguments);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, 0), dup2(nowhere, 1), dup2(nowhere, 2);
    execv(argv[0], argv.data());
    _exit(127);
  }
  return child;
}

}  // namespace openbook::e2e
