#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The *.flow scripts: commands and what they are expected to print. README.md in tests/flow has the syntax.
namespace openbook::e2e {

/// One command and its expectation.
struct FlowStep {
  std::vector<std::string> before;    ///< Comment and blank lines that stand above it, kept when rewriting.
  std::string command;                ///< For the shell; lines joined with "\n".
  std::vector<std::string> expected;  ///< Lines, with their "! " where they are of standard error.
  int exit_code = 0;
  int line = 0;  ///< Of the "$" in the script, from 1.
};

struct FlowScript {
  std::vector<FlowStep> steps;
  std::vector<std::string> after;  ///< Comment and blank lines at the end.
};

/// What a command did, in the form expectations have.
struct FlowResult {
  std::vector<std::string> lines;  ///< Standard output, then standard error with "! " before each line.
  int exit_code = 0;
};

/// Throws std::runtime_error naming the line where the text is not a script.
FlowScript parse_flow(std::string_view text);

/// The script as text; parse_flow(print_flow(script)) is the script again.
std::string print_flow(const FlowScript& script);

/// Does one printed line satisfy an expected one? "…" stands for any stretch within the line; "~ REGEX" for a line that
/// the ECMAScript expression matches as a whole.
bool line_matches(std::string_view expected, std::string_view actual);

/// The same for all lines; a line that is only "…" (or "! …") stands for any number of lines.
bool lines_match(const std::vector<std::string>& expected, const std::vector<std::string>& actual);

/// Runs the steps in order with `/bin/sh` in `folder`, where the program is called `openbook` and HOME is the folder
/// itself. The folder's path is printed as "DIR".
std::vector<FlowResult> run_flow(const FlowScript& script, const std::string& folder, const std::string& sources);

/// The script with the expectations that were not met replaced by what came.
FlowScript accepted(const FlowScript& script, const std::vector<FlowResult>& results);

}  // namespace openbook::e2e
