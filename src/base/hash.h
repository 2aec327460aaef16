#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace openbook {

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits: the identity of content.
std::string sha256_hex(std::string_view bytes);

/// A fast 64-bit mix (FNV-1a with a final avalanche), for tables in memory and for sampling; not for identity.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace openbook
