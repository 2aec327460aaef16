#include "base/subprocess.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "base/clock.h"

namespace openbook {
namespace {

Command shell(const std::string& script) {
  Command command;
  command.argv = {"/bin/sh", "-c", script};
  return command;
}

TEST(Subprocess, GivesInputAndGetsBothOutputsAndTheExitCode) {
  Command command = shell("cat; echo wrong >&2; exit 3");
  const std::string input(300'000, 'x');
  command.input = input;
  const auto finished = run(command);
  ASSERT_TRUE(finished) << finished.error().text();
  EXPECT_EQ(finished->output, input);
  EXPECT_EQ(finished->error_output, "wrong\n");
  EXPECT_EQ(finished->exit_code, 3);
  EXPECT_FALSE(finished->ok());
}

TEST(Subprocess, FindsProgramsByNameAndAddsToTheEnvironment) {
  Command command;
  command.argv = {"env"};
  command.environment = {"OPENBOOK_TEST_VALUE=one two"};
  const auto finished = run(command);
  ASSERT_TRUE(finished) << finished.error().text();
  EXPECT_NE(finished->output.find("OPENBOOK_TEST_VALUE=one two\n"), std::string::npos);
  command.argv = {"no-such-program-here"};
  EXPECT_EQ(run(command).error().code, Code::NotFound);
}

TEST(Subprocess, IsKilledWithItsChildrenWhenTimeIsOver) {
  Command command = shell("sleep 30 & sleep 30");
  command.timeout = std::chrono::milliseconds(100);
  const Stopwatch watch;
  const auto finished = run(command);
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, Code::OverLimit);
  EXPECT_LT(watch.millis(), 5'000);
}

TEST(Subprocess, DoesNotWaitForWhatItLeavesRunning) {
  const Stopwatch watch;
  const auto finished = run(shell("sleep 30 & echo done"));
  ASSERT_TRUE(finished) << finished.error().text();
  EXPECT_EQ(finished->output, "done\n");
  EXPECT_LT(watch.millis(), 5'000);
}

TEST(Subprocess, IsStoppedByTheCallersToken) {
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  const Stopwatch watch;
  EXPECT_EQ(run(shell("sleep 30"), source.get_token()).error().code, Code::Cancelled);
  EXPECT_LT(watch.millis(), 5'000);
}

TEST(Subprocess, MayNotFloodUs) {
  Command command = shell("cat /dev/zero");
  command.max_output_bytes = 1'000'000;
  EXPECT_EQ(run(command).error().code, Code::OverLimit);
  command = shell("head -c 1000000 /dev/zero >&2");
  command.max_error_bytes = 100;
  const auto finished = run(command);
  ASSERT_TRUE(finished) << finished.error().text();
  EXPECT_EQ(finished->error_output.size(), 100U);
}

TEST(Subprocess, TellsTheSignalThatEndedIt) {
  const auto finished = run(shell("kill -TERM $$"));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->signal, SIGTERM);
  EXPECT_EQ(finished->exit_code, -1);
}

}  // namespace
}  // namespace openbook
