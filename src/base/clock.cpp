#include "base/clock.h"

#include <ctime>

namespace openbook {

Millis now_millis() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string to_iso8601(Millis moment) {
  const std::time_t seconds = static_cast<std::time_t>(moment / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

namespace {

/// Takes exactly `width` digits off the front of `text`.
bool take_number(std::string_view& text, std::size_t width, int& value) {
  if (text.size() < width) return false;
  value = 0;
  for (const char digit : text.substr(0, width)) {
    if (digit < '0' || digit > '9') return false;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(width);
  return true;
}

bool take_any(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

Result<Millis> parse_date(std::string_view text) {
  const auto refuse = [given = std::string(text)] {
    return fail(Code::InvalidInput, "\"" + given + "\" is not a date; write 2026-11-24 or 2026-11-24T09:30:00Z (UTC)");
  };
  int year = 0, month = 0, day = 0, hour = 23, minute = 59, second = 59;
  if (!take_number(text, 4, year) || !take_any(text, "-") || !take_number(text, 2, month) || !take_any(text, "-") ||
      !take_number(text, 2, day))
    return refuse();
  const bool whole_day = text.empty();
  if (!whole_day) {
    second = 0;
    if (!take_any(text, "T ") || !take_number(text, 2, hour) || !take_any(text, ":") || !take_number(text, 2, minute))
      return refuse();
    if (take_any(text, ":") && !take_number(text, 2, second)) return refuse();
    take_any(text, "Z");
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!text.empty() || !date.ok() || hour > 23 || minute > 59 || second > 59) return refuse();
  const auto moment = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                      std::chrono::seconds(second);
  return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count() +
         (whole_day ? 999 : 0);
}

}  // namespace openbook
