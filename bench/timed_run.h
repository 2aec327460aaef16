#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace openbook::bench {

/// How one run of a program went.
struct TimedRun {
  double seconds = 0;            ///< Wall time from start to end.
  std::uint64_t peak_bytes = 0;  ///< Highest sum of resident memory over the program and its descendants, seen every
                                 ///< 10 ms; memory that they share counts for each.
};

/// Runs a program with its output thrown away. Error: Io, when it cannot be started or does not exit with 0.
/// `watch_memory` costs the program a little time.
Result<TimedRun> timed_run(const std::vector<std::string>& argv, bool watch_memory = false);

/// Median wall time in milliseconds of `count` runs, each of the command line that `argv_of` gives for its number.
template <typename ArgvOf>
Result<double> median_millis(int count, ArgvOf argv_of);

}  // namespace openbook::bench

#include "eval/metrics.h"

namespace openbook::bench {

template <typename ArgvOf>
Result<double> median_millis(int count, ArgvOf argv_of) {
  std::vector<double> millis;
  for (int i = 0; i < count; ++i) {
    OB_TRY(const TimedRun run, timed_run(argv_of(i)));
    millis.push_back(run.seconds * 1000);
  }
  return eval::quantile(millis, 0.5);
}

}  // namespace openbook::bench
