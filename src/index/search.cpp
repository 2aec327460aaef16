#include "index/search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "index/list_cursor.h"
#include "index/terms.h"
#include "index/top_hits.h"

namespace openbook::index {
namespace {

constexpr std::uint32_t kWindow = 4096;  // Slots scored together: their sums fill 16 KiB, half of a level-1 cache.
constexpr std::uint32_t kCountedPostings = 65'536;
constexpr double kLargestScore = 536'870'912;  // 2^29: sums and bounds of all terms stay below 2^31.

struct QueryList {
  std::size_t segment = 0;
  PostingList list;
};

/// A term with its lists, one for each segment that holds it.
struct LoadedTerm {
  std::vector<QueryList> lists;
  double weight = 0;  ///< Of the query, then times idf and (k1 + 1): the greatest contribution.
};

std::map<std::string_view, double> distinct(std::span<const SearchTerm> terms) {
  std::map<std::string_view, double> weights;
  for (const SearchTerm& term : terms)
    if (term.weight > 0 && std::isfinite(term.weight)) weights[clamp_term(term.term)] += term.weight;
  return weights;
}

Result<std::vector<LoadedTerm>> load(std::span<const SearchTerm> terms, std::span<const SearchSegment> segments,
                                     const CollectionStatistics& statistics, const Bm25& bm25) {
  std::vector<LoadedTerm> loaded;
  for (const auto& [term, weight] : distinct(terms)) {
    LoadedTerm entry;
    std::uint64_t frequency = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      OB_TRY(std::optional<PostingList> list, segments[i].segment->find(term, *segments[i].bytes));
      if (!list) continue;
      OB_TRY(const std::uint64_t count, visible_count(*list, segments[i]));
      frequency += count;
      if (count > 0) entry.lists.push_back({i, std::move(*list)});
    }
    if (frequency == 0) continue;
    entry.weight = weight * static_cast<double>(idf(frequency, statistics.chunk_count)) * (bm25.k1 + 1.0);
    loaded.push_back(std::move(entry));
  }
  return loaded;
}

/// Searches one segment, window by window.
class SegmentSearch {
 public:
  SegmentSearch(const SearchSegment& segment, TopHits& hits)
      : segment_(segment), filter_(segment.allowed != nullptr ? segment.allowed : segment.visible), hits_(hits) {}

  void add(ListCursor cursor) { cursors_.push_back(std::move(cursor)); }

  Status run() {
    const std::uint32_t slot_count = segment_.segment->chunk_count();
    std::uint64_t best = 0;
    for (const ListCursor& cursor : cursors_) best += cursor.bound();
    for (std::uint32_t begin = 0; begin < slot_count && best >= hits_.threshold();) {
      const std::uint32_t end = slot_count - begin > kWindow ? begin + kWindow : slot_count;
      if (filter_ == nullptr || filter_->any_in(begin, end)) OB_RETURN_IF_ERROR(window(begin, end));
      begin = end;
    }
    return {};
  }

 private:
  struct Leg {
    ListCursor* cursor = nullptr;
    std::uint32_t bound = 0;             ///< In this window.
    std::uint64_t bound_up_to_here = 0;  ///< Sum of the bounds of this and all weaker legs.
  };

  Status window(std::uint32_t begin, std::uint32_t end) {
    legs_.clear();
    for (ListCursor& cursor : cursors_) {
      const std::uint32_t bound = cursor.bound_in(begin, end);
      if (bound > 0) legs_.push_back({&cursor, bound, 0});
    }
    std::stable_sort(legs_.begin(), legs_.end(), [](const Leg& a, const Leg& b) { return a.bound < b.bound; });
    std::uint64_t sum = 0;
    for (Leg& leg : legs_) leg.bound_up_to_here = sum += leg.bound;
    if (sum < hits_.threshold()) return {};
    // Legs whose bounds together stay below the threshold cannot lift a chunk alone: they are only looked up.
    std::size_t optional = 0;
    while (legs_[optional].bound_up_to_here < hits_.threshold()) ++optional;
    std::fill_n(sums_.begin(), end - begin, 0U);
    for (std::size_t i = optional; i < legs_.size(); ++i)
      OB_RETURN_IF_ERROR(legs_[i].cursor->add_to(begin, end, sums_.data()));
    return collect(begin, end, optional);
  }

  Status collect(std::uint32_t begin, std::uint32_t end, std::size_t optional) {
    const std::uint64_t optional_bound = optional == 0 ? 0 : legs_[optional - 1].bound_up_to_here;
    for (std::uint32_t i = 0; i < end - begin; ++i) {
      const std::uint64_t threshold = hits_.threshold();
      if (sums_[i] == 0 || sums_[i] + optional_bound < threshold) continue;
      if (filter_ != nullptr && !filter_->test(begin + i)) continue;
      OB_TRY(const std::uint64_t score, whole_score(begin + i, sums_[i], optional));
      if (score >= threshold)
        hits_.offer(segment_.segment->slots().id_of(begin + i), static_cast<std::uint32_t>(score));
    }
    return {};
  }

  /// Adds the optional legs, strongest first, and stops when the chunk cannot reach the threshold any more.
  Result<std::uint64_t> whole_score(std::uint32_t slot, std::uint64_t score, std::size_t optional) {
    for (std::size_t i = optional; i-- > 0;) {
      if (score + legs_[i].bound_up_to_here < hits_.threshold()) return 0ULL;
      OB_TRY(const std::uint32_t more, legs_[i].cursor->contribution_at(slot));
      score += more;
    }
    return score;
  }

  const SearchSegment& segment_;
  const Bitmap* filter_;
  TopHits& hits_;
  std::vector<ListCursor> cursors_;
  std::vector<Leg> legs_;
  std::array<std::uint32_t, kWindow> sums_;
};

}  // namespace

Result<std::uint64_t> visible_count(const PostingList& list, const SearchSegment& segment) {
  const std::uint64_t count = list.posting_count();
  if (segment.visible == nullptr) return count;
  if (count <= kCountedPostings) {
    OB_TRY(const std::uint32_t counted, count_visible(list, *segment.visible));
    return std::uint64_t{counted};
  }
  return std::max<std::uint64_t>(1, count * segment.visible->count() / segment.visible->size());
}

Result<std::uint64_t> document_frequency(std::string_view term, std::span<const SearchSegment> segments) {
  std::uint64_t frequency = 0;
  for (const SearchSegment& segment : segments) {
    OB_TRY(const std::optional<PostingList> list, segment.segment->find(clamp_term(term), *segment.bytes));
    if (!list) continue;
    OB_TRY(const std::uint64_t count, visible_count(*list, segment));
    frequency += count;
  }
  return frequency;
}

Result<std::vector<Hit>> search(std::span<const SearchTerm> terms, std::span<const SearchSegment> segments,
                                const CollectionStatistics& statistics, const SearchParameters& parameters) {
  if (parameters.bm25.k1 < 0 || parameters.bm25.b < 0 || parameters.bm25.b > 1)
    return fail(Code::InvalidInput, "BM25 wants k1 of 0 or more and b from 0 to 1");
  if (parameters.limit == 0 || statistics.chunk_count == 0) return std::vector<Hit>{};
  OB_TRY(const std::vector<LoadedTerm> loaded, load(terms, segments, statistics, parameters.bm25));
  double total = 0;
  for (const LoadedTerm& term : loaded) total += term.weight;
  if (total <= 0) return std::vector<Hit>{};
  const double scale = std::exp2(std::floor(std::log2(kLargestScore / total)));

  const Scorer scorer(parameters.bm25, statistics.average_length, parameters.body_weight);
  TopHits hits(parameters.limit);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    SegmentSearch one(segments[i], hits);
    for (const LoadedTerm& term : loaded)
      for (const QueryList& list : term.lists)
        if (list.segment == i) {
          OB_TRY(ListCursor cursor, ListCursor::over(list.list, scorer, segments[i].segment->lengths(),
                                                     static_cast<float>(term.weight * scale)));
          one.add(std::move(cursor));
        }
    OB_RETURN_IF_ERROR(one.run());
  }
  std::vector<Hit> found;
  for (const TopHits::Row& row : hits.take()) found.push_back({row.chunk, static_cast<float>(row.score / scale)});
  return found;
}

}  // namespace openbook::index
