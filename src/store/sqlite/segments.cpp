#include "store/sqlite/segments.h"

#include <set>

#include "base/bytes.h"
#include "store/sqlite/segment_pages.h"

namespace openbook::store {
namespace {

index::Bitmap decode_bitmap(std::string_view bytes, std::size_t size) {
  if (bytes.empty()) return {};
  ByteReader reader(bytes);
  std::vector<std::uint64_t> words;
  while (reader.remaining() >= 8) words.push_back(reader.u64());
  return index::Bitmap::from_words(std::move(words), size);
}

}  // namespace

index::Bitmap SegmentRow::live() const {
  index::Bitmap slots(info.chunk_count, true);
  if (dead.size() != 0) slots.subtract(dead);
  return slots;
}

Result<std::shared_ptr<const index::Segment>> SegmentCache::get(Database& database, std::int64_t id,
                                                                std::uint64_t byte_size) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = segments_.find(id); found != segments_.end()) return found->second;
  }
  SegmentSource source(database, id);
  OB_TRY(std::shared_ptr<const index::Segment> segment, index::Segment::open(source, byte_size));
  const std::lock_guard lock(mutex_);
  segments_[id] = segment;
  return segment;
}

void SegmentCache::keep_only(const std::vector<SegmentRow>& rows) {
  std::set<std::int64_t> ids;
  for (const SegmentRow& row : rows) ids.insert(row.id);
  const std::lock_guard lock(mutex_);
  std::erase_if(segments_, [&](const auto& entry) { return !ids.contains(entry.first); });
}

void SegmentCache::clear() {
  const std::lock_guard lock(mutex_);
  segments_.clear();
}

Result<std::vector<SegmentRow>> load_segments(Database& database, SegmentCache& cache) {
  std::vector<SegmentRow> segments;
  OB_TRY(Rows rows,
         database.query("SELECT id, history, first_chunk, chunk_count, byte_size, posting_count, length_sum, "
                        "dead FROM segment ORDER BY first_chunk, id"));
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) break;
    SegmentRow row;
    row.id = rows.integer(0);
    row.history = rows.integer(1) != 0;
    row.first_chunk = rows.number(2);
    row.info.chunk_count = rows.number(3);
    row.info.byte_size = static_cast<std::uint64_t>(rows.integer(4));
    row.info.posting_count = static_cast<std::uint64_t>(rows.integer(5));
    row.info.length_sum = static_cast<std::uint64_t>(rows.integer(6));
    row.dead = decode_bitmap(rows.bytes(7), row.info.chunk_count);
    segments.push_back(std::move(row));
  }
  for (SegmentRow& row : segments) {
    OB_TRY(row.segment, cache.get(database, row.id, row.info.byte_size));
    if (row.info.chunk_count == 0 || row.segment->chunk_count() != row.info.chunk_count)
      return fail(Code::Corrupt, "index segment " + std::to_string(row.id) + " has a wrong number of chunks");
  }
  return segments;
}

std::string encode(const index::Bitmap& bitmap) {
  ByteWriter writer;
  for (const std::uint64_t word : bitmap.words()) writer.u64(word);
  return writer.take();
}

}  // namespace openbook::store
