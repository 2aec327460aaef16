#pragma once

#include <cstdint>
#include <vector>

#include "index/segment_writer.h"
#include "index/term_table.h"
#include "index/terms.h"

namespace openbook::index {

/// Inverts the terms of a batch of documents into one segment. Holds 12 bytes a posting and the batch's vocabulary.
/// Not safe concurrently.
class SegmentBuilder {
 public:
  /// Appends a document's chunks, which get the next slots and the ids from `first_id` on (above all before).
  void add(const DocumentTerms& terms, ChunkId first_id);
  bool empty() const { return lengths_.empty(); }
  std::uint32_t chunk_count() const { return static_cast<std::uint32_t>(lengths_.size()); }
  std::size_t byte_size() const;
  /// Writes the segment and empties the builder.
  Result<SegmentInfo> write(ByteSink& sink);

 private:
  struct Entry {
    std::uint32_t term = 0;
    std::uint32_t slot = 0;
    std::uint8_t frequency = 0;
  };
  TermTable table_;
  std::vector<Entry> entries_;
  std::vector<std::uint8_t> lengths_;
  SlotMap slots_;
};

}  // namespace openbook::index
