#include "store/sqlite/snapshot.h"

#include <limits>

#include "index/vocabulary.h"
#include "store/sqlite/schema.h"

namespace openbook::store {

Result<std::unique_ptr<Snapshot>> SqliteSnapshot::open(std::shared_ptr<Connections> connections,
                                                       std::optional<Millis> as_of) {
  OB_TRY(Database database, connections->take());
  std::unique_ptr<SqliteSnapshot> snapshot(new SqliteSnapshot(std::move(connections), std::move(database)));
  OB_RETURN_IF_ERROR(snapshot->begin(as_of));
  return std::unique_ptr<Snapshot>(std::move(snapshot));
}

SqliteSnapshot::SqliteSnapshot(std::shared_ptr<Connections> connections, Database database)
    : connections_(std::move(connections)), database_(std::move(database)) {}

SqliteSnapshot::~SqliteSnapshot() {
  if (database_.in_transaction() && !database_.run("COMMIT")) return;  // A connection in doubt is closed.
  connections_->give(std::move(database_));
}

Status SqliteSnapshot::begin(std::optional<Millis> as_of) {
  OB_RETURN_IF_ERROR(database_.execute("BEGIN"));
  OB_TRY(const std::int64_t newest, meta_integer(database_, "revision"));
  std::int64_t revision = newest;
  if (as_of) {
    OB_TRY(revision, database_.integer(0, "SELECT max(number) FROM revision WHERE made_at <= ?", *as_of));
  }
  if (revision != newest) {
    OB_TRY(view_, past_view(database_, connections_->segments(), revision));
  } else if (view_ = connections_->view(); view_ == nullptr || view_->revision != newest) {
    OB_TRY(view_, newest_view(database_, connections_->segments(), newest));
    connections_->set_view(view_);
  }
  for (const ViewedSegment& viewed : view_->segments) sources_.emplace_back(database_, viewed.id);
  return {};
}

std::vector<index::SearchSegment> SqliteSnapshot::search_segments(const std::vector<index::Bitmap>& allowed) {
  std::vector<index::SearchSegment> segments;
  for (std::size_t i = 0; i < view_->segments.size(); ++i) {
    const ViewedSegment& viewed = view_->segments[i];
    segments.push_back({viewed.segment.get(), &sources_[i], viewed.visible ? &*viewed.visible : nullptr,
                        allowed.empty() ? nullptr : &allowed[i]});
  }
  return segments;
}

Result<std::vector<book::Candidate>> SqliteSnapshot::search(std::span<const book::QueryTerm> terms,
                                                            const book::Filter& filter, const SearchOptions& options) {
  std::vector<index::Bitmap> allowed;
  if (!filter.language.empty() || !filter.uri_prefix.empty()) {
    OB_TRY(allowed, allowed_slots(database_, *view_, filter));
  }
  std::vector<index::SearchTerm> wanted;
  for (const book::QueryTerm& term : terms) wanted.push_back({term.term, term.weight});
  index::SearchParameters parameters;
  parameters.bm25 = options.bm25;
  parameters.limit = options.limit;
  parameters.body_weight = connections_->options().weights.body;
  OB_TRY(const std::vector<index::Hit> hits,
         index::search(wanted, search_segments(allowed), {view_->chunk_count, view_->average_length}, parameters));
  std::vector<book::Candidate> candidates;
  for (const index::Hit& hit : hits) {
    constexpr float kUnseen = std::numeric_limits<float>::quiet_NaN();
    candidates.push_back({hit.chunk, hit.score, {hit.score, kUnseen, kUnseen}});
  }
  return candidates;
}

Result<std::uint64_t> SqliteSnapshot::document_frequency(std::string_view term) {
  return index::document_frequency(term, search_segments({}));
}

Status SqliteSnapshot::visit_vocabulary(std::string_view prefix,
                                        const std::function<bool(std::string_view, std::uint64_t)>& visit) {
  return index::visit_terms(prefix, search_segments({}), visit);
}

}  // namespace openbook::store
