#include "timed_run.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "base/clock.h"

extern char** environ;

namespace openbook::bench {
namespace {

std::uint64_t resident_bytes(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/statm");
  std::uint64_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// Of the process and of all that it started. A process that ends meanwhile counts nothing.
std::uint64_t resident_bytes_of_tree(pid_t process) {
  std::uint64_t sum = resident_bytes(process);
  std::ifstream children("/proc/" + std::to_string(process) + "/task/" + std::to_string(process) + "/children");
  for (pid_t child = 0; children >> child;) sum += resident_bytes_of_tree(child);
  return sum;
}

Result<pid_t> start(const std::vector<std::string>& argv) {
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int descriptor : {0, 1}) posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
  pid_t process = 0;
  const int failed = posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return fail(Code::Io, "cannot start " + argv.front());
  return process;
}

}  // namespace

Result<TimedRun> timed_run(const std::vector<std::string>& argv, bool watch_memory) {
  TimedRun run;
  const Stopwatch watch;
  OB_TRY(const pid_t process, start(argv));
  std::atomic<bool> ended = false;
  std::jthread watcher;
  if (watch_memory) {
    watcher = std::jthread([&] {
      while (!ended) {
        run.peak_bytes = std::max(run.peak_bytes, resident_bytes_of_tree(process));
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    });
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  run.seconds = watch.millis() / 1000;
  ended = true;
  if (watcher.joinable()) watcher.join();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return fail(Code::Io, argv.front() + " failed with status " + std::to_string(status));
  return run;
}

}  // namespace openbook::bench
