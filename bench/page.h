#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// What a benchmark prints: Markdown, on the terminal and in its section of docs/benchmarks.md.
namespace openbook::bench {

/// "AMD EPYC 9R14, 2 processors, 23 GiB, Debian GNU/Linux 12, GCC 12.2.0".
std::string machine();

/// Today's date and the commit, as the page tells them ("2026-11-25, commit 1a2b3c4").
std::string moment();

/// A Markdown table, columns padded so that the source can be read as well.
class Table {
 public:
  explicit Table(std::vector<std::string> head) : rows_{std::move(head)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "0.693"; "-" for NaN.
std::string number(double value, int decimals);
/// "pass" or "**below**".
std::string verdict(bool passes);

/// Replaces what stands between `<!-- NAME: begin -->` and `<!-- NAME: end -->` of a page, or adds both at its end. An
/// absent page is begun.
Status replace_section(const std::string& page, std::string_view name, std::string_view markdown);

}  // namespace openbook::bench
