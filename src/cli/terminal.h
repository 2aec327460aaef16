#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace openbook::cli {

/// Escape sequences for emphasis, or empty strings where standard output is no terminal or NO_COLOR is set.
struct Style {
  const char* strong = "";
  const char* faint = "";
  const char* good = "";
  const char* bad = "";
  const char* off = "";
};
Style style_of_output();

/// Asks on the terminal; anything but "y" or "yes" is no. No without a terminal.
bool confirm(std::string_view question);

/// "1.5 MB".
std::string readable_bytes(std::uint64_t bytes);

/// Reads "512", "64K", "256M", "2G". 0 for anything else.
std::uint64_t parse_bytes(std::string_view text);

/// One line of text for each line that a document may have: newlines and control characters shown as spaces.
std::string one_line(std::string_view text, std::size_t max_bytes = std::string::npos);

/// A bar that is redrawn on a terminal; elsewhere a plain line every two seconds. Ends with finish().
class ProgressLine {
 public:
  explicit ProgressLine(std::ostream& err);
  ~ProgressLine() { finish(); }
  void show(std::size_t done, std::size_t total, std::string_view item, std::uint64_t bytes);
  void finish();

 private:
  std::ostream& err_;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace openbook::cli
