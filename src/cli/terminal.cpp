#include "cli/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "text/utf8.h"

namespace openbook::cli {

Style style_of_output() {
  if (::isatty(STDOUT_FILENO) == 0 || std::getenv("NO_COLOR") != nullptr) return {};
  return {"\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[0m"};
}

bool confirm(std::string_view question) {
  if (::isatty(STDIN_FILENO) == 0) return false;
  std::cerr << question << " [y/N] " << std::flush;
  std::string line;
  std::getline(std::cin, line);
  return line == "y" || line == "Y" || line == "yes";
}

std::string readable_bytes(std::uint64_t bytes) {
  char text[32];
  if (bytes < 1000)
    std::snprintf(text, sizeof text, "%llu B", static_cast<unsigned long long>(bytes));
  else if (bytes < 1'000'000)
    std::snprintf(text, sizeof text, "%.1f kB", static_cast<double>(bytes) / 1e3);
  else if (bytes < 1'000'000'000)
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  else
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
  return text;
}

std::uint64_t parse_bytes(std::string_view text) {
  std::uint64_t value = 0;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at < 15; ++at)
    value = value * 10 + static_cast<unsigned>(text[at] - '0');
  if (at == 0) return 0;
  const std::string_view unit = text.substr(at);
  if (unit.empty()) return value;
  switch (unit[0]) {
    case 'k':
    case 'K':
      return value << 10;
    case 'm':
    case 'M':
      return value << 20;
    case 'g':
    case 'G':
      return value << 30;
    default:
      return 0;
  }
}

std::string one_line(std::string_view text, std::size_t max_bytes) {
  std::string line(text::utf8_prefix(text, max_bytes));
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }, ' ');
  if (line.size() < text.size()) line += "…";
  return line;
}

ProgressLine::ProgressLine(std::ostream& err)
    : err_(err), terminal_(::isatty(STDERR_FILENO) != 0), last_(std::chrono::steady_clock::now()) {}

void ProgressLine::show(std::size_t done, std::size_t total, std::string_view item, std::uint64_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(80) : std::chrono::milliseconds(2000);
  if (now - last_ < pause) return;
  last_ = now;
  if (!terminal_) {
    err_ << done << " of " << total << " files, " << readable_bytes(bytes) << '\n';
    return;
  }
  constexpr std::size_t kWidth = 24;
  const std::size_t filled = total == 0 ? 0 : kWidth * done / total;
  err_ << "\r\033[K[" << std::string(filled, '#') << std::string(kWidth - filled, '.') << "] " << done << '/' << total
       << "  " << readable_bytes(bytes) << "  " << one_line(item, 40) << std::flush;
  drawn_ = true;
}

void ProgressLine::finish() {
  if (drawn_) err_ << "\r\033[K" << std::flush;
  drawn_ = false;
}

}  // namespace openbook::cli
