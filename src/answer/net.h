#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// The small scorers behind the answerer: a linear part and one hidden layer, evaluated in plain loops.
namespace openbook::answer {

/// N inputs, H hidden units. `values` holds, in this order: mean[N], scale[N], linear[N], hidden[N][H], hidden_bias[H],
/// output[H], bias[1]. The values must outlive the view.
struct NetView {
  int inputs = 0;
  int hidden = 0;
  std::span<const float> values;

  static constexpr std::size_t size_of(int inputs, int hidden) {
    const auto n = static_cast<std::size_t>(inputs), h = static_cast<std::size_t>(hidden);
    return 3 * n + h * n + 2 * h + 1;
  }
};

/// score(x) = bias + linear·z + output·tanh(hiddenᵀ·z + hidden_bias), z = (x - mean)·scale held within ±5.
/// x.size() must be net.inputs.
float score_of(const NetView& net, std::span<const float> x);

/// The standardised input itself; z.size() = x.size() = net.inputs.
void standardise(const NetView& net, std::span<const float> x, std::span<float> z);

/// log of the softmax of scores, in place; numerically safe. Empty input is left empty.
void log_softmax(std::span<float> scores);

float log_sum_exp(std::span<const float> scores);

inline constexpr float kNoChance = -1e9f;

}  // namespace openbook::answer
