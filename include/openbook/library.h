#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "openbook/book.h"
#include "openbook/result.h"

/// A knowledge base of documents and the answers that it gives: the whole of openbook's main job in one class.
///
///   auto library = openbook::Library::open("manuals.db", {});
///   library->add({"manuals/"}, {}, nullptr, {});
///   auto answer = library->ask("How often is the filter changed?", {});
///
/// All functions but add, remove, forget, import and reindex are safe concurrently on one Library; those five exclude
/// each other, and wait for other processes that write to the same file.
namespace openbook {

struct LibraryOptions {
  bool create = false;           ///< Make the file when it is absent.
  bool ignore_identity = false;  ///< Open a file made by another tokeniser or splitter (to list, export, reindex).
  std::string programs_folder;   ///< Where openbook-reader lies; empty: beside the program, or where installed.
  std::size_t thread_count = 0;  ///< 0: one for each processor.
};

struct AddOptions {
  bool prune = false;                             ///< Remove documents whose file has vanished from a folder named.
  std::vector<std::string> include;               ///< Globs of file names or paths; empty: everything readable.
  std::vector<std::string> exclude;               ///< Globs; `.openbookignore` files add to them.
  std::string password;                           ///< For encrypted documents.
  std::uint64_t max_file_bytes = 256ull << 20;    ///< Larger files are refused.
  std::uint32_t read_seconds = 60;                ///< Processor time that one file may cost.
  std::uint64_t read_memory_bytes = 1ull << 30;   ///< Memory that one file's reader may use.
  std::uint64_t max_output_bytes = 512ull << 20;  ///< Text that one file may give.
  std::uint32_t max_pages = 20'000;               ///< Of one PDF.
  bool ocr = true;                                ///< Scans through tesseract, where installed.
  std::string stdin_name = "stdin.md";            ///< Name under which the source "-" is added.
};

/// How far `add` is.
struct AddProgress {
  std::size_t file_count = 0;
  std::size_t files_done = 0;
  std::string current;  ///< The file just finished.
  std::uint64_t bytes_done = 0;
};

struct Failure {
  std::string uri;
  Error error;
};

struct AddReport {
  std::size_t files = 0;              ///< Looked at.
  std::size_t added = 0;              ///< Documents that are new.
  std::size_t updated = 0;            ///< Documents with a new version.
  std::size_t unchanged = 0;          ///< Files that were skipped.
  std::size_t removed = 0;            ///< Documents gone from a file that was read again, or pruned.
  std::vector<std::string> vanished;  ///< Files known from the folders named that are no longer there.
  std::vector<Failure> failures;      ///< Files that could not be read; all others were.
  std::vector<std::pair<std::string, std::string>> notes;  ///< uri, what its reader could not read.
  std::uint64_t markdown_bytes = 0;
  double seconds = 0;
  std::uint64_t revision = 0;
  bool cancelled = false;  ///< Stopped on request; what was done is kept, and another run goes on from here.
};

struct DocumentInfo {
  book::DocumentRef ref;
  std::string format;
  std::uint64_t byte_size = 0;
  std::uint32_t chunk_count = 0;
  std::optional<Millis> removed_at;
};

struct VersionInfo {
  int number = 1;
  std::string title;
  std::string content_hash;
  Millis added_at = 0;
  std::optional<Millis> ended_at;
  std::uint64_t byte_size = 0;
};

/// What `forget` erased, what it then searched for, and how often it found it (never, or it says so).
struct ForgetReceipt {
  struct Line {
    std::string kind;  ///< "sentence", "term", "uri", "title", "hash", "document id", "chunk ids".
    std::string text;
    std::uint64_t in_tables = 0;
    std::uint64_t in_bytes = 0;
  };
  std::vector<std::string> uris;
  std::uint64_t version_count = 0;
  std::uint64_t chunk_count = 0;
  std::uint64_t term_count = 0;
  std::vector<Line> checked;
  std::vector<std::string> shared;  ///< Strings that other documents hold too, and that therefore remain there.
  std::uint64_t bytes_searched = 0;
  std::uint64_t revision = 0;
  bool clean = false;
};

enum class Strictness { Lenient, Balanced, Strict };

/// Brief: further sentences only where the first may not be the one. Full: as many as there are, up to three sources.
enum class Detail { Brief, Full };

/// Never: a sentence is shown whenever there is one, for measuring what is chosen apart from whether.
enum class Declining { Allowed, Never };

struct SearchOptions {
  std::size_t limit = 10;
  book::Filter filter;
};

struct AskOptions {
  Strictness strictness = Strictness::Balanced;
  book::Filter filter;
  std::size_t passage_count = 20;  ///< Passages that the answer may use.
  Detail detail = Detail::Brief;
  std::vector<std::string> exclude_uris;  ///< Documents that the answer may not use, by their whole uri.
  Declining declining = Declining::Allowed;
};

/// A question of the library's own people, and whether the library holds its answer.
struct OwnQuestion {
  std::string question;
  bool answerable = true;
};

/// What calibrating came to. Losses are mean log losses on questions that the fit had not seen (five folds); lower is
/// better.
struct CalibrationReport {
  std::size_t questions = 0;
  double loss_before = 0;
  double loss_after = 0;
  bool adopted = false;  ///< Only when it is better.
};

struct LibraryStatistics {
  std::uint64_t documents = 0;
  std::uint64_t chunks = 0;
  std::uint64_t revision = 0;
};

class Library {
 public:
  using OnProgress = std::function<void(const AddProgress&)>;

  /// Errors: NotFound (no such file and not `create`), Corrupt, Unsupported (newer version, other identity), Io.
  static Result<Library> open(const std::string& path, const LibraryOptions& options);

  /// Adds files, folders, http(s) URLs and "-" (standard input). A file that cannot be read is a Failure in the report
  /// and stops nothing. `on_progress` may be empty; it is called on this thread.
  Result<AddReport> add(const std::vector<std::string>& sources, const AddOptions& options,
                        const OnProgress& on_progress, std::stop_token stop);

  /// Reads again every file and URL that the library came from. Files that are gone are in `vanished`, and with
  /// `prune` their documents are removed.
  Result<AddReport> update(const AddOptions& options, const OnProgress& on_progress, std::stop_token stop);

  /// Documents that are visible (or all that are not forgotten), by uri.
  Result<std::vector<DocumentInfo>> list(bool include_removed = false) const;

  /// The document that `name` means: its id, its uri, a path relative to here, or an unambiguous end of its uri.
  Result<DocumentInfo> find(std::string_view name) const;
  Result<book::Document> document(book::DocumentId id, int version = 0) const;
  Result<std::vector<VersionInfo>> history(book::DocumentId id) const;

  /// Hides documents from now on; history keeps them.
  Status remove(const std::vector<book::DocumentId>& ids);
  /// Erases documents for good.
  Result<ForgetReceipt> forget(const std::vector<book::DocumentId>& ids);

  Result<book::SearchResult> search(std::string_view query, const SearchOptions& options,
                                    book::Trace* trace = nullptr) const;
  /// The passages that an answer to the question may use, before it is answered.
  Result<book::Evidence> evidence(std::string_view question, const AskOptions& options, book::Query* query = nullptr,
                                  book::Trace* trace = nullptr) const;
  Result<book::Answer> ask(std::string_view question, const AskOptions& options, book::Trace* trace = nullptr) const;

  /// Everything that is visible (every version with `history`), as JSON lines (docs/formats/export.md).
  Status export_to(const std::string& path, bool history) const;
  Result<AddReport> import_from(const std::string& path, std::stop_token stop);

  /// Makes chunks and terms anew after an update of the splitter or the tokeniser.
  Status reindex(const OnProgress& on_progress, std::stop_token stop);

  /// Fits the decision to answer or to decline to the library's own questions (some fifty, both kinds, are enough).
  /// Takes effect when the library is next opened. No questions: back to how the program came.
  Result<CalibrationReport> calibrate(const std::vector<OwnQuestion>& questions);

  Result<LibraryStatistics> statistics() const;

  Library(Library&&) noexcept;
  Library& operator=(Library&&) noexcept;
  ~Library();

 private:
  struct State;
  explicit Library(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads one file without a knowledge base. Documents reach `sink` as they are read. Of the library's options only
/// `programs_folder` counts.
Status read_document(const std::string& path, const AddOptions& options, const LibraryOptions& library_options,
                     const std::function<Status(book::Document)>& sink, std::stop_token stop);

/// The passages that a document would be divided into.
std::vector<book::Chunk> split_document(const book::Document& document);

}  // namespace openbook
