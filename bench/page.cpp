#include "page.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <thread>

#include "base/clock.h"
#include "base/files.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::bench {
namespace {

/// The value of "key<separator>value" in a file of such lines.
std::string value_in(const char* path, std::string_view key, char separator) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(key)) continue;
    std::string value = line.substr(std::min(line.find(separator) + 1, line.size()));
    std::erase(value, '"');
    return value.substr(std::min(value.find_first_not_of(" \t"), value.size()));
  }
  return "unknown";
}

std::string first_line_of(const char* command) {
  std::string line;
  if (FILE* const pipe = ::popen(command, "r")) {
    for (int c; (c = std::fgetc(pipe)) != EOF && c != '\n';) line += static_cast<char>(c);
    ::pclose(pipe);
  }
  return line;
}

/// Columns that a cell takes: Chinese characters take two.
std::size_t width_of(std::string_view cell) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < cell.size();) width += text::is_cjk(text::next_code_point(cell, at)) ? 2 : 1;
  return width;
}

}  // namespace

std::string machine() {
  const double gigabytes = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) *
                           static_cast<double>(::sysconf(_SC_PAGESIZE)) / static_cast<double>(1ull << 30);
  return value_in("/proc/cpuinfo", "model name", ':') + ", " + std::to_string(std::thread::hardware_concurrency()) +
         " processors, " + number(gigabytes, 0) + " GiB, " + value_in("/etc/os-release", "PRETTY_NAME", '=') +
         ", GCC " + __VERSION__;
}

std::string moment() {
  const std::string commit = first_line_of("git rev-parse --short HEAD 2>/dev/null");
  return to_iso8601(now_millis()).substr(0, 10) + (commit.empty() ? "" : ", commit " + commit);
}

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 3);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i)
      widths[i] = std::max(widths[i], width_of(row[i]));
  std::string text;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string cell = i < rows_[r].size() ? rows_[r][i] : "";
      text += "| " + cell + std::string(widths[i] - width_of(cell) + 1, ' ');
    }
    text += "|\n";
    if (r > 0) continue;
    for (std::size_t width : widths) text += "| " + std::string(width, '-') + " ";
    text += "|\n";
  }
  return text;
}

std::string number(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string verdict(bool passes) {
  return passes ? "pass" : "**below**";
}

Status replace_section(const std::string& page, std::string_view name, std::string_view markdown) {
  std::string text =
      "# Benchmarks\n\nWritten by `make bench` and `make bench-quality`; between the marks nothing is written by "
      "hand.\n";
  if (::access(page.c_str(), F_OK) == 0) {
    OB_TRY(text, read_whole(page));
  }
  const std::string begin = "<!-- " + std::string(name) + ": begin -->",
                    end = "<!-- " + std::string(name) + ": end -->";
  const std::size_t from = text.find(begin), to = text.find(end);
  const std::string section = begin + "\n" + std::string(markdown) + end;
  if (from != std::string::npos && to != std::string::npos && from < to)
    text.replace(from, to + end.size() - from, section);
  else
    text += "\n" + section + "\n";
  return write_file_atomically(page, text);
}

}  // namespace openbook::bench
