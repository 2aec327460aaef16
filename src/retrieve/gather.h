#pragma once

#include <vector>

#include "book/evidence.h"
#include "book/query.h"
#include "book/trace.h"
#include "embed/embedder.h"
#include "retrieve/understand.h"
#include "store/store.h"
#include "text/tokenise.h"

namespace openbook::retrieve {

/// What retrieval works with beside the snapshot.
struct Tools {
  text::Tokeniser& tokeniser;
  const embed::Embedder* embedder = nullptr;  ///< Null: lexical retrieval alone.
};

/// Candidates for one query, best first: by words, and where there is an embedder also by its vectors, the two rankings
/// fused by rank. Errors: the store's; InvalidInput if the library's vectors are another embedder's.
Result<std::vector<book::Candidate>> candidates_for(store::Snapshot& snapshot, const book::Query& query,
                                                    std::size_t limit, const embed::Embedder* embedder);

/// Passages for a question. A question of several parts is searched for part by part, and the parts' passages take
/// turns. The corrected question is given the library's own spelling of each corrected word. `trace` may be null.
Result<book::Evidence> gather(store::Snapshot& snapshot, Understanding& understanding, std::size_t limit,
                              const Tools& tools, book::Trace* trace);

}  // namespace openbook::retrieve
