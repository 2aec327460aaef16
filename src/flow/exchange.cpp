// Export, import and reindexing: a library as JSON lines, and a library made anew from its own documents.
#include <fstream>

#include "base/atomic_file.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "flow/library_state.h"
#include "openbook/library.h"

namespace openbook {
namespace {

constexpr const char* kFormat = "openbook-export";
constexpr int kFormatVersion = 1;

Json to_export_line(const book::Document& document, const store::VersionInfo& version,
                    const store::DocumentInfo& info) {
  Json line = {{"uri", document.uri},
               {"title", document.title},
               {"language", document.language},
               {"format", document.format},
               {"source", info.source_uri},
               {"added", to_iso8601(version.added_at)},
               {"sha256", version.content_hash},
               {"metadata", document.metadata},
               {"source_map", to_base64(encode(document.source))},
               {"markdown", document.markdown}};
  if (version.ended_at) line["ended"] = to_iso8601(*version.ended_at);
  return line;
}

/// A document of an export, and where it had come from.
struct Imported {
  book::Document document;
  std::string source_uri;
};

Result<Imported> from_export_line(const Json& line) {
  try {
    Imported imported;
    book::Document& document = imported.document;
    document.uri = line.at("uri").get<std::string>();
    document.title = line.value("title", "");
    document.language = line.value("language", "und");
    document.format = line.value("format", "");
    document.markdown = line.at("markdown").get<std::string>();
    document.metadata = line.value("metadata", std::map<std::string, std::string>{});
    OB_TRY(const std::string map, from_base64(line.value("source_map", "")));
    if (!map.empty()) {
      OB_TRY(document.source, book::decode_source_map(map));
    }
    const auto& spans = document.source.spans;
    if (!spans.empty() && spans.back().range.end > document.markdown.size())
      return fail(Code::Corrupt, "the line's source map reaches beyond its Markdown; export the document again");
    imported.source_uri = line.value("source", "");
    return imported;
  } catch (const nlohmann::json::exception& error) {
    return fail(Code::Corrupt, std::string("the line is no exported document: ") + error.what());
  }
}

/// Is the first line of a file that of an export which this version reads?
Status check_head(const std::string& path, const std::string& text) {
  const Result<Json> head = parse_json(text);
  const auto member = [&](const char* name) { return head && head->is_object() ? head->value(name, Json()) : Json(); };
  if (member("format") != kFormat || !member("version").is_number_integer())
    return fail(Code::Corrupt, path + " is not an openbook export; its first line should name the format and version");
  if (member("version") > kFormatVersion)
    return fail(Code::Unsupported, path + " was written by a newer openbook; update this one to import it");
  return {};
}

}  // namespace

Status Library::export_to(const std::string& path, bool history) const {
  OB_TRY(const auto snapshot, state_->store->snapshot());
  OB_TRY(const auto documents, snapshot->list({.uri_prefix = {}, .source_uri = {}, .include_removed = history}));
  AtomicFile file;
  OB_RETURN_IF_ERROR(file.open(path));
  OB_RETURN_IF_ERROR(file.write(
      to_text(Json{{"format", kFormat}, {"version", kFormatVersion}, {"documents", documents.size()}}) + "\n"));
  for (const store::DocumentInfo& info : documents) {
    OB_TRY(const auto versions, snapshot->history(info.ref.uri));
    for (const store::VersionInfo& version : versions) {
      if (!history && version.number != info.ref.version) continue;
      OB_TRY(const book::Document document, snapshot->document(info.ref.id, version.number));
      OB_RETURN_IF_ERROR(file.write(to_text(to_export_line(document, version, info)) + "\n"));
    }
  }
  return file.commit();
}

Result<AddReport> Library::import_from(const std::string& path, std::stop_token stop) {
  const std::lock_guard lock(state_->writing);
  const Stopwatch watch;
  std::ifstream file(path);
  if (!file) return fail(Code::NotFound, path + " cannot be opened; name a file that `openbook export` wrote");
  std::string text;
  std::getline(file, text);
  OB_RETURN_IF_ERROR(check_head(path, text));
  OB_TRY(const auto writer, state_->store->writer());
  OB_TRY(const auto snapshot, state_->store->snapshot());
  AddReport report;
  report.files = 1;
  for (std::size_t number = 2; std::getline(file, text) && !stop.stop_requested(); ++number) {
    const auto where = path + " line " + std::to_string(number);
    Result<Json> line = parse_json(text);
    Result<Imported> imported = line ? from_export_line(*line) : Result<Imported>(fail(line.error()));
    if (!imported) {
      report.failures.push_back({where, imported.error()});
      continue;
    }
    book::Document& document = imported->document;
    const std::string hash = flow::content_hash_of(document);
    OB_TRY(const auto known, snapshot->find(document.uri));
    if (known && !known->removed_at && known->content_hash == hash) {
      ++report.unchanged;
      continue;
    }
    report.markdown_bytes += document.markdown.size();
    ++(known ? report.updated : report.added);
    OB_RETURN_IF_ERROR(writer->put(state_->analyser->analyse(std::move(document), hash, imported->source_uri)));
  }
  OB_TRY(report.revision, writer->commit());
  report.cancelled = stop.stop_requested();
  report.seconds = watch.millis() / 1000;
  return report;
}

Status Library::reindex(const OnProgress& on_progress, std::stop_token stop) {
  const std::lock_guard lock(state_->writing);
  OB_TRY(const auto snapshot, state_->store->snapshot());
  OB_TRY(const auto writer, state_->store->writer());
  OB_TRY(const auto documents, snapshot->list({.uri_prefix = {}, .source_uri = {}, .include_removed = true}));
  AddProgress progress{documents.size(), 0, {}, 0};
  for (const store::DocumentInfo& info : documents) {
    OB_TRY(const auto versions, snapshot->history(info.ref.uri));
    for (const store::VersionInfo& version : versions) {
      if (stop.stop_requested()) return fail(Code::Cancelled, "stopped; run `openbook reindex` again to finish");
      OB_TRY(const book::Document document, snapshot->document(info.ref.id, version.number));
      auto [chunks, terms] = state_->analyser->chunks_and_terms(document);
      progress.bytes_done += document.markdown.size();
      OB_RETURN_IF_ERROR(writer->reindex(info.ref.id, version.number, std::move(chunks), std::move(terms)));
    }
    ++progress.files_done;
    progress.current = info.ref.uri;
    if (on_progress) on_progress(progress);
  }
  OB_RETURN_IF_ERROR(writer->adopt_identity());
  OB_RETURN_IF_ERROR(writer->commit());
  return {};
}

}  // namespace openbook
