#include "answer/fit/train.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

namespace openbook::answer::fit {
namespace {

/// Letters: N inputs, H hidden units.
struct Parameters {
  std::vector<float> linear, hidden, hidden_bias, output;
  float bias = 0;
};

constexpr std::size_t kMaxHidden = 64;

class Trainer {
 public:
  Trainer(const Rows& rows, const TrainOptions& options, std::uint64_t seed)
      : rows_(rows),
        options_(options),
        n_(static_cast<std::size_t>(rows.inputs)),
        h_(static_cast<std::size_t>(options.hidden)),
        random_(seed) {
    standardise_rows();
    const std::size_t count = NetView::size_of(rows.inputs, options.hidden) - 2 * n_;
    values_.assign(count, 0);
    gradient_.assign(count, 0);
    first_.assign(count, 0);
    second_.assign(count, 0);
    const float spread = 0.7f / std::sqrt(static_cast<float>(n_));
    for (std::size_t i = 0; i < n_ * h_; ++i) values_[n_ + i] = spread * normal();
    for (std::size_t j = 0; j < h_; ++j)
      values_[n_ + n_ * h_ + h_ + j] = 0.3f / std::sqrt(static_cast<float>(h_)) * normal();
  }

  void fit() {
    std::vector<std::size_t> groups(rows_.group_end.size());
    std::iota(groups.begin(), groups.end(), 0);
    std::erase_if(groups, [&](std::size_t g) { return rows_.weight[g] <= 0; });
    const std::size_t steps = (groups.size() + batch() - 1) / batch() * static_cast<std::size_t>(options_.epochs);
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      for (std::size_t i = groups.size(); i > 1; --i) std::swap(groups[i - 1], groups[random_() % i]);
      for (std::size_t at = 0; at < groups.size(); at += batch()) {
        const std::size_t end = std::min(groups.size(), at + batch());
        for (std::size_t i = at; i < end; ++i) add_gradient(groups[i]);
        step(static_cast<float>(end - at), 1.0f - static_cast<float>(step_) / static_cast<float>(steps));
      }
    }
  }

  Net net() const {
    Net net{rows_.inputs, options_.hidden, mean_};
    net.values.insert(net.values.end(), scale_.begin(), scale_.end());
    net.values.insert(net.values.end(), values_.begin(), values_.end());
    return net;
  }

 private:
  std::size_t batch() const { return static_cast<std::size_t>(options_.batch); }

  /// Standard library distributions differ between implementations; this sum of twelve uniforms does not.
  float normal() {
    float sum = -6;
    for (int i = 0; i < 12; ++i) sum += static_cast<float>(random_() >> 40) / static_cast<float>(1 << 24);
    return sum;
  }

  void standardise_rows() {
    mean_.assign(n_, 0);
    scale_.assign(n_, 0);
    const std::size_t r = rows_.row_count();
    std::vector<double> sum(n_, 0), square(n_, 0);
    for (std::size_t row = 0; row < r; ++row)
      for (std::size_t i = 0; i < n_; ++i) {
        const double v = rows_.x[row * n_ + i];
        sum[i] += v;
        square[i] += v * v;
      }
    for (std::size_t i = 0; i < n_; ++i) {
      const double mean = sum[i] / static_cast<double>(std::max<std::size_t>(r, 1));
      const double variance = square[i] / static_cast<double>(std::max<std::size_t>(r, 1)) - mean * mean;
      mean_[i] = static_cast<float>(mean);
      scale_[i] = variance > 1e-8 ? static_cast<float>(1 / std::sqrt(variance)) : 0.0f;
    }
    z_.resize(rows_.x.size());
    for (std::size_t row = 0; row < r; ++row)
      for (std::size_t i = 0; i < n_; ++i)
        z_[row * n_ + i] = std::clamp((rows_.x[row * n_ + i] - mean_[i]) * scale_[i], -5.0f, 5.0f);
  }

  /// With H known, the sums stay in registers: most of the time of fitting is spent here. H = 0: any width.
  template <std::size_t H>
  float forward_with(const float* z, float* activation) const {
    const std::size_t h = H == 0 ? h_ : H;
    std::array<float, H == 0 ? kMaxHidden : H> sums;
    const float* const linear = values_.data();
    const float* const hidden = linear + n_;
    const float* const hidden_bias = hidden + n_ * h;
    const float* const output = hidden_bias + h;
    std::copy(hidden_bias, hidden_bias + h, sums.begin());
    float score = output[h];
    for (std::size_t i = 0; i < n_; ++i) {
      const float value = z[i];
      if (value == 0) continue;
      score += linear[i] * value;
      const float* const row = hidden + i * h;
      for (std::size_t j = 0; j < h; ++j) sums[j] += row[j] * value;
    }
    for (std::size_t j = 0; j < h; ++j) {
      activation[j] = std::tanh(sums[j]);
      score += output[j] * activation[j];
    }
    return score;
  }

  template <std::size_t H>
  void backward_with(const float* z, const float* activation, float slope) {
    const std::size_t h = H == 0 ? h_ : H;
    std::array<float, H == 0 ? kMaxHidden : H> inner;
    float* const linear = gradient_.data();
    float* const hidden = linear + n_;
    float* const hidden_bias = hidden + n_ * h;
    float* const output = hidden_bias + h;
    const float* const weights = values_.data() + n_ + n_ * h + h;
    for (std::size_t j = 0; j < h; ++j) {
      output[j] += slope * activation[j];
      inner[j] = slope * weights[j] * (1 - activation[j] * activation[j]);
      hidden_bias[j] += inner[j];
    }
    output[h] += slope;
    for (std::size_t i = 0; i < n_; ++i) {
      const float value = z[i];
      if (value == 0) continue;
      linear[i] += slope * value;
      float* const row = hidden + i * h;
      for (std::size_t j = 0; j < h; ++j) row[j] += inner[j] * value;
    }
  }

  float forward(const float* z, float* activation) const {
    switch (h_) {
      case 8:
        return forward_with<8>(z, activation);
      case 12:
        return forward_with<12>(z, activation);
      case 32:
        return forward_with<32>(z, activation);
      default:
        return forward_with<0>(z, activation);
    }
  }

  void backward(const float* z, const float* activation, float slope) {
    switch (h_) {
      case 8:
        return backward_with<8>(z, activation, slope);
      case 12:
        return backward_with<12>(z, activation, slope);
      case 32:
        return backward_with<32>(z, activation, slope);
      default:
        return backward_with<0>(z, activation, slope);
    }
  }

  /// The group's standardised rows, with some inputs silenced for the whole group when dropout is on.
  const float* rows_of(std::size_t begin, std::size_t end) {
    if (options_.dropout <= 0) return z_.data() + begin * n_;
    dropped_.assign(z_.begin() + static_cast<std::ptrdiff_t>(begin * n_),
                    z_.begin() + static_cast<std::ptrdiff_t>(end * n_));
    const float keep = 1 - options_.dropout;
    for (std::size_t i = 0; i < n_; ++i) {
      const bool drop = static_cast<float>(random_() >> 40) / static_cast<float>(1 << 24) >= keep;
      for (std::size_t row = 0; row < end - begin; ++row)
        dropped_[row * n_ + i] = drop ? 0.0f : dropped_[row * n_ + i] / keep;
    }
    return dropped_.data();
  }

  void add_gradient(std::size_t group) {
    const std::size_t begin = group == 0 ? 0 : rows_.group_end[group - 1];
    const std::size_t count = rows_.group_end[group] - begin;
    if (count == 0) return;
    const float* const z = rows_of(begin, begin + count);
    activations_.resize(count * h_);
    scores_.resize(count);
    for (std::size_t r = 0; r < count; ++r) scores_[r] = forward(z + r * n_, activations_.data() + r * h_);
    slopes_.assign(count, 0);
    const float* const target = rows_.target.data() + begin;
    if (options_.loss == Loss::Logistic) {
      for (std::size_t r = 0; r < count; ++r) slopes_[r] = 1 / (1 + std::exp(-scores_[r])) - target[r];
    } else if (!listwise_slopes(target, count)) {
      return;
    }
    for (std::size_t r = 0; r < count; ++r)
      backward(z + r * n_, activations_.data() + r * h_, slopes_[r] * rows_.weight[group]);
  }

  /// d/ds of -log Σ target·softmax(s). False when no row of the group answers.
  bool listwise_slopes(const float* target, std::size_t count) {
    log_softmax(scores_);
    float right = 0;
    for (std::size_t r = 0; r < count; ++r) right += target[r] * std::exp(scores_[r]);
    if (right <= 0) return false;
    for (std::size_t r = 0; r < count; ++r) {
      const float p = std::exp(scores_[r]);
      slopes_[r] = p - target[r] * p / right;
    }
    return true;
  }

  void step(float groups, float fade) {
    ++step_;
    const float c1 = 1 - std::pow(0.9f, static_cast<float>(step_));
    const float c2 = 1 - std::pow(0.999f, static_cast<float>(step_));
    const float rate = options_.rate * std::max(fade, 0.02f);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const float g = gradient_[i] / groups;
      first_[i] = 0.9f * first_[i] + 0.1f * g;
      second_[i] = 0.999f * second_[i] + 0.001f * g * g;
      const bool is_bias = (i >= n_ + n_ * h_ && i < n_ + n_ * h_ + h_) || i + 1 == values_.size();
      const float decay = is_bias ? 0.0f : options_.decay * values_[i];
      values_[i] -= rate * (first_[i] / c1 / (std::sqrt(second_[i] / c2) + 1e-7f) + decay);
      gradient_[i] = 0;
    }
  }

  const Rows& rows_;
  const TrainOptions& options_;
  std::size_t n_, h_;
  std::mt19937_64 random_;
  std::vector<float> z_, mean_, scale_;
  std::vector<float> values_, gradient_, first_, second_;
  std::vector<float> activations_, scores_, slopes_, dropped_;
  std::size_t step_ = 0;
};

/// Several nets of the same inputs as one wide net that gives their mean.
Net averaged(const std::vector<Net>& nets) {
  const auto n = static_cast<std::size_t>(nets[0].inputs), h = static_cast<std::size_t>(nets[0].hidden);
  const std::size_t m = nets.size(), wide = h * m;
  Net out{nets[0].inputs, static_cast<int>(wide),
          std::vector<float>(NetView::size_of(nets[0].inputs, static_cast<int>(wide)), 0)};
  const float share = 1 / static_cast<float>(m);
  std::copy_n(nets[0].values.begin(), 2 * n, out.values.begin());
  for (std::size_t k = 0; k < m; ++k) {
    const float* const from = nets[k].values.data() + 2 * n;
    float* const to = out.values.data() + 2 * n;
    for (std::size_t i = 0; i < n; ++i) {
      to[i] += share * from[i];
      for (std::size_t j = 0; j < h; ++j) to[n + i * wide + k * h + j] = from[n + i * h + j];
    }
    for (std::size_t j = 0; j < h; ++j) {
      to[n + n * wide + k * h + j] = from[n + n * h + j];
      to[n + n * wide + wide + k * h + j] = share * from[n + n * h + h + j];
    }
    to[n + n * wide + 2 * wide] += share * from[n + n * h + 2 * h];
  }
  return out;
}

}  // namespace

Net train(const Rows& rows, const TrainOptions& options) {
  std::vector<Net> nets;
  for (int member = 0; member < std::max(options.members, 1); ++member) {
    Trainer trainer(rows, options, options.seed * 1000 + static_cast<std::uint64_t>(member));
    trainer.fit();
    nets.push_back(trainer.net());
  }
  return nets.size() == 1 ? nets[0] : averaged(nets);
}

}  // namespace openbook::answer::fit
