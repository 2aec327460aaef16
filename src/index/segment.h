#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/bitmap.h"
#include "index/pages.h"
#include "index/postings.h"
#include "index/slot_map.h"

/// A segment: the postings of some chunks, written once and never changed (docs/formats/postings.md). What dies in it
/// is told by a bitmap beside it; a merge leaves it out.
namespace openbook::index {

constexpr std::uint32_t kSegmentFormat = 1;

/// What the store keeps beside a segment's bytes.
struct SegmentInfo {
  std::uint64_t byte_size = 0;
  std::uint64_t posting_count = 0;
  std::uint64_t length_sum = 0;  ///< Of length_of() all chunks.
  std::uint64_t term_count = 0;
  std::uint32_t chunk_count = 0;
};

/// One term as the dictionary has it.
struct DictionaryEntry {
  std::uint32_t posting_count = 0;
  bool is_inline = true;
  std::string_view data;     ///< The list's bytes if inline.
  std::uint64_t offset = 0;  ///< Where they lie if not.
  std::uint64_t size = 0;
};

/// The part of a segment that is held in memory: lengths, chunk table, directory of dictionary blocks (about 1.5 bytes
/// a chunk and 20 a dictionary block). The postings are read through a ByteSource when asked for, so that threads with
/// a source each share one Segment: const methods are safe concurrently.
class Segment {
 public:
  /// Reads the segment's end. Corrupt; Unsupported for another format number.
  static Result<std::shared_ptr<const Segment>> open(ByteSource& bytes, std::uint64_t byte_size);

  std::uint32_t chunk_count() const { return slots_.slot_count(); }
  std::span<const std::uint8_t> lengths() const { return lengths_; }  ///< Length codes by slot.
  const SlotMap& slots() const { return slots_; }

  /// The term's postings, or nullopt.
  Result<std::optional<PostingList>> find(std::string_view term, ByteSource& bytes) const;
  /// Reads the list of an entry.
  Result<PostingList> list_of(const DictionaryEntry& entry, ByteSource& bytes) const;

  std::size_t block_count() const { return blocks_.size(); }

 private:
  friend class TermIterator;
  struct DictionaryBlock {
    std::uint32_t term_begin = 0;  ///< Its first term, in directory_.
    std::uint32_t term_size = 0;
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };
  std::string_view first_term(const DictionaryBlock& block) const {
    return std::string_view(directory_).substr(block.term_begin, block.term_size);
  }
  /// The last block whose first term is not above `term`; nullopt if there is none.
  std::optional<std::size_t> block_for(std::string_view term) const;
  Status parse(std::string_view footer, std::uint32_t chunk_count);
  Status parse_directory(ByteReader& reader);

  std::vector<std::uint8_t> lengths_;
  SlotMap slots_;
  std::string directory_;
  std::vector<DictionaryBlock> blocks_;
  std::uint64_t data_size_ = 0;
};

/// Walks a segment's dictionary in byte order of the terms. Views are valid until the next call.
class TermIterator {
 public:
  /// Begins at the first term that is not below `from`. Both must outlive the iterator.
  TermIterator(const Segment& segment, ByteSource& bytes, std::string_view from = {});
  /// Moves to the first or next term; false at the end.
  Result<bool> next();
  std::string_view term() const { return term_; }
  const DictionaryEntry& entry() const { return entry_; }

 private:
  Result<bool> load_block();
  Status parse_entry();

  const Segment& segment_;
  ByteSource& bytes_;
  std::string from_;
  std::size_t next_block_ = 0;
  std::string block_;
  std::string_view rest_;
  std::string term_;
  DictionaryEntry entry_;
};

/// Counts the postings of a list whose slot is in `visible`.
Result<std::uint32_t> count_visible(const PostingList& list, const Bitmap& visible);

}  // namespace openbook::index
