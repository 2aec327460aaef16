#include "answer/decline.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace openbook::answer {
namespace {

TEST(Calibrate, KeepsThePriorWithoutCases) {
  const Calibration prior{1.2f, -0.4f};
  const Calibration out = calibrate({}, prior);
  EXPECT_FLOAT_EQ(out.scale, prior.scale);
  EXPECT_FLOAT_EQ(out.bias, prior.bias);
}

TEST(Calibrate, MovesTheBorderBetweenTheLibrarysOwnQuestions) {
  // All answerable questions score above 2, all others below: the border of 0 is too low for this library.
  std::vector<CalibrationCase> cases;
  for (int i = 0; i < 60; ++i) {
    cases.push_back({2.5f + 0.02f * static_cast<float>(i), true});
    cases.push_back({1.5f - 0.02f * static_cast<float>(i), false});
  }
  const Calibration out = calibrate(cases, {});
  EXPECT_GT(out.probability(3.0f), 0.6f);
  EXPECT_LT(out.probability(1.0f), 0.4f);
  EXPECT_GT(Calibration{}.probability(1.0f), 0.6f);
}

TEST(Calibrate, IsMovedLittleByFewCases) {
  const CalibrationCase one{0.5f, false};
  const Calibration out = calibrate({&one, 1}, {});
  EXPECT_NEAR(out.bias, 0, 0.4f);
  EXPECT_NEAR(out.scale, 1, 0.2f);
}

TEST(Calibrate, IgnoresScoresThatAreNoNumbers) {
  const CalibrationCase cases[] = {{std::numeric_limits<float>::quiet_NaN(), true},
                                   {std::numeric_limits<float>::infinity(), false}};
  const Calibration out = calibrate(cases, {});
  EXPECT_FLOAT_EQ(out.scale, 1);
  EXPECT_FLOAT_EQ(out.bias, 0);
}

TEST(DeclineSignals, AreZeroWithoutSentences) {
  for (float signal : decline_signals({}, {}, 10)) EXPECT_EQ(signal, 0);
}

}  // namespace
}  // namespace openbook::answer
