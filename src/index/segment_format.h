#pragma once

#include <cstddef>
#include <cstdint>

/// Numbers of the segment format that its writer and its reader share (docs/formats/postings.md).
namespace openbook::index {

constexpr std::uint32_t kSegmentMagic = 0x6770626f;  // "obpg"
/// magic u32, format u32, footer size u64, footer hash u64, chunk count u32.
constexpr std::size_t kTrailerBytes = 28;
/// A dictionary block ends after the entry that takes it past this.
constexpr std::size_t kDictionaryBlockBytes = 2048;
constexpr std::size_t kMaxDictionaryBlockBytes = 16 * 1024;
/// A dictionary entry begins with a byte: bits 0-3 how much of the term before it shares, bits 4-6 how much follows,
/// bit 7 whether it has one posting only. A size that does not fit is the greatest, and the rest follows.
constexpr std::uint8_t kLongShared = 15;
constexpr std::uint8_t kLongSuffix = 7;
constexpr std::uint8_t kOnePosting = 128;
/// Longer lists stand outside the dictionary.
constexpr std::size_t kMaxInlineBytes = 256;

}  // namespace openbook::index
