#include <unordered_set>
#include <utility>

#include "base/clock.h"
#include "flow/library_state.h"
#include "openbook/library.h"
#include "retrieve/gather.h"
#include "retrieve/snapshot_vocabulary.h"
#include "retrieve/understand.h"

namespace openbook {
namespace {

answer::Strictness to_answerer(Strictness strictness) {
  switch (strictness) {
    case Strictness::Lenient:
      return answer::Strictness::Lenient;
    case Strictness::Balanced:
      return answer::Strictness::Balanced;
    case Strictness::Strict:
      return answer::Strictness::Strict;
  }
  return answer::Strictness::Balanced;
}

answer::AnswerOptions to_answerer(const AskOptions& options) {
  answer::AnswerOptions answerer;
  answerer.strictness = to_answerer(options.strictness);
  answerer.detail = options.detail == Detail::Full ? answer::Detail::Full : answer::Detail::Brief;
  answerer.declining = options.declining == Declining::Never ? answer::Declining::Never : answer::Declining::Allowed;
  return answerer;
}

/// Gathers until `options.passage_count` passages of other documents than the excluded ones are there, or no more are.
Result<book::Evidence> gather_without(store::Snapshot& snapshot, retrieve::Understanding& understanding,
                                      const AskOptions& options, text::Tokeniser& tokeniser, book::Trace* trace) {
  const std::unordered_set<std::string> excluded(options.exclude_uris.begin(), options.exclude_uris.end());
  const std::size_t step_count = trace == nullptr ? 0 : trace->steps.size();
  for (std::size_t limit = options.passage_count;; limit *= 2) {
    retrieve::Understanding again = understanding;
    if (trace != nullptr) trace->steps.resize(step_count);
    OB_TRY(book::Evidence evidence, retrieve::gather(snapshot, again, limit, {tokeniser}, trace));
    const bool all = evidence.passages.size() < limit;
    std::erase_if(evidence.passages, [&](const book::Passage& p) { return excluded.contains(p.document.uri); });
    if (!all && evidence.passages.size() < options.passage_count) continue;
    if (evidence.passages.size() > options.passage_count) evidence.passages.resize(options.passage_count);
    understanding = std::move(again);
    return evidence;
  }
}

/// Names the heading of each quote, and holds the answer to its promise: the quote stands where the citation says.
Status settle_citations(store::Snapshot& snapshot, book::Answer& answer) {
  for (book::Citation& citation : answer.citations) {
    OB_TRY(const book::Document document, snapshot.document(citation.document.id, citation.document.version));
    if (citation.range.end > document.markdown.size() || citation.range.begin > citation.range.end ||
        citation.range.of(document.markdown) != citation.quote)
      return fail(Code::Bug, "a quote does not stand where its citation says, in " + citation.document.uri);
    citation.heading = split::heading_path_at(document.markdown, citation.range.begin);
    citation.location = document.source.resolve(citation.range);
  }
  return {};
}

}  // namespace

Result<book::SearchResult> Library::search(std::string_view query, const SearchOptions& options,
                                           book::Trace* trace) const {
  const Stopwatch whole;
  book::SearchResult result;
  OB_TRY(const auto snapshot, state_->store->snapshot(options.filter.as_of));
  result.timing["open"] = whole.millis();
  const auto tokeniser = state_->tokenisers.borrow();
  const Stopwatch understanding_watch;
  retrieve::Understanding understanding =
      retrieve::understand(query, options.filter, *tokeniser, retrieve::SnapshotVocabulary(*snapshot), trace);
  understanding.query.parts = {understanding.query.corrected};  // A search is one list, whatever it asks.
  result.timing["understand"] = understanding_watch.millis();
  const Stopwatch search_watch;
  OB_TRY(book::Evidence evidence, retrieve::gather(*snapshot, understanding, options.limit, {*tokeniser}, trace));
  result.timing["search"] = search_watch.millis();
  result.query = understanding.query.text;
  result.corrected = understanding.query.corrected;
  result.revision = evidence.revision;
  result.hits = std::move(evidence.passages);
  result.timing["total"] = whole.millis();
  return result;
}

Result<book::Evidence> Library::evidence(std::string_view question, const AskOptions& options, book::Query* query,
                                         book::Trace* trace) const {
  OB_TRY(const auto snapshot, state_->store->snapshot(options.filter.as_of));
  const auto tokeniser = state_->tokenisers.borrow();
  retrieve::Understanding understanding =
      retrieve::understand(question, options.filter, *tokeniser, retrieve::SnapshotVocabulary(*snapshot), trace);
  OB_TRY(book::Evidence evidence,
         options.exclude_uris.empty()
             ? retrieve::gather(*snapshot, understanding, options.passage_count, {*tokeniser}, trace)
             : gather_without(*snapshot, understanding, options, *tokeniser, trace));
  if (query != nullptr) *query = std::move(understanding.query);
  return evidence;
}

Result<book::Answer> Library::ask(std::string_view question, const AskOptions& options, book::Trace* trace) const {
  const Stopwatch whole;
  book::Query query;
  OB_TRY(const book::Evidence evidence, this->evidence(question, options, &query, trace));
  const double found = whole.millis();
  const Stopwatch answering;
  OB_TRY(book::Answer answer, state_->answerer->answer(query, evidence, to_answerer(options), trace));
  answer.timing["answer"] = answering.millis();
  // The same revision that was searched: a document that is gone by now is still cited as it stood.
  OB_TRY(const auto snapshot, state_->store->snapshot(options.filter.as_of));
  OB_RETURN_IF_ERROR(settle_citations(*snapshot, answer));
  answer.question = query.text;
  answer.timing["retrieve"] = found;
  answer.timing["total"] = whole.millis();
  return answer;
}

}  // namespace openbook
