#include "store/sqlite/segment_set.h"

#include <algorithm>

#include "index/segment_merge.h"
#include "store/sqlite/merge_policy.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/segment_pages.h"

namespace openbook::store {

Result<SegmentSet> SegmentSet::load(Database& database, SegmentCache& cache) {
  SegmentSet set(database, cache);
  OB_TRY(set.rows_, load_segments(database, cache));
  cache.keep_only(set.rows_);
  return set;
}

Status SegmentSet::add(index::SegmentBuilder& builder) {
  return insert(false, [&](index::ByteSink& sink) { return builder.write(sink); });
}

Status SegmentSet::insert(bool history, const std::function<Result<index::SegmentInfo>(index::ByteSink&)>& write) {
  OB_RETURN_IF_ERROR(
      database_->execute("INSERT INTO segment(history, first_chunk, chunk_count, byte_size, "
                         "posting_count, length_sum, dead) VALUES(?, 0, 0, 0, 0, 0, x'')",
                         history ? 1 : 0));
  SegmentRow row;
  row.id = database_->last_row_id();
  row.history = history;
  SegmentSink sink(*database_, row.id);
  OB_TRY(row.info, write(sink));
  OB_RETURN_IF_ERROR(sink.finish());
  if (row.info.chunk_count == 0) return drop(row.id);
  OB_TRY(row.segment, cache_->get(*database_, row.id, row.info.byte_size));
  row.first_chunk = row.segment->slots().id_of(0);
  OB_RETURN_IF_ERROR(database_->execute(
      "UPDATE segment SET first_chunk=?, chunk_count=?, byte_size=?, "
      "posting_count=?, length_sum=? WHERE id=?",
      row.first_chunk, row.info.chunk_count, row.info.byte_size, row.info.posting_count, row.info.length_sum, row.id));
  rows_.push_back(std::move(row));
  sort();
  return {};
}

void SegmentSet::sort() {
  std::sort(rows_.begin(), rows_.end(), [](const SegmentRow& a, const SegmentRow& b) {
    return a.first_chunk != b.first_chunk ? a.first_chunk < b.first_chunk : a.id < b.id;
  });
}

Status SegmentSet::drop(std::int64_t id) {
  OB_RETURN_IF_ERROR(database_->execute("DELETE FROM segment WHERE id=?", id));
  return database_->execute("DELETE FROM segment_page WHERE id >= ? AND id < ?", id << kSegmentPageBits,
                            (id + 1) << kSegmentPageBits);
}

void SegmentSet::hide(index::ChunkId first, std::uint32_t count) {
  for (SegmentRow& row : rows_) {
    if (row.history) continue;
    const auto slots = row.segment->slots().slots_of(first, count);
    if (slots.begin == slots.end) continue;
    if (row.dead.size() == 0) row.dead = index::Bitmap(row.info.chunk_count);
    row.dead.set_range(slots.begin, slots.end);
    changed_.push_back(row.id);
  }
}

Status SegmentSet::save() {
  for (const SegmentRow& row : rows_)
    if (std::find(changed_.begin(), changed_.end(), row.id) != changed_.end())
      OB_RETURN_IF_ERROR(database_->execute("UPDATE segment SET dead=? WHERE id=?", Bytes{encode(row.dead)}, row.id));
  changed_.clear();
  return {};
}

Status SegmentSet::tidy(std::uint64_t budget) {
  OB_RETURN_IF_ERROR(tidy_part(false, budget));
  return tidy_part(true, budget);
}

Status SegmentSet::tidy_part(bool history, std::uint64_t budget) {
  while (true) {
    std::vector<std::size_t> places;
    std::vector<SegmentSize> sizes;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].history != history) continue;
      places.push_back(i);
      sizes.push_back({rows_[i].info.chunk_count, rows_[i].dead_count()});
    }
    const std::optional<MergeRange> range = next_merge(sizes, budget);
    if (!range) return {};
    OB_RETURN_IF_ERROR(rewrite({places.begin() + static_cast<std::ptrdiff_t>(range->begin),
                                places.begin() + static_cast<std::ptrdiff_t>(range->end)},
                               nullptr));
  }
}

Status SegmentSet::rewrite(const std::vector<std::size_t>& rows, const Keep* erased) {
  Keep live;
  Keep past;
  bool any_past = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SegmentRow& row = rows_[rows[i]];
    OB_TRY(index::Bitmap ended, remembered(row));
    live.push_back(row.history ? index::Bitmap(row.info.chunk_count) : row.live());
    if (erased != nullptr) {
      live[i].subtract((*erased)[i]);
      ended.subtract((*erased)[i]);
    }
    any_past |= ended.count() > 0;
    past.push_back(std::move(ended));
  }
  std::vector<std::int64_t> old;
  for (const std::size_t at : rows) old.push_back(rows_[at].id);
  // insert() sorts rows_, so the inputs are found by id.
  std::vector<SegmentRow> inputs;
  for (const std::size_t at : rows) inputs.push_back(rows_[at]);
  std::erase_if(rows_, [&](const SegmentRow& row) { return std::find(old.begin(), old.end(), row.id) != old.end(); });
  const auto write = [&](Keep keep, bool history) -> Status {
    std::vector<SegmentSource> sources;
    for (const SegmentRow& row : inputs) sources.emplace_back(*database_, row.id);
    std::vector<index::MergeInput> merged;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      merged.push_back({inputs[i].segment.get(), &sources[i], std::move(keep[i])});
    return insert(history, [&](index::ByteSink& sink) { return index::merge(merged, sink); });
  };
  OB_RETURN_IF_ERROR(write(std::move(live), false));
  if (any_past) OB_RETURN_IF_ERROR(write(std::move(past), true));
  for (const std::int64_t id : old) OB_RETURN_IF_ERROR(drop(id));
  return {};
}

/// The dead slots of a segment that an ended version still names; what no version names (text that was indexed anew)
/// is nobody's.
Result<index::Bitmap> SegmentSet::remembered(const SegmentRow& row) {
  index::Bitmap slots(row.info.chunk_count);
  if (!row.history && row.dead.size() == 0) return slots;
  const index::ChunkId last = row.segment->slots().id_of(row.info.chunk_count - 1);
  OB_TRY(Rows versions,
         database_->query("SELECT first_chunk, chunk_count FROM version WHERE first_chunk BETWEEN ? AND ? "
                          "AND chunk_count > 0 AND to_revision IS NOT NULL",
                          row.first_chunk, last));
  while (true) {
    OB_TRY(const bool found, versions.next());
    if (!found) break;
    const auto range = row.segment->slots().slots_of(versions.number(0), versions.number(1));
    slots.set_range(range.begin, range.end);
  }
  if (!row.history) slots.intersect(row.dead);
  return slots;
}

Status SegmentSet::erase(const std::vector<std::pair<index::ChunkId, std::uint32_t>>& ranges) {
  // Each on its own: rewriting replaces rows, so the affected ones are named by id first.
  std::vector<std::int64_t> affected;
  const auto erased_of = [&](const SegmentRow& row) {
    index::Bitmap slots(row.info.chunk_count);
    for (const auto& [first, count] : ranges) {
      const auto range = row.segment->slots().slots_of(first, count);
      slots.set_range(range.begin, range.end);
    }
    return slots;
  };
  for (const SegmentRow& row : rows_)
    if (erased_of(row).count() > 0) affected.push_back(row.id);
  for (const std::int64_t id : affected) {
    const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const SegmentRow& row) { return row.id == id; });
    const Keep erased{erased_of(*at)};
    OB_RETURN_IF_ERROR(rewrite({static_cast<std::size_t>(at - rows_.begin())}, &erased));
  }
  return {};
}

}  // namespace openbook::store
