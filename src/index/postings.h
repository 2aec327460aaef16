#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// One term's postings in one segment, as bytes and back (docs/formats/postings.md). A slot is the number of a chunk in
/// its segment, from 0, in order of chunk id.
namespace openbook::index {

struct Posting {
  std::uint32_t slot = 0;
  std::uint8_t frequency = 1;  ///< Field weights summed.
  bool operator==(const Posting&) const = default;
};

constexpr std::uint32_t kBlockPostings = 128;
constexpr std::size_t kMaxImpacts = 4;
constexpr std::uint32_t kFewPostings = 4;    ///< Up to here a list is plain varints.
constexpr std::uint8_t kUsualFrequency = 2;  ///< Of a word that stands once in a body, by the default weights.

/// An upper bound of what a block's chunks can score, whatever k1, b and the average length are: each of them has at
/// most the frequency and at least the length of one of the block's impacts.
struct Impact {
  std::uint8_t frequency = 0;
  std::uint8_t length_code = 0;
  bool operator==(const Impact&) const = default;
};

/// Appends the list to `out`. Postings are sorted by slot, none twice, at least one; `lengths` are length codes by
/// slot.
void encode_postings(std::span<const Posting> postings, std::span<const std::uint8_t> lengths, std::string& out);

/// A decoded block. Values at [size, 128) mean nothing.
struct PostingBlock {
  std::uint32_t size = 0;
  std::array<std::uint32_t, kBlockPostings> slots;
  std::array<std::uint8_t, kBlockPostings> frequencies;
};

/// Reads what encode_postings wrote. Owns its bytes. const methods are safe concurrently.
class PostingList {
 public:
  /// `slot_count` is the segment's; a list that names other slots is Corrupt. Decodes the skip table only.
  static Result<PostingList> parse(std::string bytes, std::uint32_t posting_count, std::uint32_t slot_count);

  std::uint32_t posting_count() const { return posting_count_; }
  std::size_t block_count() const { return blocks_.size(); }
  /// The last slot of a block.
  std::uint32_t last_slot(std::size_t block) const { return blocks_[block].last_slot; }
  /// The bounds of a block. Empty for the one block of a short list: decode it, it is at hand.
  std::span<const Impact> impacts(std::size_t block) const;
  /// Fills `out`; Corrupt if the bytes contradict the skip table.
  Status decode(std::size_t block, PostingBlock& out) const;

 private:
  struct Block {
    std::uint32_t last_slot = 0;
    std::uint32_t begin = 0;  ///< In bytes_.
    std::uint32_t end = 0;
    std::uint8_t impact_count = 0;
    std::array<Impact, kMaxImpacts> impacts;
  };
  Status parse_skips(std::uint32_t slot_count);
  Status parse_short(std::uint32_t slot_count);
  Status decode_short(PostingBlock& out) const;
  Status decode_few(PostingBlock& out) const;

  std::string bytes_;  ///< With eight bytes of padding, so that bits are read as whole words.
  std::size_t size_ = 0;
  std::uint32_t posting_count_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace openbook::index
