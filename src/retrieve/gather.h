#pragma once

#include <vector>

#include "book/evidence.h"
#include "book/query.h"
#include "book/trace.h"
#include "retrieve/understand.h"
#include "store/store.h"
#include "text/tokenise.h"

namespace openbook::retrieve {

/// Candidates for one query, best first: lexical today; where vectors exist, the two rankings fused.
Result<std::vector<book::Candidate>> candidates_for(store::Snapshot& snapshot, const book::Query& query,
                                                    std::size_t limit);

/// Passages for a question. A question of several parts is searched for part by part, and the parts' passages take
/// turns. The corrected question is given the library's own spelling of each corrected word. `trace` may be null.
Result<book::Evidence> gather(store::Snapshot& snapshot, Understanding& understanding, std::size_t limit,
                              text::Tokeniser& tokeniser, book::Trace* trace);

}  // namespace openbook::retrieve
