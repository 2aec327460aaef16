/// Adding, searching and starting, beside FTS5 and Xapian: the section "speed" of docs/benchmarks.md.
///
///   bench_speed DATA [--markdown FILE]

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "eval/lines.h"
#include "eval/metrics.h"
#include "openbook/library.h"
#include "page.h"
#include "peer.h"
#include "retrieve/gather.h"
#include "split/splitter.h"
#include "store/store.h"
#include "timed_run.h"

namespace openbook::bench {
namespace {

constexpr std::size_t kQueries = 500;
constexpr std::size_t kTop = 20;
constexpr int kRuns = 11;
const std::string kProgram = OPENBOOK_PROGRAMS "/openbook";

struct Corpus {
  std::string name;
  Script script;
  std::vector<std::string> files;
  double rate_bar;  ///< MB/s.
};

struct Chunk {
  std::string title, text;
};

/// What was measured of one engine over one corpus.
struct Searched {
  std::string engine;
  double add_seconds = 0;
  std::uint64_t bytes = 0;
  double p50 = 0, p95 = 0;
};

struct Added {
  std::string knowledge_base;
  std::uint64_t text_bytes = 0;
  double seconds = 0;
  std::uint64_t peak_bytes = 0, file_bytes = 0;
};

std::uint64_t bytes_of(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) {
    const auto size = std::filesystem::file_size(path, ignored);
    return ignored ? 0 : size;
  }
  std::uint64_t sum = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path, ignored)) sum += bytes_of(entry.path());
  return sum;
}

std::string megabytes(std::uint64_t bytes) {
  return number(static_cast<double>(bytes) / 1e6, 1);
}

Result<Added> add_corpus(const Corpus& corpus, const std::string& folder) {
  Added added;
  for (const std::string& file : corpus.files)
    OB_RETURN_IF_ERROR(eval::each_object(file, [&](const Json& object) -> Status {
      added.text_bytes += eval::text_member(object, "text").size();
      return {};
    }));
  std::vector<TimedRun> runs;
  for (int i = 0; i < 3; ++i) {
    added.knowledge_base = folder + "/" + corpus.name + std::to_string(i) + ".db";
    std::vector<std::string> argv{kProgram, "--kb", added.knowledge_base, "--threads", "2", "add"};
    argv.insert(argv.end(), corpus.files.begin(), corpus.files.end());
    OB_TRY(const TimedRun run, timed_run(argv, true));
    runs.push_back(run);
    std::cerr << corpus.name << ": added in " << run.seconds << " s, peak " << run.peak_bytes / 1000000 << " MB\n";
  }
  std::ranges::sort(runs, {}, &TimedRun::seconds);
  added.seconds = runs[1].seconds;
  for (const TimedRun& run : runs) added.peak_bytes = std::max(added.peak_bytes, run.peak_bytes);
  added.file_bytes = bytes_of(added.knowledge_base) + bytes_of(added.knowledge_base + "-wal");
  return added;
}

/// Titles of documents, shuffled: what a heading query is.
std::vector<std::string> queries_of(const std::vector<DocumentInfo>& documents) {
  std::set<std::string> titles;
  for (const DocumentInfo& document : documents)
    if (!document.ref.title.empty()) titles.insert(document.ref.title);
  std::vector<std::string> queries(titles.begin(), titles.end());
  std::mt19937_64 random(1);
  for (std::size_t i = queries.size(); i > 1; --i) std::swap(queries[i - 1], queries[random() % i]);
  if (queries.size() > kQueries) queries.resize(kQueries);
  return queries;
}

Result<std::vector<Chunk>> chunks_of(const Library& library, const std::vector<DocumentInfo>& documents) {
  std::vector<Chunk> chunks;
  for (const DocumentInfo& info : documents) {
    OB_TRY(const book::Document document, library.document(info.ref.id));
    for (const book::Chunk& chunk : split_document(document))
      chunks.push_back({document.title, chunk.text_of(document.markdown)});
  }
  return chunks;
}

using Search = std::function<Status(const std::string& query)>;

/// One pass to warm up, three that count; each query's median.
Status time_queries(const std::vector<std::string>& queries, const Search& search, Searched& searched) {
  std::vector<double> medians;
  for (const std::string& query : queries) OB_RETURN_IF_ERROR(search(query));
  std::vector<std::vector<double>> millis(queries.size());
  for (int pass = 0; pass < 3; ++pass)
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const Stopwatch watch;
      OB_RETURN_IF_ERROR(search(queries[i]));
      millis[i].push_back(watch.millis());
    }
  for (std::vector<double>& times : millis) medians.push_back(eval::quantile(std::move(times), 0.5));
  searched.p50 = eval::quantile(medians, 0.5);
  searched.p95 = eval::quantile(medians, 0.95);
  return {};
}

/// Understanding the words and finding the best chunks' numbers: what the peers' figures hold too.
Result<Searched> time_own_search(const Added& added, const std::vector<std::string>& queries) {
  store::StoreOptions options;
  options.tokeniser = text::Tokeniser::identity();
  options.identity_check = store::IdentityCheck::Ignore;
  OB_TRY(const auto store, store::open_store(added.knowledge_base, store::OpenMode::ReadOnly, options));
  OB_TRY(const auto snapshot, store->snapshot());
  text::Tokeniser tokeniser;
  Searched searched{"openbook, numbers only", added.seconds, added.file_bytes, 0, 0};
  OB_RETURN_IF_ERROR(time_queries(
      queries,
      [&](const std::string& text) -> Status {
        book::Query query;
        query.text = query.corrected = text;
        query.terms = retrieve::query_terms(text, tokeniser);
        OB_RETURN_IF_ERROR(retrieve::candidates_for(*snapshot, query, kTop, nullptr));
        return {};
      },
      searched));
  return searched;
}

Result<Searched> time_library(const Library& library, const std::vector<std::string>& queries) {
  Searched searched{"openbook, whole search with text", 0, 0, 0, 0};
  OB_RETURN_IF_ERROR(time_queries(
      queries,
      [&](const std::string& query) -> Status {
        OB_RETURN_IF_ERROR(library.search(query, {kTop, {}}));
        return {};
      },
      searched));
  return searched;
}

Result<Searched> time_peer(Peer& peer, const std::string& path, const std::vector<Chunk>& chunks,
                           const std::vector<std::string>& queries) {
  Searched searched{peer.name(), 0, 0, 0, 0};
  const Stopwatch watch;
  for (const Chunk& chunk : chunks) OB_RETURN_IF_ERROR(peer.add(chunk.title, chunk.text));
  OB_RETURN_IF_ERROR(peer.finish());
  searched.add_seconds = watch.millis() / 1000;
  searched.bytes = bytes_of(path);
  OB_RETURN_IF_ERROR(time_queries(
      queries,
      [&](const std::string& query) -> Status {
        OB_RETURN_IF_ERROR(peer.search(query, kTop));
        return {};
      },
      searched));
  return searched;
}

/// Queries a second with two threads over those with one, whole searches on one Library.
double two_thread_factor(const Library& library, const std::vector<std::string>& queries) {
  const auto seconds_with = [&](std::size_t threads) {
    const Stopwatch watch;
    std::vector<std::jthread> running;
    for (std::size_t thread = 0; thread < threads; ++thread)
      running.emplace_back([&, thread] {
        for (std::size_t i = thread; i < 4 * queries.size(); i += threads)
          (void)library.search(queries[i % queries.size()], {kTop, {}});
      });
    running.clear();
    return watch.millis();
  };
  std::vector<double> factors;
  for (int i = 0; i < 3; ++i) {
    const double one = seconds_with(1);
    factors.push_back(one / seconds_with(2));
  }
  return eval::quantile(factors, 0.5);
}

struct Starts {
  double version = 0, search = 0, add_one = 0;  ///< Milliseconds, whole process.
};

Result<Starts> time_starts(const Added& added, const std::string& query, const std::string& folder) {
  Starts starts;
  OB_TRY(starts.version, median_millis(kRuns, [&](int) { return std::vector<std::string>{kProgram, "--version"}; }));
  OB_TRY(starts.search, median_millis(kRuns, [&](int) {
           return std::vector<std::string>{kProgram, "--kb", added.knowledge_base, "search", query};
         }));
  const auto note = [&](int i) { return folder + "/note" + std::to_string(i) + ".md"; };
  for (int i = 0; i < kRuns; ++i) {
    std::ofstream out(note(i));
    out << "# Note " << i << "\n\n";
    for (int line = 0; line < 20; ++line)
      out << "Line " << line << " of note " << i << " says that the pump in hall " << line * 7 + i
          << " was looked after and is in order. 第" << line << "号水泵已检修。\n\n";
  }
  OB_TRY(starts.add_one, median_millis(kRuns, [&](int i) {
           return std::vector<std::string>{kProgram, "--kb", added.knowledge_base, "add", note(i)};
         }));
  return starts;
}

struct Page {
  Table adding{{"corpus", "text MB", "s", "MB/s", "bar", "", "peak MB (< 400)", "file / text (< 1.6)"}};
  Table searching{{"corpus", "engine", "index s", "index MB", "p50 ms", "p95 ms", ""}};
  Table starting{
      {"corpus", "add one document, ms (< 30)", "one search, ms (< 50)", "--version, ms (< 20)", "two threads (1.8)"}};
  bool pass = true;

  std::string judged(double value, int decimals, bool reached) {
    pass &= reached;
    return number(value, decimals) + " " + verdict(reached);
  }
};

Status measure_searching(const Corpus& corpus, const Added& added, const std::string& folder, Page& page) {
  LibraryOptions options;
  options.programs_folder = OPENBOOK_PROGRAMS;
  OB_TRY(const Library library, Library::open(added.knowledge_base, options));
  OB_TRY(const std::vector<DocumentInfo> documents, library.list());
  const std::vector<std::string> queries = queries_of(documents);
  OB_TRY(const std::vector<Chunk> chunks, chunks_of(library, documents));
  std::cerr << corpus.name << ": " << chunks.size() << " chunks, " << queries.size() << " queries\n";
  OB_TRY(const Searched own, time_own_search(added, queries));
  OB_TRY(const Searched whole, time_library(library, queries));
  const std::string fts5_path = folder + "/" + corpus.name + ".fts5",
                    xapian_path = folder + "/" + corpus.name + ".xapian";
  OB_TRY(const auto fts5, make_fts5(fts5_path, corpus.script));
  OB_TRY(const Searched fts5_searched, time_peer(*fts5, fts5_path, chunks, queries));
  OB_TRY(const auto xapian, make_xapian(xapian_path, corpus.script));
  OB_TRY(const Searched xapian_searched, time_peer(*xapian, xapian_path, chunks, queries));
  const bool reached = own.p50 <= xapian_searched.p50 && own.p95 <= xapian_searched.p95;
  page.pass &= reached;
  for (const Searched& s : {own, whole, fts5_searched, xapian_searched})
    page.searching.add({corpus.name, s.engine, s.add_seconds > 0 ? number(s.add_seconds, 1) : "",
                        s.bytes > 0 ? megabytes(s.bytes) : "", number(s.p50, 2), number(s.p95, 2),
                        s.engine == own.engine ? verdict(reached) : ""});
  OB_TRY(const Starts starts, time_starts(added, queries.front(), folder));
  const double factor = two_thread_factor(library, queries);
  page.starting.add({corpus.name, page.judged(starts.add_one, 1, starts.add_one < 30),
                     page.judged(starts.search, 1, starts.search < 50),
                     page.judged(starts.version, 1, starts.version < 20), page.judged(factor, 2, factor >= 1.8)});
  return {};
}

Status measure(const Corpus& corpus, const std::string& folder, Page& page) {
  OB_TRY(const Added added, add_corpus(corpus, folder));
  const double rate = static_cast<double>(added.text_bytes) / 1e6 / added.seconds;
  const double peak = static_cast<double>(added.peak_bytes) / 1e6;
  const double share = static_cast<double>(added.file_bytes) / static_cast<double>(added.text_bytes);
  page.pass &= rate >= corpus.rate_bar;
  page.adding.add({corpus.name, megabytes(added.text_bytes), number(added.seconds, 2), number(rate, 2),
                   number(corpus.rate_bar, 0), verdict(rate >= corpus.rate_bar), page.judged(peak, 0, peak < 400),
                   page.judged(share, 2, share < 1.6)});
  std::cerr << page.adding.text();
  OB_RETURN_IF_ERROR(measure_searching(corpus, added, folder, page));
  std::cerr << page.searching.text() << page.starting.text();
  return {};
}

Result<Corpus> corpus_of(const std::string& data, const std::string& name, Script script,
                         const std::vector<std::string>& sets, double rate_bar) {
  Corpus corpus{name, script, {}, rate_bar};
  for (const std::string& set : sets) {
    OB_TRY(std::string file, eval::plain_or_gzip(data + "/text/" + set + "/docs.jsonl"));
    corpus.files.push_back(std::move(file));
  }
  return corpus;
}

Status run(const std::string& data, const std::string& page_path, bool& pass) {
  OB_TRY(const TemporaryFolder folder, TemporaryFolder::make());
  OB_TRY(const Corpus english,
         corpus_of(data, "English", Script::English, {"cpp_docs_en", "apisix_docs_en", "d2l_en"}, 8));
  OB_TRY(const Corpus chinese, corpus_of(data, "Chinese", Script::Chinese,
                                         {"classics_zh", "oi_wiki_zh", "tidb_docs_zh", "apisix_docs_zh", "d2l_zh"}, 4));
  Page page;
  OB_RETURN_IF_ERROR(measure(english, folder.path(), page));
  OB_RETURN_IF_ERROR(measure(chinese, folder.path(), page));
  pass = page.pass;
  const std::string text =
      "## Speed\n\n" + moment() + "; " + machine() + "; " + fts5_version() + ", " + xapian_version() +
      ".\n\nAdding with the program on two threads: reading in child processes, splitting, indexing, commit; median of "
      "3. "
      "The peak is the highest sum of resident memory of the program and its children.\n\n" +
      page.adding.text() +
      "\n500 document titles as queries, top 20, one thread, in one process; after a warming pass each query's median "
      "of "
      "3. \"Numbers only\" is what the peers' figures hold: query text to chunk numbers. The bar is Xapian's p50 and "
      "p95. "
      "The peers index the same chunk texts, without reading or splitting; openbook's file holds the text, its map and "
      "history too.\n\n" +
      page.searching.text() +
      "\nWhole processes, median of 11, files in the page cache; two threads: queries a second over those of one.\n\n" +
      page.starting.text() + "\n";
  std::cout << text;
  return page_path.empty() ? Status{} : replace_section(page_path, "speed", text);
}

}  // namespace
}  // namespace openbook::bench

int main(int count, char** values) {
  std::string data, page;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(values[i], "--markdown") == 0 && i + 1 < count)
      page = values[++i];
    else
      data = values[i];
  }
  if (data.empty()) {
    std::fprintf(stderr, "usage: bench_speed DATA [--markdown FILE]\n");
    return 2;
  }
  bool pass = true;
  const openbook::Status done = openbook::bench::run(data, page, pass);
  if (!done) std::fprintf(stderr, "bench_speed: %s\n", done.error().text().c_str());
  return !done ? 1 : pass ? 0 : 3;
}
