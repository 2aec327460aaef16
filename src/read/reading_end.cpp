#include <sys/wait.h>

#include <csignal>
#include <cstring>

#include "read/reading.h"

namespace openbook::read {
namespace {

Error out_of_memory(const std::string& reader, const ReadLimits& limits) {
  return {Code::OverLimit,
          reader + " needed more than " + size_text(limits.memory_bytes) +
              " of memory, the limit; raise it with --read-memory",
          {}};
}

Error crashed(const std::string& reader, int signal) {
  std::string message = reader + " crashed (" + ::strsignal(signal) + ")";
  // The input is mapped into memory: its lost end reads as SIGBUS.
  message += signal == SIGBUS ? "; the file may have been shortened while it was read: add it again"
                              : "; the file is damaged in a way that it cannot bear";
  return {Code::Corrupt, std::move(message), {}};
}

}  // namespace

Error describe_end(const ReaderEntry& entry, const ReadLimits& limits, const Report& report) {
  const std::string reader = std::string("the ") + entry.name + " reader";
  if (WIFEXITED(report.status)) {
    if (WEXITSTATUS(report.status) == kOutOfMemoryExit) return out_of_memory(reader, limits);
    return {Code::Bug,
            reader + " ended without an answer (exit code " + std::to_string(WEXITSTATUS(report.status)) + ")",
            {}};
  }
  const int signal = WTERMSIG(report.status);
  const bool spent_its_time = report.cpu_millis + 500 >= static_cast<std::uint64_t>(limits.cpu.count()) * 1000;
  if (signal == SIGXCPU || (signal == SIGKILL && spent_its_time)) {
    return {Code::OverLimit,
            reader + " was stopped after " + std::to_string(limits.cpu.count()) +
                " s of processor time, the limit; raise it with --read-seconds",
            {}};
  }
  if (signal == SIGKILL) {
    return {
        Code::OverLimit, reader + " was killed from outside, most likely because the machine ran out of memory", {}};
  }
  // C libraries do not bear a refused allocation: they crash on it.
  if (report.peak_bytes > limits.memory_bytes / 4 * 3) return out_of_memory(reader, limits);
  return crashed(reader, signal);
}

std::string size_text(std::uint64_t bytes) {
  constexpr struct {
    std::uint64_t bytes;
    const char* name;
  } kUnits[] = {{std::uint64_t{1} << 30, " GB"}, {1 << 20, " MB"}, {1 << 10, " KB"}};
  for (const auto& unit : kUnits) {
    if (bytes < unit.bytes) continue;
    const std::uint64_t tenths = bytes % unit.bytes * 10 / unit.bytes;
    return std::to_string(bytes / unit.bytes) + (tenths == 0 ? "" : "." + std::to_string(tenths)) + unit.name;
  }
  return std::to_string(bytes) + " bytes";
}

}  // namespace openbook::read
