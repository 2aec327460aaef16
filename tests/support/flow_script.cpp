#include "support/flow_script.h"

#include <regex>
#include <stdexcept>
#include <utility>

#include "support/program.h"

namespace openbook::e2e {

namespace {

constexpr std::string_view kAny = "…";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool is_note(std::string_view line) {
  return line.empty() || line.starts_with("#");
}

/// A blank line and the comments below it, at the end of a step's expectation, belong to the next step. What stands
/// right under the output is output, even with a "#": Markdown has such lines.
std::vector<std::string> take_trailing_notes(std::vector<std::string>& lines) {
  std::size_t first = lines.size();
  while (first > 0 && is_note(lines[first - 1])) --first;
  while (first < lines.size() && !lines[first].empty()) ++first;
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(first);
  std::vector<std::string> notes(begin, lines.end());
  lines.erase(begin, lines.end());
  return notes;
}

std::string with_folder_named(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at + 3))
    text.replace(at, folder.size(), "DIR");
  return text;
}

bool is_any(std::string_view line) {
  return line == kAny || line == "! …";
}

bool match_from(const std::vector<std::string>& expected, std::size_t e, const std::vector<std::string>& actual,
                std::size_t a) {
  if (e == expected.size()) return a == actual.size();
  if (!is_any(expected[e]))
    return a < actual.size() && line_matches(expected[e], actual[a]) && match_from(expected, e + 1, actual, a + 1);
  const bool errors_only = expected[e] != kAny;
  for (std::size_t end = a; end <= actual.size(); ++end) {
    if (match_from(expected, e + 1, actual, end)) return true;
    if (end < actual.size() && actual[end].starts_with("! ") != errors_only) return false;
  }
  return false;
}

}  // namespace

FlowScript parse_flow(std::string_view text) {
  FlowScript script;
  std::vector<std::string> notes;
  int number = 0;
  for (std::string& line : lines_of(text)) {
    ++number;
    std::vector<FlowStep>& steps = script.steps;
    if (line.starts_with("$ ")) {
      if (!steps.empty()) notes = take_trailing_notes(steps.back().expected);
      steps.push_back({std::exchange(notes, {}), line.substr(2), {}, 0, number});
    } else if (steps.empty()) {
      if (!is_note(line)) throw std::runtime_error("line " + std::to_string(number) + ": no command above: " + line);
      notes.push_back(line);
    } else if (line.starts_with("> ") || line == ">") {
      if (!steps.back().expected.empty())
        throw std::runtime_error("line " + std::to_string(number) + ": \"> \" continues a command, not its output");
      steps.back().command += "\n" + (line.size() > 2 ? line.substr(2) : "");
    } else if (std::smatch found; std::regex_match(line, found, std::regex("exit ([0-9]+)"))) {
      steps.back().exit_code = std::stoi(found[1]);
    } else {
      steps.back().expected.push_back(line);
    }
  }
  script.after = script.steps.empty() ? notes : take_trailing_notes(script.steps.back().expected);
  return script;
}

std::string print_flow(const FlowScript& script) {
  std::string text;
  const auto put = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) text += line + "\n";
  };
  for (const FlowStep& step : script.steps) {
    put(step.before);
    const std::vector<std::string> command = lines_of(step.command);
    for (std::size_t i = 0; i < command.size(); ++i)
      text += (i == 0 ? "$ " : command[i].empty() ? ">" : "> ") + command[i] + "\n";
    put(step.expected);
    if (step.exit_code != 0) text += "exit " + std::to_string(step.exit_code) + "\n";
  }
  put(script.after);
  return text;
}

bool line_matches(std::string_view expected, std::string_view actual) {
  for (const std::string_view mark : {"! ~ ", "~ "}) {
    if (!expected.starts_with(mark)) continue;
    const std::string_view errors = mark.starts_with("!") ? "! " : "";
    if (!actual.starts_with(errors)) return false;
    const std::string line(actual.substr(errors.size()));
    return std::regex_match(line, std::regex(std::string(expected.substr(mark.size()))));
  }
  std::size_t first = expected.find(kAny);
  if (first == std::string_view::npos) return expected == actual;
  if (!actual.starts_with(expected.substr(0, first))) return false;
  actual.remove_prefix(first);
  expected.remove_prefix(first + kAny.size());
  for (std::size_t end = expected.find(kAny); end != std::string_view::npos; end = expected.find(kAny)) {
    const std::size_t at = actual.find(expected.substr(0, end));
    if (at == std::string_view::npos) return false;
    actual.remove_prefix(at + end);
    expected.remove_prefix(end + kAny.size());
  }
  return actual.ends_with(expected);
}

bool lines_match(const std::vector<std::string>& expected, const std::vector<std::string>& actual) {
  return match_from(expected, 0, actual, 0);
}

std::vector<FlowResult> run_flow(const FlowScript& script, const std::string& folder, const std::string& sources) {
  const std::string programs = program_path().parent_path().string();
  const std::string setup = "HOME='" + folder + "' PATH='" + programs + "':\"$PATH\" SOURCES='" + sources +
                            "' LC_ALL=C.UTF-8; export HOME PATH SOURCES LC_ALL\nunset XDG_DATA_HOME OPENBOOK_KB\n";
  std::vector<FlowResult> results;
  for (const FlowStep& step : script.steps) {
    const Outcome outcome = run({"/bin/sh", "-c", setup + step.command}, {.folder = folder});
    FlowResult result{lines_of(with_folder_named(outcome.out, folder)), outcome.exit_code};
    for (const std::string& line : lines_of(with_folder_named(outcome.err, folder)))
      result.lines.push_back("! " + line);
    while (!result.lines.empty() && result.lines.back().empty()) result.lines.pop_back();
    if (outcome.signal != 0) result.lines.push_back("! ended by signal " + std::to_string(outcome.signal));
    results.push_back(std::move(result));
  }
  return results;
}

FlowScript accepted(const FlowScript& script, const std::vector<FlowResult>& results) {
  FlowScript out = script;
  for (std::size_t i = 0; i < out.steps.size(); ++i) {
    out.steps[i].exit_code = results[i].exit_code;
    if (!lines_match(out.steps[i].expected, results[i].lines)) out.steps[i].expected = results[i].lines;
  }
  return out;
}

}  // namespace openbook::e2e
