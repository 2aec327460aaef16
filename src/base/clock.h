#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace openbook {

/// Milliseconds since 1970-01-01 UTC: how every moment is stored.
using Millis = std::int64_t;

Millis now_millis();

/// "2026-11-24T09:30:00Z".
std::string to_iso8601(Millis moment);

/// Reads "2026-11-24" (the end of that day, UTC) or "2026-11-24T09:30[:00][Z]". What a user types after --as-of.
Result<Millis> parse_date(std::string_view text);

/// Measures elapsed wall time.
class Stopwatch {
 public:
  double millis() const { return std::chrono::duration<double, std::milli>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

}  // namespace openbook
