#include "retrieve/gather.h"

#include <algorithm>
#include <cstdio>
#include <unordered_set>

#include "base/clock.h"
#include "index/bm25.h"
#include "retrieve/fuse.h"
#include "retrieve/proximity.h"

namespace openbook::retrieve {
namespace {

/// Takes the first of each list, then the second of each, … each passage once.
std::vector<book::Passage> take_turns(std::vector<std::vector<book::Passage>>& lists, std::size_t limit) {
  std::vector<book::Passage> merged;
  std::unordered_set<book::ChunkId> seen;
  bool any = true;
  for (std::size_t rank = 0; any && merged.size() < limit; ++rank) {
    any = false;
    for (auto& list : lists) {
      if (rank >= list.size() || merged.size() >= limit) continue;
      any = true;
      if (seen.insert(list[rank].chunk_id).second) merged.push_back(std::move(list[rank]));
    }
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
    char head[96];
    std::snprintf(head, sizeof head, "#%d score %.2f (words %.2f, nearness %.2f)", ++rank,
                  static_cast<double>(passage.score), static_cast<double>(passage.signals.lexical),
                  static_cast<double>(passage.signals.rerank));
    std::string where = passage.document.title.empty() ? passage.document.uri : passage.document.title;
    for (const std::string& heading : passage.chunk.heading) where += " › " + heading;
    step.facts.emplace_back(head, where);
  }
  trace.steps.push_back(std::move(step));
}

/// Passages that are looked at for proximity, at least.
constexpr std::size_t kReranked = 50;

/// Chosen with the weights in proximity.cpp, on the same data.
constexpr index::Bm25 kBm25{.k1 = 0.9F, .b = 0.7F};

Result<std::vector<book::TermStatistics>> statistics_of(store::Snapshot& snapshot, const book::Query& query) {
  std::vector<book::TermStatistics> statistics;
  for (const book::QueryTerm& term : query.terms) {
    OB_TRY(const std::uint64_t frequency, snapshot.document_frequency(term.term));
    statistics.push_back({term.term, frequency, index::idf(frequency, snapshot.chunk_count())});
  }
  return statistics;
}

/// The best passages for one query.
Result<std::vector<book::Passage>> passages_for(store::Snapshot& snapshot, const book::Query& query, std::size_t limit,
                                                const Tools& tools) {
  OB_TRY(const auto candidates, candidates_for(snapshot, query, std::max(limit, kReranked), tools.embedder));
  OB_TRY(auto passages, snapshot.passages(candidates));
  OB_TRY(const auto statistics, statistics_of(snapshot, query));
  std::vector<WeighedTerm> terms;
  for (std::size_t i = 0; i < statistics.size(); ++i)
    terms.push_back({query.terms[i].term, query.terms[i].kind, query.terms[i].weight * statistics[i].idf});
  // A fused score is made of ranks; nearness is on the scale of words, and would drown it.
  if (tools.embedder == nullptr)
    rerank_by_proximity(passages, Proximity(std::move(terms)), limit, tools.tokeniser);
  else if (passages.size() > limit)
    passages.resize(limit);
  return passages;
}

}  // namespace

Result<std::vector<book::Candidate>> candidates_for(store::Snapshot& snapshot, const book::Query& query,
                                                    std::size_t limit, const embed::Embedder* embedder) {
  OB_TRY(auto lexical, snapshot.search(query.terms, query.filter, {.limit = limit, .bm25 = kBm25}));
  if (embedder == nullptr) return lexical;
  const std::string_view text = query.corrected;
  OB_TRY(const embed::Matrix vector, embedder->embed({&text, 1}, embed::TextRole::Query, {}));
  OB_TRY(auto dense, snapshot.search_vectors(embedder->identity(), vector.row(0), query.filter, limit));
  const std::vector<book::Candidate> lists[] = {std::move(lexical), std::move(dense)};
  std::vector<book::Candidate> fused = fuse(lists);
  if (fused.size() > limit) fused.resize(limit);
  return fused;
}

Result<book::Evidence> gather(store::Snapshot& snapshot, Understanding& understanding, std::size_t limit,
                              const Tools& tools, book::Trace* trace) {
  const Stopwatch watch;
  const book::Query& query = understanding.query;
  book::Evidence evidence;
  evidence.revision = snapshot.revision();
  evidence.chunk_count = snapshot.chunk_count();
  OB_TRY(evidence.terms, statistics_of(snapshot, query));
  if (query.parts.size() <= 1) {
    OB_TRY(evidence.passages, passages_for(snapshot, query, limit, tools));
  } else {
    std::vector<std::vector<book::Passage>> lists;
    for (std::size_t part = 0; part < query.parts.size(); ++part) {
      OB_TRY(auto list, passages_for(snapshot, query_for_part(query, part, tools.tokeniser), limit, tools));
      lists.push_back(std::move(list));
    }
    evidence.passages = take_turns(lists, limit);
  }
  if (!understanding.corrections.empty()) restore_spelling(understanding, evidence.passages, tools.tokeniser);
  if (trace != nullptr) tell(evidence, watch.millis(), *trace);
  return evidence;
}

}  // namespace openbook::retrieve
