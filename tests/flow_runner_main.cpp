// flow_runner [--accept] FILE.flow…: runs scripts of commands and compares what they print with what the scripts say.
// Exit codes: 0 all as expected; 1 something differs (with --accept: was rewritten); 2 wrong usage.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "support/flow_script.h"
#include "support/temp_folder.h"

using namespace openbook::e2e;

namespace {

void print_lines(const char* mark, const std::vector<std::string>& lines, int exit_code) {
  for (const std::string& line : lines) std::printf("  %s %s\n", mark, line.c_str());
  std::printf("  %s exit %d\n", mark, exit_code);
}

/// True: everything came as the script says.
bool compare(const std::string& file, const FlowScript& script, const std::vector<FlowResult>& results) {
  bool same = true;
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    const FlowStep& step = script.steps[i];
    if (step.exit_code == results[i].exit_code && lines_match(step.expected, results[i].lines)) continue;
    same = false;
    std::printf("%s:%d: $ %s\n", file.c_str(), step.line, step.command.c_str());
    print_lines("-", step.expected, step.exit_code);
    print_lines("+", results[i].lines, results[i].exit_code);
  }
  return same;
}

bool run_file(const std::string& file, bool accept) {
  const FlowScript script = parse_flow(read_file(file));
  const TempFolder folder;
  const std::vector<FlowResult> results = run_flow(script, folder.path().string(), OPENBOOK_SOURCE_DIR);
  const bool same = compare(file, script, results);
  if (!same && accept) write_file(std::filesystem::absolute(file), print_flow(accepted(script, results)));
  std::printf("%s: %s\n", file.c_str(), same ? "as expected" : accept ? "rewritten" : "differs");
  return same;
}

}  // namespace

int main(int argc, char** argv) {
  bool accept = false, same = true;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--accept")
      accept = true;
    else
      files.emplace_back(argv[i]);
  }
  if (files.empty()) {
    std::fprintf(stderr, "usage: flow_runner [--accept] FILE.flow…\n");
    return 2;
  }
  try {
    for (const std::string& file : files) same = run_file(file, accept) && same;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "flow_runner: %s\n", error.what());
    return 1;
  }
  return same ? 0 : 1;
}
