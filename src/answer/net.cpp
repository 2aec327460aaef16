#include "answer/net.h"

#include <algorithm>
#include <cmath>

namespace openbook::answer {

void standardise(const NetView& net, std::span<const float> x, std::span<float> z) {
  const std::size_t n = x.size();
  const float* const mean = net.values.data();
  const float* const scale = mean + n;
  for (std::size_t i = 0; i < n; ++i) z[i] = std::clamp((x[i] - mean[i]) * scale[i], -5.0f, 5.0f);
}

float score_of(const NetView& net, std::span<const float> x) {
  constexpr std::size_t kMaxInputs = 256;
  constexpr std::size_t kMaxHidden = 256;
  const std::size_t n = x.size();
  const auto h = static_cast<std::size_t>(net.hidden);
  float z[kMaxInputs];
  if (n > kMaxInputs || h > kMaxHidden || net.values.size() != NetView::size_of(net.inputs, net.hidden)) return 0;
  standardise(net, x, {z, n});
  const float* const linear = net.values.data() + 2 * n;
  const float* const hidden = linear + n;
  const float* const hidden_bias = hidden + h * n;
  const float* const output = hidden_bias + h;
  float score = output[h];
  float sums[kMaxHidden];
  std::copy(hidden_bias, hidden_bias + h, sums);
  for (std::size_t i = 0; i < n; ++i) {
    score += linear[i] * z[i];
    const float* const row = hidden + i * h;
    for (std::size_t j = 0; j < h; ++j) sums[j] += row[j] * z[i];
  }
  for (std::size_t j = 0; j < h; ++j) score += output[j] * std::tanh(sums[j]);
  return score;
}

float log_sum_exp(std::span<const float> scores) {
  if (scores.empty()) return kNoChance;
  const float top = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float score : scores) sum += std::exp(score - top);
  return top + std::log(sum);
}

void log_softmax(std::span<float> scores) {
  const float total = log_sum_exp(scores);
  for (float& score : scores) score -= total;
}

}  // namespace openbook::answer
