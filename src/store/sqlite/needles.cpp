#include "store/sqlite/needles.h"

#include <algorithm>
#include <fstream>
#include <memory>

#include "store/sqlite/details.h"
#include "store/sqlite/segment_pages.h"

namespace openbook::store {
namespace {

using Searcher = std::boyer_moore_horspool_searcher<std::string::const_iterator>;

/// Counts many needles in many haystacks.
class Counter {
 public:
  explicit Counter(std::vector<Needle>& needles) : needles_(needles) {
    for (const Needle& needle : needles) searchers_.emplace_back(needle.text.begin(), needle.text.end());
  }
  /// Occurrences that end after `from`.
  void count(std::string_view haystack, std::size_t from = 0) {
    for (std::size_t i = 0; i < needles_.size(); ++i) {
      const std::size_t size = needles_[i].text.size();
      if (size == 0) continue;
      auto at = haystack.begin() + static_cast<std::ptrdiff_t>(from >= size ? from - size + 1 : 0);
      while ((at = std::search(at, haystack.end(), searchers_[i])) != haystack.end()) {
        ++needles_[i].count;
        ++at;
      }
    }
  }

 private:
  std::vector<Needle>& needles_;
  std::vector<Searcher> searchers_;
};

Status count_columns(Database& database, const char* sql, int columns, Counter& counter) {
  OB_TRY(Rows rows, database.query(sql));
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return {};
    for (int column = 0; column < columns; ++column) counter.count(rows.bytes(column));
  }
}

Status count_texts(Database& database, Counter& counter) {
  OB_TRY(Rows rows, database.query("SELECT id, byte_size FROM version"));
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return {};
    OB_TRY(const std::string text, read_text(database, rows.integer(0), {0, rows.number(1)}));
    counter.count(text);
  }
}

Status count_terms(Database& database, const SegmentRow& row, Counter& counter) {
  SegmentSource source(database, row.id);
  index::TermIterator terms(*row.segment, source);
  std::string joined;
  while (true) {
    OB_TRY(const bool found, terms.next());
    if (!found) break;
    joined.append(terms.term()).push_back('\0');
  }
  counter.count(joined);
  return {};
}

}  // namespace

Status count_in_tables(Database& database, const std::vector<SegmentRow>& segments, std::vector<Needle>& needles) {
  Counter counter(needles);
  OB_RETURN_IF_ERROR(count_texts(database, counter));
  OB_RETURN_IF_ERROR(count_columns(database, "SELECT title, content_hash, details FROM version", 3, counter));
  OB_RETURN_IF_ERROR(count_columns(database, "SELECT uri, source_uri FROM document", 2, counter));
  OB_RETURN_IF_ERROR(count_columns(database, "SELECT uri, content_hash FROM source", 2, counter));
  OB_RETURN_IF_ERROR(count_columns(database, "SELECT path FROM heading", 1, counter));
  OB_RETURN_IF_ERROR(count_columns(database, "SELECT bytes FROM source_map", 1, counter));
  for (const SegmentRow& row : segments) OB_RETURN_IF_ERROR(count_terms(database, row, counter));
  return {};
}

Result<std::uint64_t> count_in_file(const std::string& path, std::vector<Needle>& needles) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return 0ULL;
  std::size_t longest = 1;
  for (const Needle& needle : needles) longest = std::max(longest, needle.text.size());
  constexpr std::size_t kStep = std::size_t{4} << 20;
  Counter counter(needles);
  std::string window;
  std::uint64_t total = 0;
  while (file) {
    const std::size_t kept = std::min(window.size(), longest - 1);  // A needle may lie across two steps.
    window.erase(0, window.size() - kept);
    window.resize(kept + kStep);
    file.read(window.data() + kept, static_cast<std::streamsize>(kStep));
    const auto got = static_cast<std::size_t>(file.gcount());
    window.resize(kept + got);
    total += got;
    counter.count(window, kept);
  }
  if (file.bad()) return fail(Code::Io, "cannot read " + path);
  return total;
}

}  // namespace openbook::store
