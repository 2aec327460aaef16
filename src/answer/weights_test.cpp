#include "answer/weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "answer/decline.h"
#include "answer/ranking.h"
#include "answer/sentence_features.h"
#include "answer/spans.h"

namespace openbook::answer {
namespace {

TEST(Weights, FitTheFeaturesThatTheyWereMadeFor) {
  for (bool chinese : {false, true}) {
    const AnswererWeights weights = weights_for(chinese);
    EXPECT_EQ(weights.sentence.inputs, kSentenceFeatureCount);
    EXPECT_EQ(weights.passage.inputs, kPassageFeatureCount);
    EXPECT_EQ(weights.span.inputs, span_feature_count());
    EXPECT_EQ(weights.decline.inputs, kSignalCount);
    for (const NetView& net : {weights.sentence, weights.passage, weights.span, weights.decline}) {
      EXPECT_EQ(net.values.size(), NetView::size_of(net.inputs, net.hidden));
      for (float value : net.values) EXPECT_TRUE(std::isfinite(value));
    }
  }
}

TEST(Weights, NameTheirIdentity) {
  EXPECT_TRUE(std::string(weights_identity()).starts_with("openbook-answerer/1 "));
}

TEST(Net, AddsItsLinearAndItsHiddenPart) {
  // One input, one hidden unit: mean 1, scale 2, linear 3, hidden 0.5, hidden bias 0.25, output 4, bias -1.
  const std::vector<float> values = {1, 2, 3, 0.5f, 0.25f, 4, -1};
  const NetView net{1, 1, values};
  const float x = 1.5f, z = (x - 1) * 2;
  EXPECT_FLOAT_EQ(score_of(net, {&x, 1}), -1 + 3 * z + 4 * std::tanh(0.5f * z + 0.25f));
}

TEST(LogSoftmax, SumsToOneEvenForLargeScores) {
  std::vector<float> scores = {1000, 1001, -1000};
  log_softmax(scores);
  EXPECT_NEAR(std::exp(scores[0]) + std::exp(scores[1]) + std::exp(scores[2]), 1, 1e-4);
}

}  // namespace
}  // namespace openbook::answer
