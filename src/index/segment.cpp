#include "index/segment.h"

#include <algorithm>

#include "base/hash.h"
#include "index/segment_format.h"

namespace openbook::index {
namespace {

Status damaged(const char* what) {
  return fail(Code::Corrupt, std::string("the index is damaged: ") + what);
}

/// Bytes of a list of so few postings that its size is not written down.
std::size_t few_size(ByteReader reader, std::uint64_t posting_count) {
  const std::size_t before = reader.remaining();
  for (; posting_count > 0; --posting_count)
    if ((reader.varint() & 1) != 0) reader.u8();
  return before - reader.remaining();
}

}  // namespace

Result<std::shared_ptr<const Segment>> Segment::open(ByteSource& bytes, std::uint64_t byte_size) {
  if (byte_size < kTrailerBytes) return fail(Code::Corrupt, "a segment of " + std::to_string(byte_size) + " bytes");
  std::string trailer;
  OB_RETURN_IF_ERROR(bytes.read(byte_size - kTrailerBytes, kTrailerBytes, trailer));
  ByteReader reader(trailer);
  const std::uint32_t magic = reader.u32();
  const std::uint32_t format = reader.u32();
  const std::uint64_t footer_size = reader.u64();
  const std::uint64_t footer_hash = reader.u64();
  const std::uint32_t chunk_count = reader.u32();
  if (magic != kSegmentMagic) return fail(Code::Corrupt, "a segment of the index does not end as one");
  if (format != kSegmentFormat)
    return fail(Code::Unsupported, "postings format " + std::to_string(format) + ", this program reads " +
                                       std::to_string(kSegmentFormat) + "; use a newer openbook");
  if (footer_size > byte_size - kTrailerBytes || chunk_count > footer_size)
    return fail(Code::Corrupt, "a segment's footer is damaged");
  std::string footer;
  OB_RETURN_IF_ERROR(bytes.read(byte_size - kTrailerBytes - footer_size, footer_size, footer));
  if (hash64(footer) != footer_hash) return fail(Code::Corrupt, "a segment's footer fails its checksum");
  auto segment = std::make_shared<Segment>();
  segment->data_size_ = byte_size - kTrailerBytes - footer_size;
  OB_RETURN_IF_ERROR(segment->parse(footer, chunk_count));
  return std::shared_ptr<const Segment>(std::move(segment));
}

Status Segment::parse(std::string_view footer, std::uint32_t chunk_count) {
  ByteReader reader(footer);
  const std::string_view lengths = reader.raw(chunk_count);
  lengths_.assign(lengths.begin(), lengths.end());
  OB_TRY(slots_, SlotMap::decode(reader, chunk_count));
  return parse_directory(reader);
}

Status Segment::parse_directory(ByteReader& reader) {
  const std::uint64_t block_count = reader.varint();
  if (block_count > reader.remaining()) return damaged("its directory is too short");
  blocks_.reserve(block_count);
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < block_count && !reader.failed(); ++i) {
    const std::string_view term = reader.text();
    DictionaryBlock block{static_cast<std::uint32_t>(directory_.size()), static_cast<std::uint32_t>(term.size()), 0, 0};
    block.offset = next + reader.varint();
    const std::uint64_t size = reader.varint();
    if (block.offset > data_size_ || size > data_size_ - block.offset || size > kMaxDictionaryBlockBytes)
      return damaged("a dictionary block lies outside");
    block.size = static_cast<std::uint32_t>(size);
    next = block.offset + block.size;
    if (!blocks_.empty() && term <= first_term(blocks_.back())) return damaged("its directory is out of order");
    directory_.append(term);
    blocks_.push_back(block);
  }
  if (reader.failed() || reader.remaining() != 0) return damaged("its directory has a wrong size");
  return {};
}

std::optional<std::size_t> Segment::block_for(std::string_view term) const {
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), term,
                       [&](std::string_view value, const DictionaryBlock& block) { return value < first_term(block); });
  if (after == blocks_.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - blocks_.begin()) - 1;
}

Result<std::optional<PostingList>> Segment::find(std::string_view term, ByteSource& bytes) const {
  TermIterator iterator(*this, bytes, term);
  OB_TRY(const bool found, iterator.next());
  if (!found || iterator.term() != term) return std::optional<PostingList>();
  OB_TRY(PostingList list, list_of(iterator.entry(), bytes));
  return std::optional<PostingList>(std::move(list));
}

Result<PostingList> Segment::list_of(const DictionaryEntry& entry, ByteSource& bytes) const {
  std::string data;
  if (entry.is_inline) {
    data.reserve(entry.data.size() + 16);
    data = entry.data;
  } else {
    if (entry.offset > data_size_ || entry.size > data_size_ - entry.offset)
      return fail(Code::Corrupt, "the index is damaged: a posting list lies outside");
    data.reserve(entry.size + 16);
    OB_RETURN_IF_ERROR(bytes.read(entry.offset, entry.size, data));
  }
  return PostingList::parse(std::move(data), entry.posting_count, chunk_count());
}

TermIterator::TermIterator(const Segment& segment, ByteSource& bytes, std::string_view from)
    : segment_(segment), bytes_(bytes), from_(from) {
  next_block_ = segment.block_for(from).value_or(0);
}

Result<bool> TermIterator::next() {
  while (true) {
    if (rest_.empty()) {
      OB_TRY(const bool loaded, load_block());
      if (!loaded) return false;
    }
    OB_RETURN_IF_ERROR(parse_entry());
    if (from_.empty()) return true;
    if (term_ >= from_) {
      from_.clear();
      return true;
    }
  }
}

Result<bool> TermIterator::load_block() {
  if (next_block_ >= segment_.blocks_.size()) return false;
  const Segment::DictionaryBlock& block = segment_.blocks_[next_block_++];
  block_.clear();
  OB_RETURN_IF_ERROR(bytes_.read(block.offset, block.size, block_));
  rest_ = block_;
  term_.clear();
  if (rest_.empty()) return fail(Code::Corrupt, "the index is damaged: an empty dictionary block");
  return true;
}

Status TermIterator::parse_entry() {
  ByteReader reader(rest_);
  const std::uint8_t head = reader.u8();
  std::uint64_t shared = head & kLongShared;
  if (shared == kLongShared) shared += reader.varint();
  std::uint64_t suffix_size = (head >> 4) & kLongSuffix;
  if (suffix_size == kLongSuffix) suffix_size += reader.varint();
  const std::string_view suffix = reader.raw(suffix_size);
  if (reader.failed() || shared > term_.size()) return damaged("a dictionary entry");
  term_.resize(shared);
  term_.append(suffix);
  const std::uint64_t posting_count = (head & kOnePosting) != 0 ? 1 : reader.varint();
  if (posting_count == 0 || posting_count > segment_.chunk_count()) return damaged("a dictionary entry");
  entry_ = {};
  entry_.posting_count = static_cast<std::uint32_t>(posting_count);
  if (posting_count <= kFewPostings) {
    entry_.size = few_size(reader, posting_count);
  } else {
    const std::uint64_t size_and_place = reader.varint();
    entry_.size = size_and_place >> 1;
    entry_.is_inline = (size_and_place & 1) == 0;
  }
  if (entry_.is_inline)
    entry_.data = reader.raw(entry_.size);
  else
    entry_.offset = reader.varint();
  if (reader.failed()) return damaged("a dictionary entry");
  rest_ = rest_.substr(rest_.size() - reader.remaining());
  return {};
}

Result<std::uint32_t> count_visible(const PostingList& list, const Bitmap& visible) {
  std::uint32_t count = 0;
  PostingBlock block;
  for (std::size_t number = 0; number < list.block_count(); ++number) {
    OB_RETURN_IF_ERROR(list.decode(number, block));
    for (std::uint32_t i = 0; i < block.size; ++i) count += visible.test(block.slots[i]) ? 1 : 0;
  }
  return count;
}

}  // namespace openbook::index
