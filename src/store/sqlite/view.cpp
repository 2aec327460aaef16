#include "store/sqlite/view.h"

#include "index/bm25.h"

namespace openbook::store {
namespace {

void measure(LibraryView& view) {
  double total = 0;
  for (const ViewedSegment& viewed : view.segments) {
    const std::span<const std::uint8_t> lengths = viewed.segment->lengths();
    for (std::size_t slot = 0; slot < lengths.size(); ++slot) {
      if (viewed.visible && !viewed.visible->test(slot)) continue;
      total += static_cast<double>(index::length_of(lengths[slot]));
      ++view.chunk_count;
    }
  }
  if (view.chunk_count > 0) view.average_length = total / static_cast<double>(view.chunk_count);
}

/// Sets the slots of [first, first + count) in the bitmap of whichever segment holds them.
void set_slots(const LibraryView& view, std::vector<index::Bitmap>& bitmaps, index::ChunkId first,
               std::uint32_t count) {
  for (std::size_t i = 0; i < view.segments.size(); ++i) {
    const auto slots = view.segments[i].segment->slots().slots_of(first, count);
    bitmaps[i].set_range(slots.begin, slots.end);
  }
}

std::vector<index::Bitmap> empty_bitmaps(const LibraryView& view) {
  std::vector<index::Bitmap> bitmaps;
  for (const ViewedSegment& viewed : view.segments) bitmaps.emplace_back(viewed.segment->chunk_count());
  return bitmaps;
}

Status set_all(Rows rows, const LibraryView& view, std::vector<index::Bitmap>& bitmaps) {
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return {};
    set_slots(view, bitmaps, rows.number(0), rows.number(1));
  }
}

}  // namespace

Result<std::shared_ptr<const LibraryView>> newest_view(Database& database, SegmentCache& cache, std::int64_t revision) {
  OB_TRY(std::vector<SegmentRow> rows, load_segments(database, cache));
  cache.keep_only(rows);
  auto view = std::make_shared<LibraryView>();
  view->revision = revision;
  double length_sum = 0;
  for (SegmentRow& row : rows) {
    if (row.history) continue;
    ViewedSegment viewed{row.id, row.segment, std::nullopt};
    view->chunk_count += row.info.chunk_count;
    length_sum += static_cast<double>(row.info.length_sum);
    if (row.dead.size() != 0) {
      viewed.visible = row.live();
      for (std::size_t slot = 0; slot < row.info.chunk_count; ++slot) {
        if (viewed.visible->test(slot)) continue;
        length_sum -= static_cast<double>(index::length_of(row.segment->lengths()[slot]));
        --view->chunk_count;
      }
    }
    view->segments.push_back(std::move(viewed));
  }
  if (view->chunk_count > 0) view->average_length = length_sum / static_cast<double>(view->chunk_count);
  return std::shared_ptr<const LibraryView>(std::move(view));
}

Result<std::shared_ptr<const LibraryView>> past_view(Database& database, SegmentCache& cache, std::int64_t revision) {
  OB_TRY(std::vector<SegmentRow> rows, load_segments(database, cache));
  auto view = std::make_shared<LibraryView>();
  view->revision = revision;
  view->is_past = true;
  for (SegmentRow& row : rows) view->segments.push_back({row.id, row.segment, std::nullopt});
  std::vector<index::Bitmap> visible = empty_bitmaps(*view);
  OB_TRY(Rows versions, database.query("SELECT first_chunk, chunk_count FROM version WHERE from_revision <= ?1 "
                                       "AND (to_revision IS NULL OR to_revision > ?1)",
                                       revision));
  OB_RETURN_IF_ERROR(set_all(std::move(versions), *view, visible));
  for (std::size_t i = 0; i < visible.size(); ++i) view->segments[i].visible = std::move(visible[i]);
  measure(*view);
  return std::shared_ptr<const LibraryView>(std::move(view));
}

Result<std::vector<index::Bitmap>> allowed_slots(Database& database, const LibraryView& view,
                                                 const book::Filter& filter) {
  std::vector<index::Bitmap> allowed = empty_bitmaps(view);
  const std::optional<std::string> end = prefix_end(filter.uri_prefix);
  OB_TRY(Rows versions,
         database.query("SELECT v.first_chunk, v.chunk_count FROM document d JOIN version v ON v.document = d.id "
                        "WHERE d.uri >= ?1 AND (?2 OR d.uri < ?3) AND (?4 = '' OR v.language = ?4) "
                        "AND v.from_revision <= ?5 AND (v.to_revision IS NULL OR v.to_revision > ?5)",
                        filter.uri_prefix, end ? 0 : 1, end ? std::string_view(*end) : std::string_view(),
                        filter.language, view.revision));
  OB_RETURN_IF_ERROR(set_all(std::move(versions), view, allowed));
  return allowed;
}

std::optional<std::string> prefix_end(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (end.empty()) return std::nullopt;
  end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace openbook::store
