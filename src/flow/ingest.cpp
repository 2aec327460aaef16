#include "flow/ingest.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include "base/descriptor.h"
#include "base/files.h"
#include "base/thread_pool.h"
#include "flow/document_queue.h"
#include "net/http_client.h"
#include "read/tesseract.h"

namespace openbook::flow {
namespace {

/// Changes when a reader would make other documents of the same file.
constexpr const char* kReaderIdentity = "openbook-read/1";
constexpr std::uint64_t kBytesUnderWay = 24 << 20;
constexpr std::size_t kDocumentsBetweenProgress = 64;
/// A file changed this shortly before it was read may change again within the same tick of its clock.
constexpr Millis kClockSlack = 2000;

struct KnownDocument {
  book::DocumentId id = 0;
  std::string content_hash;
};

/// A file to be read, and what the library holds of it.
struct Job {
  Origin origin;
  std::unordered_map<std::string, KnownDocument> known;
};

/// Opens or fetches one origin and has it read.
Status read_origin(read::ReaderProcess& process, const Origin& origin, const AddOptions& options,
                   const read::DocumentSink& sink, std::stop_token stop) {
  read::Source source{origin.uri, origin.name, {}, -1, {}};
  const read::ReadOptions read_options{.password = options.password, .max_pages = options.max_pages};
  const read::ReadLimits limits = limits_of(options);
  if (origin.kind == OriginKind::Url) {
    OB_TRY(const net::HttpClient client, net::HttpClient::make());
    OB_TRY(const net::Fetched page, client.fetch(origin.uri, {.max_bytes = limits.file_bytes}, stop));
    source.bytes = page.bytes;
    source.media_type = page.media_type;
    return process.read(source, read_options, limits, sink, stop);
  }
  if (origin.kind == OriginKind::Stdin) {
    OB_TRY(const std::string bytes, read_whole(STDIN_FILENO, limits.file_bytes));
    source.bytes = bytes;
    return process.read(source, read_options, limits, sink, stop);
  }
  OB_TRY(const Descriptor file, open_for_reading(origin.uri));
  source.descriptor = file.get();
  return process.read(source, read_options, limits, sink, stop);
}

class Ingest {
 public:
  Ingest(const IngestContext& context, const AddOptions& options, const Library::OnProgress& on_progress,
         std::stop_token stop)
      : context_(context), options_(options), on_progress_(on_progress), stop_(std::move(stop)) {
    if (options.ocr) ocr_ = std::make_unique<read::TesseractOcr>();
  }

  Result<AddReport> run(Enumeration found) {
    const Stopwatch watch;
    report_.files = found.origins.size();
    report_.failures = std::move(found.failures);
    OB_RETURN_IF_ERROR(plan(found));
    OB_TRY(writer_, context_.store.writer());
    if (options_.prune) OB_RETURN_IF_ERROR(prune());
    OB_RETURN_IF_ERROR(read_and_write());
    OB_TRY(report_.revision, writer_->commit());
    report_.cancelled = stop_.stop_requested();
    report_.seconds = watch.millis() / 1000;
    return std::move(report_);
  }

 private:
  /// Sorts out what is unchanged by size and time, and what has vanished from the folders named.
  Status plan(Enumeration& found) {
    OB_TRY(const auto snapshot, context_.store.snapshot());
    std::error_code ignored;
    std::unordered_set<std::string_view> present;
    for (const Origin& origin : found.origins) present.insert(origin.uri);
    for (const std::string& folder : found.folders) {
      OB_TRY(const auto sources, snapshot->sources(folder));
      for (const store::SourceFile& source : sources) {
        const bool gone = !present.contains(source.uri) && !std::filesystem::exists(source.uri, ignored);
        if (gone && !was_not_listed(source.uri)) found.vanished.push_back(source.uri);
      }
    }
    for (const std::string& uri : found.vanished) {
      if (!options_.prune) break;
      OB_TRY(const auto documents, snapshot->list({.uri_prefix = {}, .source_uri = uri, .include_removed = false}));
      for (const store::DocumentInfo& document : documents) pruned_.push_back(document.ref.id);
    }
    report_.vanished = std::move(found.vanished);
    for (Origin& origin : found.origins) {
      OB_TRY(const auto source, snapshot->find_source(origin.uri));
      if (source && origin.kind == OriginKind::File && source->size == origin.size &&
          source->modified == origin.modified && source->reader == kReaderIdentity && origin.modified != 0) {
        ++report_.unchanged;
        continue;
      }
      Job job{std::move(origin), {}};
      OB_TRY(const auto documents,
             snapshot->list({.uri_prefix = {}, .source_uri = job.origin.uri, .include_removed = false}));
      for (const store::DocumentInfo& document : documents)
        job.known.emplace(document.ref.uri, KnownDocument{document.ref.id, document.content_hash});
      jobs_.push_back(std::move(job));
    }
    return {};
  }

  /// A folder that could not be listed says nothing about the files in it.
  bool was_not_listed(const std::string& uri) const {
    return std::ranges::any_of(report_.failures, [&](const Failure& f) { return uri.starts_with(f.uri); });
  }

  Status prune() {
    for (const book::DocumentId id : pruned_) OB_RETURN_IF_ERROR(writer_->remove(id));
    report_.removed += pruned_.size();
    return {};
  }

  Status read_and_write() {
    const std::size_t threads = std::max<std::size_t>(1, context_.thread_count);
    DocumentQueue queue(jobs_.size(), kBytesUnderWay);
    std::atomic<std::size_t> next{0};
    ThreadPool analysts(threads);
    ThreadPool readers(std::min(threads, std::max<std::size_t>(1, jobs_.size())));
    for (std::size_t i = 0; i < readers.thread_count(); ++i) readers.submit([&] { read_jobs(queue, analysts, next); });
    Status written;
    for (std::size_t i = 0; i < jobs_.size() && written && !stop_.stop_requested(); ++i) {
      written = write_job(queue, i);
      tell(jobs_[i].origin.name, i + 1);
    }
    queue.close();
    return written;
  }

  // On the readers' threads.

  void read_jobs(DocumentQueue& queue, ThreadPool& analysts, std::atomic<std::size_t>& next) {
    Result<read::ReaderProcess> process =
        read::ReaderProcess::start({.programs_folder = context_.programs_folder, .ocr = ocr_.get(), .readers = {}});
    for (std::size_t i = next++; i < jobs_.size(); i = next++) {
      if (queue.is_closed()) return;
      if (!process)
        queue.finish(i, fail(process.error()));
      else
        queue.finish(i, read_job(*process, queue, analysts, i));
    }
  }

  Status read_job(read::ReaderProcess& process, DocumentQueue& queue, ThreadPool& analysts, std::size_t index) {
    Job& job = jobs_[index];
    const auto sink = [&](book::Document document) -> Status {
      Arrival arrival = arrive(job, std::move(document), analysts);
      if (!queue.put(index, std::move(arrival))) return fail(Code::Cancelled, "stopped before it was read");
      return {};
    };
    return read_origin(process, job.origin, options_, sink, stop_);
  }

  Arrival arrive(const Job& job, book::Document document, ThreadPool& analysts) {
    Arrival arrival;
    arrival.uri = document.uri;
    arrival.markdown_bytes = document.markdown.size();
    arrival.notes = document.notes;
    if (document.markdown.find_first_not_of(" \n") == std::string::npos && arrival.notes.empty())
      arrival.notes.emplace_back("there is no text in it");
    std::string hash = content_hash_of(document);
    if (const auto known = job.known.find(document.uri); known != job.known.end()) {
      arrival.known = true;
      arrival.unchanged = known->second.content_hash == hash;
    }
    if (arrival.unchanged) return arrival;
    std::packaged_task<store::NewDocument()> task(
        [this, document = std::move(document), hash = std::move(hash), source = job.origin.uri]() mutable {
          return context_.analyser.analyse(std::move(document), std::move(hash), std::move(source));
        });
    arrival.analysed = task.get_future();
    analysts.submit(std::move(task));
    return arrival;
  }

  // On the caller's thread.

  Status write_job(DocumentQueue& queue, std::size_t index) {
    Job& job = jobs_[index];
    std::unordered_set<std::string> seen;
    bool changed = false;
    while (std::optional<Arrival> arrival = queue.take(index)) {
      if (stop_.stop_requested()) return {};
      seen.insert(arrival->uri);
      for (std::string& note : arrival->notes) report_.notes.emplace_back(arrival->uri, std::move(note));
      report_.markdown_bytes += arrival->markdown_bytes;
      if (arrival->unchanged) continue;
      changed = true;
      OB_RETURN_IF_ERROR(writer_->put(arrival->analysed.get()));
      ++(arrival->known ? report_.updated : report_.added);
      if (seen.size() % kDocumentsBetweenProgress == 0) tell(arrival->uri, index);
    }
    if (Status status = queue.status(index); !status) {
      if (!stop_.stop_requested()) report_.failures.push_back({job.origin.uri, std::move(status).error()});
      return {};
    }
    for (const auto& [uri, known] : job.known) {
      if (seen.contains(uri)) continue;
      changed = true;
      OB_RETURN_IF_ERROR(writer_->remove(known.id));
      ++report_.removed;
    }
    if (!changed) ++report_.unchanged;
    return record(job.origin);
  }

  Status record(const Origin& origin) {
    const bool settled = origin.kind == OriginKind::File && origin.modified + kClockSlack < now_millis();
    return writer_->put_source({origin.uri, origin.size, settled ? origin.modified : 0, {}, kReaderIdentity});
  }

  void tell(const std::string& item, std::size_t files_done) {
    if (on_progress_) on_progress_({jobs_.size(), files_done, item, report_.markdown_bytes});
  }

  const IngestContext& context_;
  const AddOptions& options_;
  const Library::OnProgress& on_progress_;
  std::stop_token stop_;
  std::unique_ptr<read::Ocr> ocr_;
  std::unique_ptr<store::Writer> writer_;
  std::vector<Job> jobs_;
  std::vector<book::DocumentId> pruned_;
  AddReport report_;
};

}  // namespace

read::ReadLimits limits_of(const AddOptions& options) {
  read::ReadLimits limits;
  limits.memory_bytes = options.read_memory_bytes;
  limits.file_bytes = options.max_file_bytes;
  limits.output_bytes = options.max_output_bytes;
  limits.cpu = std::chrono::seconds(options.read_seconds);
  limits.wall = 2 * limits.cpu;
  return limits;
}

Result<AddReport> ingest(const IngestContext& context, const std::vector<std::string>& sources,
                         const AddOptions& options, const Library::OnProgress& on_progress, std::stop_token stop) {
  Enumeration found = enumerate(sources, options, stop);
  return Ingest(context, options, on_progress, std::move(stop)).run(std::move(found));
}

Result<AddReport> ingest_again(const IngestContext& context, const AddOptions& options,
                               const Library::OnProgress& on_progress, std::stop_token stop) {
  std::vector<std::string> sources, vanished;
  {
    OB_TRY(const auto snapshot, context.store.snapshot());
    OB_TRY(const auto recorded, snapshot->sources(""));
    for (const store::SourceFile& source : recorded) {
      if (source.uri.starts_with("stdin:")) continue;
      const bool there = net::is_web_address(source.uri) || std::filesystem::exists(source.uri);
      (there ? sources : vanished).push_back(source.uri);
    }
  }
  Enumeration found = enumerate(sources, options, stop);
  found.vanished = std::move(vanished);
  return Ingest(context, options, on_progress, std::move(stop)).run(std::move(found));
}

Status read_one(const std::string& source, const AddOptions& options, const std::string& programs_folder,
                const read::DocumentSink& sink, std::stop_token stop) {
  const Enumeration found = enumerate({source}, options, stop);
  if (!found.failures.empty()) return fail(Error(found.failures[0].error).at(found.failures[0].uri));
  if (found.origins.size() != 1)
    return fail(Code::InvalidInput, source + " is a folder; name one file, or use `openbook add` for folders");
  const auto ocr = options.ocr ? std::make_unique<read::TesseractOcr>() : nullptr;
  OB_TRY(auto process,
         read::ReaderProcess::start({.programs_folder = programs_folder, .ocr = ocr.get(), .readers = {}}));
  if (Status read = read_origin(process, found.origins[0], options, sink, std::move(stop)); !read)
    return fail(std::move(read).error().at(source));
  return {};
}

}  // namespace openbook::flow
