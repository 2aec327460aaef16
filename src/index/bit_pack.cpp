#include "index/bit_pack.h"

#include <bit>
#include <cstring>

namespace openbook::index {

std::uint32_t bits_for(std::uint32_t largest) {
  return static_cast<std::uint32_t>(std::bit_width(largest));
}

void pack_bits(std::span<const std::uint32_t> values, std::uint32_t bits, std::string& out) {
  if (bits == 0) return;
  std::uint64_t pending = 0;
  std::uint32_t filled = 0;
  for (const std::uint32_t value : values) {
    pending |= std::uint64_t{value} << filled;
    filled += bits;
    for (; filled >= 8; filled -= 8, pending >>= 8) out.push_back(static_cast<char>(pending & 0xff));
  }
  if (filled > 0) out.push_back(static_cast<char>(pending & 0xff));
}

void unpack_bits(const char* bytes, std::uint32_t bits, std::span<std::uint32_t> out) {
  if (bits == 0) {
    for (std::uint32_t& value : out) value = 0;
    return;
  }
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::size_t at = 0;
  for (std::uint32_t& value : out) {
    std::uint64_t word;
    std::memcpy(&word, bytes + at / 8, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    value = static_cast<std::uint32_t>((word >> (at % 8)) & mask);
    at += bits;
  }
}

}  // namespace openbook::index
