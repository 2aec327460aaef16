#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace openbook {

/// A program to run once, by path or by a name looked up in PATH. No shell is involved.
struct Command {
  std::vector<std::string> argv;
  std::string_view input;                ///< What it reads from its standard input.
  std::vector<std::string> environment;  ///< "NAME=value" entries that are added to ours.
  std::chrono::milliseconds timeout{60'000};
  std::size_t max_output_bytes = std::size_t{64} << 20;
  std::size_t max_error_bytes = std::size_t{64} << 10;  ///< What it writes beyond this to standard error is dropped.
  std::uint64_t memory_bytes = 0;                       ///< Of address space; 0: as much as we may use.
  std::uint32_t cpu_seconds = 0;                        ///< 0: as much as we may use.
};

/// How it ended. A program that fails is a result, not an Error: what it means is the caller's business.
struct Finished {
  int exit_code = 0;  ///< Of the program, or -1 when a signal ended it.
  int signal = 0;
  std::string output;
  std::string error_output;
  bool ok() const { return exit_code == 0; }
};

/// Runs a program in a process group of its own and waits for its end; the whole group is killed when time, output or
/// the caller's patience is over. Safe concurrently. Errors: NotFound (no such program), OverLimit (time, output),
/// Cancelled, Io.
Result<Finished> run(const Command& command, std::stop_token stop = {});

}  // namespace openbook
