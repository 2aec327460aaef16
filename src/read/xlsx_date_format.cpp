#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "read/xlsx_format.h"

namespace openbook::read::format_detail {
namespace {

constexpr std::array<const char*, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                 "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<const char*, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
constexpr std::array<const char*, 7> kChineseDays = {"日", "一", "二", "三", "四", "五", "六"};

struct Moment {
  int year = 1900, month = 1, day = 1, weekday = 0;
  long hour = 0, minute = 0, second = 0;
  double seconds = 0;  ///< Of the minute, with its fraction.
  double days = 0;     ///< The value itself, for elapsed hours.
};

/// `places` digits of seconds are shown; the moment is rounded to them, so that 59.9996 s never shows as 60.
Moment moment_of(double value, DateSystem dates, int places) {
  using namespace std::chrono;
  const double unit = std::pow(10, places);
  const double ticks = std::round(value * 86400 * unit);
  Moment moment;
  moment.days = ticks / unit / 86400;
  long serial = static_cast<long>(std::floor(ticks / (86400 * unit)));
  const double in_day = ticks / unit - static_cast<double>(serial) * 86400;
  const bool phantom = dates == DateSystem::From1900 && serial == 60;  // 29 February 1900 exists in Excel only.
  if (dates == DateSystem::From1904) serial += 1462;
  const sys_days base = sys_days(year(1899) / December / (serial < 60 ? 31 : 30));
  const sys_days date = base + days(serial);
  const year_month_day civil(date);
  moment.year = static_cast<int>(civil.year());
  moment.month = static_cast<int>(static_cast<unsigned>(civil.month()));
  moment.day = static_cast<int>(static_cast<unsigned>(civil.day()));
  if (phantom) moment.month = 2, moment.day = 29;
  moment.weekday = static_cast<int>(weekday(date).c_encoding());
  const long whole = static_cast<long>(in_day);
  moment.hour = whole / 3600;
  moment.minute = whole / 60 % 60;
  moment.second = whole % 60;
  moment.seconds = static_cast<double>(whole % 60) + (in_day - static_cast<double>(whole));
  return moment;
}

std::string padded(long number, std::size_t width) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%0*ld", static_cast<int>(width), number);
  return buffer;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// What follows the run at `end`, skipping literals: is the next date mark a second?
bool seconds_follow(std::string_view section, std::size_t end) {
  for (std::size_t i = end; i < section.size(); ++i) {
    const char c = lower(section[i]);
    if (c == '"') {
      i = section.find('"', i + 1);
      if (i == std::string_view::npos) return false;
    } else if (c == '\\') {
      ++i;
    } else if (c == 's') {
      return true;
    } else if (c == 'y' || c == 'm' || c == 'd' || c == 'h') {
      return false;
    }
  }
  return false;
}

std::string part_text(char mark, std::size_t width, bool minutes, bool half_days, const Moment& at) {
  switch (mark) {
    case 'y':
      return width <= 2 ? padded(at.year % 100, 2) : padded(at.year, 4);
    case 'e':
      return padded(at.year, 4);
    case 'm':
      if (minutes) return padded(at.minute, std::min<std::size_t>(width, 2));
      if (width == 3) return std::string(kMonths[static_cast<std::size_t>(at.month - 1)]).substr(0, 3);
      if (width == 5) return std::string(kMonths[static_cast<std::size_t>(at.month - 1)]).substr(0, 1);
      return width >= 4 ? kMonths[static_cast<std::size_t>(at.month - 1)] : padded(at.month, width);
    case 'd':
      if (width == 3) return std::string(kDays[static_cast<std::size_t>(at.weekday)]).substr(0, 3);
      return width >= 4 ? kDays[static_cast<std::size_t>(at.weekday)] : padded(at.day, width);
    case 'a':
      return (width >= 4 ? "星期" : "") + std::string(kChineseDays[static_cast<std::size_t>(at.weekday)]);
    case 'h': {
      const long hour = half_days ? (at.hour + 11) % 12 + 1 : at.hour;
      return padded(hour, std::min<std::size_t>(width, 2));
    }
    case 's':
      return padded(at.second, std::min<std::size_t>(width, 2));
    default:
      return {};
  }
}

std::string elapsed(std::string_view inside, const Moment& at) {
  const char mark = lower(inside[0]);
  const double total = at.days * (mark == 'h' ? 24 : mark == 'm' ? 1440 : 86400);
  return padded(static_cast<long>(std::floor(total + 1e-9)), inside.size());
}

bool is_elapsed(std::string_view inside) {
  return !inside.empty() && inside.size() < 12 &&
         (inside.find_first_not_of("hH") == std::string_view::npos ||
          inside.find_first_not_of("mM") == std::string_view::npos ||
          inside.find_first_not_of("sS") == std::string_view::npos);
}

/// Width of an AM/PM mark at `i`; 0 if there is none.
std::size_t half_day_mark(std::string_view section, std::size_t i) {
  if (i + 5 <= section.size() && lower(section[i]) == 'a' && lower(section[i + 1]) == 'm' && section[i + 2] == '/')
    return 5;
  if (i + 3 <= section.size() && lower(section[i]) == 'a' && section[i + 1] == '/' && lower(section[i + 2]) == 'p')
    return 3;
  return section.substr(i).starts_with("上午/下午") ? 13 : 0;
}

/// Calls visit(kind, text, begin) for each quoted or escaped literal ('"'), bracket ('['), run of one letter (that
/// letter), AM/PM mark ('p') and other character ('.').
template <typename Visit>
void scan(std::string_view section, Visit visit) {
  for (std::size_t i = 0; i < section.size();) {
    const char c = section[i];
    if (c == '"' || c == '[') {
      const std::size_t end = std::min(section.find(c == '"' ? '"' : ']', i + 1), section.size());
      visit(c, section.substr(i + 1, end - i - 1), i);
      i = end + 1;
    } else if (c == '\\' || c == '_' || c == '*') {
      if (c == '\\' && i + 1 < section.size()) visit('"', section.substr(i + 1, 1), i);
      i += 2;
    } else if (const std::size_t width = half_day_mark(section, i); width > 0) {
      visit('p', section.substr(i, width), i);
      i += width;
    } else if (section.substr(i, 7) == "General") {
      visit('"', "", i);
      i += 7;
    } else {
      std::size_t end = i + 1;
      const char mark = lower(c);
      const bool letter = mark == 'y' || mark == 'm' || mark == 'd' || mark == 'h' || mark == 's' || mark == 'a' ||
                          (mark == 'e' && !(end < section.size() && (section[end] == '+' || section[end] == '-')));
      while (letter && end < section.size() && lower(section[end]) == mark) ++end;
      visit(letter ? mark : '.', section.substr(i, end - i), i);
      i = end;
    }
  }
}

}  // namespace

bool is_date_section(std::string_view section) {
  bool date = false, digits = false;
  scan(section, [&](char kind, std::string_view text, std::size_t) {
    if (kind == '[') date = date || is_elapsed(text);
    if (kind == 'y' || kind == 'm' || kind == 'd' || kind == 'h' || kind == 's' || (kind == 'a' && text.size() >= 3))
      date = true;
    if (kind == '.' && (text == "#" || text == "?")) digits = true;
  });
  return date && !digits;
}

std::string date_text(double value, std::string_view section, DateSystem dates) {
  if (value < 0 || value > 2958465.99999999) return general(value);  // After 9999-12-31; Excel shows "####".
  if (section.find("[$-F800]") != std::string_view::npos) section = "yyyy-mm-dd";
  bool half_days = false;
  int places = 0;
  scan(section, [&](char kind, std::string_view text, std::size_t begin) {
    half_days = half_days || kind == 'p';
    if (kind == '.' && text == "0" && begin > 0 &&
        (section[begin - 1] == '.' || (places > 0 && section[begin - 1] == '0')))
      ++places;
  });
  places = std::min(places, 6);
  const Moment at = moment_of(value, dates, places);
  std::string out;
  bool after_hours = false;
  scan(section, [&](char kind, std::string_view text, std::size_t begin) {
    if (kind == '"') {
      out += text;
    } else if (kind == '[') {
      if (is_elapsed(text)) out += elapsed(text, at), after_hours = true;
    } else if (kind == 'p') {
      const std::string_view half = at.hour < 12 ? text.substr(0, text.find('/')) : text.substr(text.find('/') + 1);
      out += half;
    } else if (kind == '.') {
      const bool fraction = text == "0" && begin > 0 && (section[begin - 1] == '.' || section[begin - 1] == '0');
      if (fraction && places > 0 && section[begin - 1] == '.') {
        const double rest = at.seconds - std::floor(at.seconds);
        out += padded(std::lround(rest * std::pow(10, places)), static_cast<std::size_t>(places));
      } else if (!fraction && text != "@") {
        out += text;
      }
    } else {
      const bool minutes =
          kind == 'm' && text.size() <= 2 && (after_hours || seconds_follow(section, begin + text.size()));
      out += part_text(kind, text.size(), minutes, half_days, at);
      if (kind == 'h') after_hours = true;
      if (kind == 'm' || kind == 'd' || kind == 'y' || kind == 's') after_hours = kind == 's';
    }
  });
  return out;
}

}  // namespace openbook::read::format_detail
