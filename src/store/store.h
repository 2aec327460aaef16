#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "book/query.h"
#include "index/bm25.h"
#include "store/records.h"

/// The seam "Store": one knowledge base. Documents, their versions, chunks, source maps, postings and vectors change
/// together, in one transaction; whoever reads sees one revision and nothing else.
namespace openbook::store {

struct SearchOptions {
  std::size_t limit = 20;
  index::Bm25 bm25;
};

/// The library at one revision. Several may live at once, on several threads and beside a writer, but one snapshot
/// belongs to one thread at a time. Keep it for a question, not for a day: an old one keeps `forget` waiting. It must
/// not outlive its Store.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  virtual std::uint64_t revision() const = 0;
  virtual std::uint64_t chunk_count() const = 0;  ///< Visible chunks.
  virtual double average_length() const = 0;      ///< Of visible chunks, in index::FieldWeights units.
  virtual Result<std::uint64_t> document_count() = 0;

  /// Best chunks by BM25 for any of the terms, best first, ties by chunk id; the same as scoring every chunk.
  /// Terms that are not in the library, and weights of 0 or less, add nothing; equal terms add up. `filter.as_of` is
  /// ignored: it was the snapshot's to honour. Only Candidate's chunk, score and signals.lexical are set.
  virtual Result<std::vector<book::Candidate>> search(std::span<const book::QueryTerm> terms,
                                                      const book::Filter& filter, const SearchOptions& options) = 0;
  /// Best chunks by inner product with the stored vectors. InvalidInput if the embedder or its dimension differs from
  /// the one that made them; chunks without a vector are not found.
  virtual Result<std::vector<book::Candidate>> search_vectors(std::string_view embedder, std::span<const float> query,
                                                              const book::Filter& filter, std::size_t limit) = 0;

  /// How many visible chunks hold the term; 0 if none. Exact up to 65,536 in libraries with removed text not yet
  /// merged away, exact always otherwise.
  virtual Result<std::uint64_t> document_frequency(std::string_view term) = 0;
  /// Every term that begins with `prefix` and stands in a visible chunk, in byte order, until `visit` gives false.
  virtual Status visit_vocabulary(std::string_view prefix,
                                  const std::function<bool(std::string_view term, std::uint64_t frequency)>& visit) = 0;

  /// Chunks with their text, document and clipped source map, in the order asked. NotFound for an unknown or invisible
  /// chunk. score and signals are copied from the candidates.
  virtual Result<std::vector<book::Passage>> passages(std::span<const book::Candidate> candidates) = 0;
  /// The chunks of the version that holds `chunk`: its neighbours are these numbers.
  virtual Result<ChunkSpan> chunks_around(book::ChunkId chunk) = 0;

  /// Visible documents by uri, sorted by uri.
  virtual Result<std::vector<DocumentInfo>> list(const ListOptions& options) = 0;
  /// The document with this uri, removed ones too (see DocumentInfo::removed_at); nullopt if never seen or forgotten.
  virtual Result<std::optional<DocumentInfo>> find(std::string_view uri) = 0;
  virtual Result<std::optional<DocumentInfo>> find(book::DocumentId id) = 0;
  /// Versions, oldest first. Versions younger than an as-of snapshot are left out. NotFound if there is no document.
  virtual Result<std::vector<VersionInfo>> history(std::string_view uri) = 0;
  /// A version's whole document as it was put (number 0: the visible, else the newest one).
  virtual Result<book::Document> document(book::DocumentId id, int version = 0) = 0;
  /// A version's chunks, for reindexing.
  virtual Result<std::vector<book::Chunk>> chunks(book::DocumentId id, int version = 0) = 0;

  /// What is known of the files that documents came from, for skipping unchanged ones by size and time alone.
  virtual Result<std::optional<SourceFile>> find_source(std::string_view uri) = 0;
  virtual Result<std::vector<SourceFile>> sources(std::string_view uri_prefix) = 0;
};

/// Collects changes and writes them in batches, each one transaction and one library revision. Changes are invisible
/// until committed; a batch commits by itself when it is large or old (StoreOptions), so that a crash loses seconds of
/// work, never a part of a document. Locks nothing between commits: two processes may add at once. Not safe
/// concurrently; destroying it drops what is not committed.
class Writer {
 public:
  virtual ~Writer() = default;

  /// A new document or a new version of the one with this uri. If its newest visible version has the same
  /// content_hash by the time of the commit, nothing is written.
  virtual Status put(NewDocument document) = 0;
  /// Records a file as wholly read. Call it after the last put of its documents; it lands in the same commit or later.
  virtual Status put_source(SourceFile source) = 0;
  /// Hides a document from now on; its history stays. Its source's record goes, so that adding the file again reads
  /// it. Removing what is removed or unknown changes nothing.
  virtual Status remove(book::DocumentId id) = 0;
  /// New chunks and terms for a version that exists: the repair of a changed splitter or tokeniser. Changes nothing if
  /// the version is gone by the time of the commit; so does put_vectors.
  virtual Status reindex(book::DocumentId id, int version, std::vector<book::Chunk> chunks,
                         index::DocumentTerms terms) = 0;
  /// Records the running program's identity strings, when every version was reindexed. Lands in the next commit.
  virtual Status adopt_identity() = 0;
  /// Names the embedder whose vectors follow; vectors of any other one are deleted in the same commit.
  virtual Status set_embedder(std::string identity, std::uint32_t dimension) = 0;
  /// Vectors [chunks, dimension] of a version put earlier.
  virtual Status put_vectors(book::DocumentId id, int version, std::vector<float> vectors) = 0;

  /// Writes what was collected. The new revision, or the present one if there was nothing to write.
  /// Errors: Unavailable (another process kept the lock longer than the busy timeout), Io (disk full: the file is
  /// as before, and the batch is kept for another try).
  virtual Result<std::uint64_t> commit() = 0;
  /// Number of changes waiting.
  virtual std::size_t pending_count() const = 0;

  /// Erases documents for good, with all their versions: text, chunks, source maps, postings, vocabulary, vectors,
  /// metadata. Commits what is pending, erases in one transaction, empties the log, rewrites the file, and searches
  /// for what was erased. Unavailable if a reader of the old state did not end within the busy timeout: the text is
  /// then unreachable but may still lie in the log; calling forget again, even with no ids, finishes the work.
  virtual Result<Receipt> forget(std::span<const book::DocumentId> ids) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  /// The present revision, or the last one at or before a moment (an empty library if it is before the first).
  virtual Result<std::unique_ptr<Snapshot>> snapshot(std::optional<Millis> as_of = std::nullopt) const = 0;
  virtual Result<std::unique_ptr<Writer>> writer() = 0;

  /// Small facts that the program keeps with the library (a calibration, a choice), by name. Empty if never put.
  virtual Result<std::string> setting(std::string_view name) const = 0;
  /// Written at once, in a transaction of its own; no revision. An empty value removes it.
  virtual Status put_setting(std::string_view name, std::string_view value) = 0;
};

enum class OpenMode { ReadOnly, ReadWrite, Create };  ///< Create: made when absent.
enum class IdentityCheck : bool { Refuse, Ignore };   ///< Ignore: for listing, export, reindexing.

struct StoreOptions {
  std::string tokeniser;  ///< text::Tokeniser::identity().
  std::string splitter;   ///< The splitter's identity string.
  index::FieldWeights weights;
  IdentityCheck identity_check = IdentityCheck::Refuse;
  int busy_timeout_ms = 60'000;        ///< How long a commit waits for another process.
  std::size_t batch_bytes = 16 << 20;  ///< Markdown in one commit.
  Millis batch_age_ms = 5'000;         ///< A put later than this after the batch's first commits it.
};

/// Opens or makes the knowledge base at `path` (docs/formats/knowledge-base.md). Errors: NotFound; Unsupported
/// (written by a newer version; other identity strings, with the command that repairs it); Corrupt (not a knowledge
/// base); Io.
Result<std::unique_ptr<Store>> open_store(const std::string& path, OpenMode mode, const StoreOptions& options);

}  // namespace openbook::store
