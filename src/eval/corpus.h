#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/files.h"
#include "openbook/library.h"

/// A set's passages as a knowledge base of their own, in a temporary folder.
namespace openbook::eval {

/// What both measurements need to run.
struct Setting {
  std::string programs_folder;   ///< As LibraryOptions has it.
  std::size_t thread_count = 0;  ///< 0: one for each processor.
};

/// Adds a file of JSON lines (`_id`, `title`, `text`; plain or gzip) through Library::add, as a user would. Searching
/// is safe concurrently.
class Corpus {
 public:
  /// Errors: those of Library::open and add, and InvalidInput when the file could not be read or gave no document.
  static Result<Corpus> add(const std::string& jsonl, const Setting& setting, std::stop_token stop);

  const Library& library() const { return library_; }
  double seconds() const { return seconds_; }  ///< That adding took: reading, splitting, indexing, commit.
  std::size_t document_count() const { return documents_; }  ///< Documents added; one without text is none.
  std::uint64_t markdown_bytes() const { return markdown_bytes_; }
  std::uint64_t file_bytes() const { return file_bytes_; }  ///< Of the knowledge base.

  /// The set's `_id` of a document; empty for a document of another file.
  std::string_view id_of(std::string_view uri) const;
  std::string uri_of(std::string_view id) const { return prefix_ + std::string(id); }

  /// The ids of distinct documents by their best chunk, best first, at most `count`.
  Result<std::vector<std::string>> search(std::string_view query, std::size_t count) const;

 private:
  Corpus(TemporaryFolder folder, Library library) : folder_(std::move(folder)), library_(std::move(library)) {}

  TemporaryFolder folder_;
  Library library_;
  std::string prefix_;  ///< Of every document's uri.
  double seconds_ = 0;
  std::size_t documents_ = 0;
  std::uint64_t markdown_bytes_ = 0, file_bytes_ = 0;
};

/// The documents named by passages, each once, in order.
std::vector<std::string> distinct_ids(const Corpus& corpus, const std::vector<book::Passage>& passages);

}  // namespace openbook::eval
