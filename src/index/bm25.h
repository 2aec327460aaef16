#pragma once

#include <cstdint>

/// BM25 (Robertson, Zaragoza 2009, "The Probabilistic Relevance Framework"), the idf that is never negative.
namespace openbook::index {

/// Chosen when searching; the index fits any values (k1 >= 0, 0 <= b <= 1).
struct Bm25 {
  float k1 = 1.2F;
  float b = 0.75F;
};

/// ln(1 + (chunks - df + 1/2) / (df + 1/2)).
float idf(std::uint64_t document_frequency, std::uint64_t chunk_count);

/// Lengths are kept in one byte: exact below 32, then 16 steps an octave (at most 2.2 % off). Monotone.
std::uint8_t length_code(std::uint32_t length);
float length_of(std::uint8_t code);

}  // namespace openbook::index
