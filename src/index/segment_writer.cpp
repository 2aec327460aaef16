#include "index/segment_writer.h"

#include <algorithm>

#include "base/hash.h"
#include "index/bm25.h"
#include "index/segment_format.h"

namespace openbook::index {
namespace {

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t shared = 0;
  while (shared < limit && a[shared] == b[shared]) ++shared;
  return shared;
}

}  // namespace

SegmentWriter::SegmentWriter(ByteSink& sink, std::vector<std::uint8_t> lengths, SlotMap slots)
    : sink_(sink), lengths_(std::move(lengths)), slots_(std::move(slots)) {
  info_.chunk_count = slots_.slot_count();
  for (const std::uint8_t code : lengths_) info_.length_sum += static_cast<std::uint64_t>(length_of(code));
}

Status SegmentWriter::add(std::string_view term, std::span<const Posting> postings) {
  list_.clear();
  encode_postings(postings, lengths_, list_);
  const bool is_inline = list_.size() <= kMaxInlineBytes;
  const std::uint64_t offset = info_.byte_size;
  if (!is_inline) {
    OB_RETURN_IF_ERROR(sink_.write(list_));
    info_.byte_size += list_.size();
  }
  const bool begins_block = block_.bytes().empty();
  if (begins_block) block_first_term_ = term;
  const std::size_t shared = begins_block ? 0 : shared_prefix(last_term_, term);
  write_term(term, shared, postings.size());
  if (postings.size() > kFewPostings) block_.varint(std::uint64_t{list_.size()} << 1 | (is_inline ? 0 : 1));
  if (is_inline)
    block_.raw(list_);
  else
    block_.varint(offset);
  last_term_ = term;
  ++info_.term_count;
  info_.posting_count += postings.size();
  return block_.bytes().size() >= kDictionaryBlockBytes ? flush_block() : Status{};
}

void SegmentWriter::write_term(std::string_view term, std::size_t shared, std::size_t posting_count) {
  const std::size_t suffix = term.size() - shared;
  const std::size_t short_shared = std::min<std::size_t>(shared, kLongShared);
  const std::size_t short_suffix = std::min<std::size_t>(suffix, kLongSuffix);
  block_.u8(static_cast<std::uint8_t>(short_shared | short_suffix << 4 | (posting_count == 1 ? kOnePosting : 0)));
  if (short_shared == kLongShared) block_.varint(shared - kLongShared);
  if (short_suffix == kLongSuffix) block_.varint(suffix - kLongSuffix);
  block_.raw(term.substr(shared));
  if (posting_count != 1) block_.varint(posting_count);
}

Status SegmentWriter::flush_block() {
  if (block_.bytes().empty()) return {};
  directory_.text(block_first_term_);
  directory_.varint(info_.byte_size - block_end_);
  directory_.varint(block_.bytes().size());
  ++directory_count_;
  const std::string bytes = block_.take();
  block_ = {};
  info_.byte_size += bytes.size();
  block_end_ = info_.byte_size;
  return sink_.write(bytes);
}

Result<SegmentInfo> SegmentWriter::finish() {
  OB_RETURN_IF_ERROR(flush_block());
  ByteWriter footer;
  footer.raw({reinterpret_cast<const char*>(lengths_.data()), lengths_.size()});
  slots_.encode(footer);
  footer.varint(directory_count_);
  footer.raw(directory_.bytes());
  ByteWriter trailer;
  trailer.u32(kSegmentMagic);
  trailer.u32(kSegmentFormat);
  trailer.u64(footer.bytes().size());
  trailer.u64(hash64(footer.bytes()));
  trailer.u32(info_.chunk_count);
  OB_RETURN_IF_ERROR(sink_.write(footer.bytes()));
  OB_RETURN_IF_ERROR(sink_.write(trailer.bytes()));
  info_.byte_size += footer.bytes().size() + trailer.bytes().size();
  return info_;
}

}  // namespace openbook::index
