#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "answer/net.h"

/// Fits the small nets: Adam over groups of rows, one thread, same seed ⇒ same weights.
namespace openbook::answer::fit {

/// R rows of `inputs` values in groups. Listwise: each group is one question, `target` is 1 for rows that answer (or a
/// share between 0 and 1). Logistic: each row is a case of its own, target 0 or 1.
struct Rows {
  int inputs = 0;
  std::vector<float> x;                ///< [R][inputs]
  std::vector<float> target;           ///< [R]
  std::vector<float> weight;           ///< Per group.
  std::vector<std::size_t> group_end;  ///< Row index one past each group.

  std::size_t row_count() const { return target.size(); }
  void add_row(std::span<const float> features, float wanted) {
    x.insert(x.end(), features.begin(), features.end());
    target.push_back(wanted);
  }
  void end_group(float w = 1) {
    group_end.push_back(target.size());
    weight.push_back(w);
  }
};

enum class Loss { Listwise, Logistic };

struct TrainOptions {
  Loss loss = Loss::Listwise;
  int hidden = 32;
  int epochs = 30;
  int batch = 32;  ///< Groups a step.
  float rate = 3e-3f;
  float decay = 1e-3f;  ///< AdamW's weight decay, of all but biases.
  float dropout = 0;    ///< Of inputs, during fitting.
  std::uint64_t seed = 1;
  int members = 1;  ///< Nets fitted from different seeds and averaged into one wide net.
};

/// Values as NetView expects them.
struct Net {
  int inputs = 0;
  int hidden = 0;
  std::vector<float> values;
  NetView view() const { return {inputs, hidden, values}; }
};

/// Groups of weight 0 are left out; they still count for the standardising.
Net train(const Rows& rows, const TrainOptions& options);

}  // namespace openbook::answer::fit
