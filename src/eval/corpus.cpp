#include "eval/corpus.h"

#include <sys/stat.h>

#include <filesystem>
#include <unordered_set>

#include "base/clock.h"

namespace openbook::eval {
namespace {

/// A set may be larger than what a user's file may be without a word.
AddOptions options_for_sets() {
  AddOptions options;
  options.max_file_bytes = std::uint64_t{8} << 30;
  options.max_output_bytes = std::uint64_t{8} << 30;
  options.read_memory_bytes = std::uint64_t{4} << 30;
  options.read_seconds = 3600;
  return options;
}

std::uint64_t size_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

Result<Corpus> Corpus::add(const std::string& jsonl, const Setting& setting, std::stop_token stop) {
  OB_TRY(TemporaryFolder folder, TemporaryFolder::make());
  const std::string path = folder.path() + "/measured.db";
  LibraryOptions options;
  options.create = true;
  options.programs_folder = setting.programs_folder;
  options.thread_count = setting.thread_count;
  OB_TRY(Library library, Library::open(path, options));
  Corpus corpus(std::move(folder), std::move(library));
  std::error_code ignored;
  const auto absolute = std::filesystem::canonical(jsonl, ignored);
  corpus.prefix_ = (ignored ? jsonl : absolute.string()) + "#";

  const Stopwatch watch;
  OB_TRY(const AddReport report, corpus.library_.add({jsonl}, options_for_sets(), {}, stop));
  corpus.seconds_ = watch.millis() / 1000;
  if (report.cancelled) return fail(Code::Cancelled, "stopped while the corpus was added");
  if (!report.failures.empty()) return fail(Error(report.failures.front().error).at(report.failures.front().uri));
  if (report.added == 0) return fail(Code::InvalidInput, jsonl + " gave no document; its lines need `_id` and `text`");
  corpus.documents_ = report.added;
  corpus.markdown_bytes_ = report.markdown_bytes;
  corpus.file_bytes_ = size_of(path) + size_of(path + "-wal");
  return corpus;
}

std::string_view Corpus::id_of(std::string_view uri) const {
  return uri.starts_with(prefix_) ? uri.substr(prefix_.size()) : std::string_view();
}

std::vector<std::string> distinct_ids(const Corpus& corpus, const std::vector<book::Passage>& passages) {
  std::vector<std::string> ids;
  std::unordered_set<std::string_view> seen;
  for (const book::Passage& passage : passages) {
    const std::string_view id = corpus.id_of(passage.document.uri);
    if (!id.empty() && seen.insert(id).second) ids.emplace_back(id);
  }
  return ids;
}

Result<std::vector<std::string>> Corpus::search(std::string_view query, std::size_t count) const {
  for (std::size_t limit = count + count / 2;; limit *= 2) {
    OB_TRY(const book::SearchResult result, library_.search(query, {limit, {}}));
    std::vector<std::string> ids = distinct_ids(*this, result.hits);
    if (ids.size() < count && result.hits.size() == limit) continue;
    if (ids.size() > count) ids.resize(count);
    return ids;
  }
}

}  // namespace openbook::eval
