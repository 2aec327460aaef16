#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace openbook::e2e {

/// The built program: environment variable OPENBOOK_PROGRAM, else the one this build makes.
std::filesystem::path program_path();

/// What came of one run.
struct Outcome {
  int exit_code = -1;      ///< -1 when a signal ended it.
  int signal = 0;          ///< The signal that ended it, or 0.
  bool timed_out = false;  ///< It was killed because it took longer than RunOptions::limit.
  std::string out;
  std::string err;
  long peak_kib = 0;  ///< Peak resident memory of the process itself.

  /// For failure messages.
  std::string text() const;
};

struct RunOptions {
  std::filesystem::path folder = {};         ///< Working folder; empty: this one's.
  std::string input = {};                    ///< Its standard input.
  std::chrono::milliseconds limit{120'000};  ///< Killed after that.
  std::function<void()> before_exec = {};    ///< Runs in the child (async-signal-safe calls only).
};

/// Runs a command and waits for it. `command[0]` is a path.
Outcome run(const std::vector<std::string>& command, const RunOptions& options = {});

/// The same for the built program, with `arguments` behind its name.
Outcome run_openbook(std::vector<std::string> arguments, const RunOptions& options = {});

/// Starts the built program with its output thrown away, for tests that kill it. Returns its process id.
pid_t start_openbook(std::vector<std::string> arguments);

}  // namespace openbook::e2e
