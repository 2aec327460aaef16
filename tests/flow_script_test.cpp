#include "support/flow_script.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kScript =
    "# What it shows.\n"
    "\n"
    "$ cat > a.txt <<'END'\n"
    "> one\n"
    ">\n"
    "> END\n"
    "$ cat a.txt nothing\n"
    "one\n"
    "\n"
    "! cat: nothing: …\n"
    "exit 1\n"
    "\n"
    "# The end.\n";

TEST(FlowScript, PrintsWhatItParsed) {
  const FlowScript script = parse_flow(kScript);
  ASSERT_EQ(script.steps.size(), 2u);
  EXPECT_EQ(script.steps[0].command, "cat > a.txt <<'END'\none\n\nEND");
  EXPECT_EQ(script.steps[1].exit_code, 1);
  EXPECT_EQ(script.steps[1].line, 7);
  EXPECT_EQ(print_flow(script), kScript);
}

TEST(FlowScript, TakesAHeadingRightBelowACommandForOutput) {
  const FlowScript script = parse_flow("$ show a\n# A heading\n\n# A comment\n$ b\n");
  EXPECT_EQ(script.steps[0].expected, Lines{"# A heading"});
  EXPECT_EQ(script.steps[1].before, (Lines{"", "# A comment"}));
}

TEST(FlowScript, RefusesOutputWithoutCommand) {
  EXPECT_THROW(parse_flow("hello\n"), std::runtime_error);
}

TEST(FlowScript, RunsInItsFolderAndKeepsTheStreamsApart) {
  const TempFolder folder;
  const FlowScript script = parse_flow(kScript);
  const auto results = run_flow(script, folder.path().string(), "");
  EXPECT_EQ(read_file(folder / "a.txt"), "one\n\n");
  EXPECT_EQ(results[1].exit_code, 1);
  EXPECT_TRUE(lines_match(script.steps[1].expected, results[1].lines));
}

TEST(FlowScript, NamesTheFolderDir) {
  const TempFolder folder;
  const auto results = run_flow(parse_flow("$ pwd; echo $HOME/a\n"), folder.path().string(), "");
  EXPECT_EQ(results[0].lines, (Lines{"DIR", "DIR/a"}));
}

TEST(FlowScript, AcceptReplacesOnlyWhatDiffers) {
  const FlowScript script = parse_flow("$ a\nx…\n$ b\nold\n");
  const FlowScript now = accepted(script, {{{"x1"}, 0}, {{"new"}, 3}});
  EXPECT_EQ(print_flow(now), "$ a\nx…\n$ b\nnew\nexit 3\n");
}

struct LineCase {
  const char* expected;
  const char* actual;
  bool matches;
};

TEST(FlowLine, MatchesWholeLinesWithGaps) {
  constexpr LineCase cases[] = {
      {"one", "one", true},           {"one", "one ", false},     {"a…z", "abcz", true},
      {"a…z", "abc", false},          {"…", "anything", true},    {"a…b…c", "a1b2b3c", true},
      {"a…b…c", "a1c", false},        {"a…a", "a", false},        {"~ [0-9]+ ms", "12 ms", true},
      {"~ [0-9]+ ms", "x ms", false}, {"! ~ e.*", "! err", true}, {"! ~ e.*", "err", false},
  };
  for (const LineCase& c : cases)
    EXPECT_EQ(line_matches(c.expected, c.actual), c.matches) << c.expected << " " << c.actual;
}

TEST(FlowLine, AGapLineStandsForAnyNumberOfLines) {
  EXPECT_TRUE(lines_match({"a", "…", "z"}, {"a", "z"}));
  EXPECT_TRUE(lines_match({"a", "…", "z"}, {"a", "b", "c", "z"}));
  EXPECT_FALSE(lines_match({"a", "…", "z"}, {"a", "b"}));
  EXPECT_FALSE(lines_match({"…"}, {"a", "! error"})) << "errors are not swallowed by a gap in the output";
  EXPECT_TRUE(lines_match({"…", "! …"}, {"a", "! error"}));
  EXPECT_FALSE(lines_match({}, {"a"}));
}

}  // namespace
}  // namespace openbook::e2e
