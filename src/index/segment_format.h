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
/// Longer lists stand outside the dictionary.
constexpr std::size_t kMaxInlineBytes = 256;

}  // namespace openbook::index
