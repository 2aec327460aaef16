#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "index/segment.h"

namespace openbook::index {

/// Writes one segment, term after term. Not safe concurrently.
class SegmentWriter {
 public:
  /// `lengths` are the length codes of all chunks, by slot. The sink must outlive the writer.
  SegmentWriter(ByteSink& sink, std::vector<std::uint8_t> lengths, SlotMap slots);
  /// Terms in ascending byte order, none twice; at least one posting, sorted by slot.
  Status add(std::string_view term, std::span<const Posting> postings);
  /// Ends the segment; the writer is spent.
  Result<SegmentInfo> finish();

 private:
  void write_term(std::string_view term, std::size_t shared, std::size_t posting_count);
  Status flush_block();

  ByteSink& sink_;
  std::vector<std::uint8_t> lengths_;
  SlotMap slots_;
  SegmentInfo info_;
  std::string list_;
  ByteWriter block_;
  std::string block_first_term_;
  std::string last_term_;
  ByteWriter directory_;
  std::uint64_t directory_count_ = 0;
  std::uint64_t block_end_ = 0;  ///< Of the last block written.
};

}  // namespace openbook::index
