#include "index/bm25.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace openbook::index {
namespace {

constexpr std::uint32_t kExact = 32;  // Codes below this are the length itself.
constexpr double kStepsAnOctave = 16.0;

using Lengths = std::array<float, 256>;

Lengths make_lengths() {
  Lengths lengths{};
  for (std::uint32_t code = 0; code < 256; ++code) {
    lengths[code] = code < kExact
                        ? static_cast<float>(code)
                        : static_cast<float>(std::lround(kExact * std::exp2((code - kExact) / kStepsAnOctave)));
  }
  return lengths;
}

const Lengths& lengths() {
  static const Lengths table = make_lengths();
  return table;
}

}  // namespace

float idf(std::uint64_t document_frequency, std::uint64_t chunk_count) {
  const double df = static_cast<double>(std::min(document_frequency, chunk_count));
  return static_cast<float>(std::log1p((static_cast<double>(chunk_count) - df + 0.5) / (df + 0.5)));
}

std::uint8_t length_code(std::uint32_t length) {
  if (length < kExact) return static_cast<std::uint8_t>(length);
  const Lengths& table = lengths();
  const auto above = std::upper_bound(table.begin(), table.end(), static_cast<float>(length));
  const auto below = above - 1;
  const bool nearer_above =
      above != table.end() && *above - static_cast<float>(length) < static_cast<float>(length) - *below;
  return static_cast<std::uint8_t>((nearer_above ? above : below) - table.begin());
}

float length_of(std::uint8_t code) {
  return lengths()[code];
}

}  // namespace openbook::index
