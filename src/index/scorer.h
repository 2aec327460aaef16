#pragma once

#include <array>
#include <cstdint>

#include "index/bm25.h"
#include "index/postings.h"

namespace openbook::index {

/// What is the same for every term of a query: BM25's denominator by length code and the reciprocals of frequencies.
/// The contribution of a term is w / (1 + K(length) / tf), each step of which is monotone under IEEE rounding: hence a
/// bound computed from an Impact bounds the rounded scores too, not only the exact ones.
class Scorer {
 public:
  Scorer(const Bm25& bm25, double average_length, std::uint8_t body_weight);

  /// `weight`: the term's contribution at infinite frequency, in score units.
  std::uint32_t contribution(float weight, std::uint8_t frequency, std::uint8_t length_code) const {
    return static_cast<std::uint32_t>(weight / (1.0F + norm_[length_code] * reciprocal_[frequency]) + 0.5F);
  }
  std::uint32_t contribution(float weight, Impact impact) const {
    return contribution(weight, impact.frequency, impact.length_code);
  }

 private:
  std::array<float, 256> norm_;
  std::array<float, 256> reciprocal_;
};

}  // namespace openbook::index
