#include "retrieve/gather.h"

#include <algorithm>
#include <cstdio>
#include <unordered_set>

#include "base/clock.h"
#include "index/bm25.h"
#include "retrieve/fuse.h"

namespace openbook::retrieve {
namespace {

/// Takes the first of each list, then the second of each, … each chunk once.
std::vector<book::Candidate> take_turns(const std::vector<std::vector<book::Candidate>>& lists, std::size_t limit) {
  std::vector<book::Candidate> merged;
  std::unordered_set<book::ChunkId> seen;
  for (std::size_t rank = 0; merged.size() < limit; ++rank) {
    bool any = false;
    for (const auto& list : lists) {
      if (rank >= list.size() || merged.size() >= limit) continue;
      any = true;
      if (seen.insert(list[rank].chunk).second) merged.push_back(list[rank]);
    }
    if (!any) break;
  }
  return merged;
}

/// The library's own spelling of corrected words: the index holds stems, a person wants to read words.
void restore_spelling(Understanding& understanding, const std::vector<book::Passage>& passages,
                      text::Tokeniser& tokeniser) {
  book::Query& query = understanding.query;
  for (const Correction& correction : understanding.corrections) {
    const std::size_t at = query.corrected.find(correction.term);
    if (at == std::string::npos) continue;
    for (const book::Passage& passage : passages) {
      std::string surface;
      tokeniser.visit(passage.text, [&](const text::Token& token) {
        if (surface.empty() && token.term == correction.term) surface = token.range.of(passage.text);
      });
      if (surface.empty()) continue;
      std::ranges::transform(surface, surface.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      query.corrected.replace(at, correction.term.size(), surface);
      for (std::string& part : query.parts)
        if (const std::size_t in_part = part.find(correction.term); in_part != std::string::npos)
          part.replace(in_part, correction.term.size(), surface);
      break;
    }
  }
}

void tell(const book::Evidence& evidence, double millis, book::Trace& trace) {
  book::TraceStep step{"search", millis, {}};
  step.facts.emplace_back("passages in the library", std::to_string(evidence.chunk_count));
  for (const book::TermStatistics& term : evidence.terms) {
    char text[64];
    std::snprintf(text, sizeof text, "in %llu passages, idf %.2f",
                  static_cast<unsigned long long>(term.document_frequency), static_cast<double>(term.idf));
    step.facts.emplace_back(term.term, text);
  }
  int rank = 0;
  for (const book::Passage& passage : evidence.passages) {
    char head[64];
    std::snprintf(head, sizeof head, "#%d score %.2f lexical %.2f", ++rank, static_cast<double>(passage.score),
                  static_cast<double>(passage.signals.lexical));
    std::string where = passage.document.title.empty() ? passage.document.uri : passage.document.title;
    for (const std::string& heading : passage.chunk.heading) where += " › " + heading;
    step.facts.emplace_back(head, where);
  }
  trace.steps.push_back(std::move(step));
}

}  // namespace

Result<std::vector<book::Candidate>> candidates_for(store::Snapshot& snapshot, const book::Query& query,
                                                    std::size_t limit) {
  store::SearchOptions options;
  options.limit = limit;
  return snapshot.search(query.terms, query.filter, options);
}

Result<book::Evidence> gather(store::Snapshot& snapshot, Understanding& understanding, std::size_t limit,
                              text::Tokeniser& tokeniser, book::Trace* trace) {
  const Stopwatch watch;
  const book::Query& query = understanding.query;
  std::vector<std::vector<book::Candidate>> lists;
  if (query.parts.size() <= 1) {
    OB_TRY(auto list, candidates_for(snapshot, query, limit));
    lists.push_back(std::move(list));
  }
  for (std::size_t part = 0; query.parts.size() > 1 && part < query.parts.size(); ++part) {
    OB_TRY(auto list, candidates_for(snapshot, query_for_part(query, part, tokeniser), limit));
    lists.push_back(std::move(list));
  }
  book::Evidence evidence;
  evidence.revision = snapshot.revision();
  evidence.chunk_count = snapshot.chunk_count();
  OB_TRY(evidence.passages, snapshot.passages(lists.size() == 1 ? lists[0] : take_turns(lists, limit)));
  for (const book::QueryTerm& term : query.terms) {
    OB_TRY(const std::uint64_t frequency, snapshot.document_frequency(term.term));
    evidence.terms.push_back({term.term, frequency, index::idf(frequency, evidence.chunk_count)});
  }
  if (!understanding.corrections.empty()) restore_spelling(understanding, evidence.passages, tokeniser);
  if (trace != nullptr) tell(evidence, watch.millis(), *trace);
  return evidence;
}

}  // namespace openbook::retrieve
