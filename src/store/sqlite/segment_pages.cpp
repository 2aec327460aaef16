#include "store/sqlite/segment_pages.h"

#include <algorithm>

#include "store/sqlite/schema.h"

namespace openbook::store {

Status SegmentSource::read(std::uint64_t offset, std::size_t size, std::string& out) {
  while (size > 0) {
    const auto page = static_cast<std::int64_t>(offset / kSegmentPageBytes);
    const std::size_t begin = offset % kSegmentPageBytes;
    const std::size_t count = std::min(size, kSegmentPageBytes - begin);
    OB_TRY(Rows rows,
           database_->query("SELECT bytes FROM segment_page WHERE id=?", segment_ << kSegmentPageBits | page));
    OB_TRY(const bool found, rows.next());
    const std::string_view bytes = found ? rows.bytes(0) : std::string_view();
    if (bytes.size() < begin + count)
      return fail(Code::Corrupt, "page " + std::to_string(page) + " of index segment " + std::to_string(segment_) +
                                     " is missing or short");
    out.append(bytes.substr(begin, count));
    offset += count;
    size -= count;
  }
  return {};
}

Status SegmentSink::write(std::string_view bytes) {
  pending_.append(bytes);
  std::size_t at = 0;
  for (; pending_.size() - at >= kSegmentPageBytes; at += kSegmentPageBytes)
    OB_RETURN_IF_ERROR(write_page(std::string_view(pending_).substr(at, kSegmentPageBytes)));
  pending_.erase(0, at);
  return {};
}

Status SegmentSink::finish() {
  if (pending_.empty()) return {};
  const std::string last = std::move(pending_);
  pending_.clear();
  return write_page(last);
}

Status SegmentSink::write_page(std::string_view bytes) {
  if (next_page_ >> kSegmentPageBits != 0) return fail(Code::OverLimit, "an index segment is larger than 128 GiB");
  return database_->execute("INSERT INTO segment_page VALUES(?, ?)", segment_ << kSegmentPageBits | next_page_++,
                            Bytes{bytes});
}

}  // namespace openbook::store
