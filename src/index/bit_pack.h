#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace openbook::index {

/// Bits that hold every value up to `largest`.
std::uint32_t bits_for(std::uint32_t largest);

/// Bytes that `count` values of `bits` bits take.
constexpr std::size_t packed_bytes(std::size_t count, std::uint32_t bits) {
  return (count * bits + 7) / 8;
}

/// Appends values of 0 to 32 bits each, the first in the lowest bits, and fills the last byte with zeros.
void pack_bits(std::span<const std::uint32_t> values, std::uint32_t bits, std::string& out);

/// Reads `out.size()` values from `bytes`, after which at least 8 more readable bytes must lie.
void unpack_bits(const char* bytes, std::uint32_t bits, std::span<std::uint32_t> out);

}  // namespace openbook::index
