#include "index/vocabulary.h"

#include <vector>

namespace openbook::index {
namespace {

struct Walk {
  const SearchSegment* segment = nullptr;
  TermIterator terms;
  bool live = false;
};

Result<std::uint64_t> frequency_in(const Walk& walk) {
  if (walk.segment->visible == nullptr) return std::uint64_t{walk.terms.entry().posting_count};
  OB_TRY(const PostingList list, walk.segment->segment->list_of(walk.terms.entry(), *walk.segment->bytes));
  return visible_count(list, *walk.segment);
}

bool least_term(const std::vector<Walk>& walks, std::string& term) {
  bool found = false;
  for (const Walk& walk : walks) {
    if (!walk.live || (found && walk.terms.term() >= term)) continue;
    term = walk.terms.term();
    found = true;
  }
  return found;
}

}  // namespace

Status visit_terms(std::string_view prefix, std::span<const SearchSegment> segments,
                   const std::function<bool(std::string_view term, std::uint64_t frequency)>& visit) {
  std::vector<Walk> walks;
  walks.reserve(segments.size());
  for (const SearchSegment& segment : segments) {
    walks.push_back({&segment, TermIterator(*segment.segment, *segment.bytes, prefix), false});
    OB_TRY(walks.back().live, walks.back().terms.next());
  }
  std::string term;
  while (least_term(walks, term) && term.starts_with(prefix)) {
    std::uint64_t frequency = 0;
    for (Walk& walk : walks) {
      if (!walk.live || walk.terms.term() != term) continue;
      OB_TRY(const std::uint64_t count, frequency_in(walk));
      frequency += count;
      OB_TRY(walk.live, walk.terms.next());
    }
    if (frequency > 0 && !visit(term, frequency)) break;
  }
  return {};
}

}  // namespace openbook::index
