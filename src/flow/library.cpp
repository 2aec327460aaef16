#include "openbook/library.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

#include "answer/extractive.h"
#include "flow/calibration.h"
#include "flow/ingest.h"
#include "flow/library_state.h"

namespace openbook {
namespace {

DocumentInfo to_public(const store::DocumentInfo& info) {
  return {info.ref, info.format, info.byte_size, info.chunk_count, info.removed_at};
}

/// Does `uri` end in `name` at the border of a path's part?
bool ends_in(std::string_view uri, std::string_view name) {
  if (name.empty() || !uri.ends_with(name)) return false;
  const std::size_t before = uri.size() - name.size();
  return before == 0 || uri[before - 1] == '/' || uri[before - 1] == '#' || uri[before - 1] == ':';
}

/// A write that failed names the knowledge base: its disk is the one that is full.
template <typename T>
Result<T> named(Result<T> result, const std::string& path) {
  if (!result && result.error().code == Code::Io) return fail(std::move(result).error().at(path));
  return result;
}

Error ambiguous(std::string_view name, const std::vector<store::DocumentInfo>& found) {
  std::string message = "\"" + std::string(name) + "\" may mean " + std::to_string(found.size()) + " documents:";
  for (std::size_t i = 0; i < found.size() && i < 5; ++i)
    message += "\n  " + std::to_string(found[i].ref.id) + "  " + found[i].ref.uri;
  return Error{Code::InvalidInput, message + "\nwrite its number", {}};
}

}  // namespace

Library::Library(std::unique_ptr<State> state) : state_(std::move(state)) {}
Library::Library(Library&&) noexcept = default;
Library& Library::operator=(Library&&) noexcept = default;
Library::~Library() = default;

Result<Library> Library::open(const std::string& path, const LibraryOptions& options) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->options = options;
  if (state->options.thread_count == 0) state->options.thread_count = std::max(1U, std::thread::hardware_concurrency());
  state->splitter = split::make_structure_splitter();
  const index::FieldWeights weights{.title = 4, .heading = 2, .body = 2};
  store::StoreOptions store_options;
  store_options.tokeniser = text::Tokeniser::identity();
  store_options.splitter = state->splitter->identity();
  store_options.weights = weights;
  if (options.ignore_identity) store_options.identity_check = store::IdentityCheck::Ignore;
  const auto mode = options.create ? store::OpenMode::Create : store::OpenMode::ReadWrite;
  OB_TRY(state->store, store::open_store(path, mode, store_options));
  state->analyser = std::make_unique<flow::Analyser>(*state->splitter, weights);
  state->answerer = answer::make_extractive_answerer({flow::stored_calibration(*state->store)});
  return Library(std::move(state));
}

Result<AddReport> Library::add(const std::vector<std::string>& sources, const AddOptions& options,
                               const OnProgress& on_progress, std::stop_token stop) {
  const std::lock_guard lock(state_->writing);
  const flow::IngestContext context{*state_->store, *state_->analyser, state_->options.thread_count,
                                    state_->options.programs_folder};
  return named(flow::ingest(context, sources, options, on_progress, std::move(stop)), state_->path);
}

Result<AddReport> Library::update(const AddOptions& options, const OnProgress& on_progress, std::stop_token stop) {
  const std::lock_guard lock(state_->writing);
  const flow::IngestContext context{*state_->store, *state_->analyser, state_->options.thread_count,
                                    state_->options.programs_folder};
  return named(flow::ingest_again(context, options, on_progress, std::move(stop)), state_->path);
}

Result<std::vector<DocumentInfo>> Library::list(bool include_removed) const {
  OB_TRY(const auto snapshot, state_->store->snapshot());
  OB_TRY(const auto found, snapshot->list({.uri_prefix = {}, .source_uri = {}, .include_removed = include_removed}));
  std::vector<DocumentInfo> documents;
  documents.reserve(found.size());
  for (const store::DocumentInfo& info : found) documents.push_back(to_public(info));
  return documents;
}

Result<DocumentInfo> Library::find(std::string_view name) const {
  OB_TRY(const auto snapshot, state_->store->snapshot());
  book::DocumentId id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error == std::errc() && end == name.data() + name.size()) {
    OB_TRY(const auto by_id, snapshot->find(id));
    if (by_id) return to_public(*by_id);
  }
  std::error_code ignored;
  const std::string absolute = std::filesystem::absolute(name, ignored).lexically_normal().string();
  for (const std::string& uri : {std::string(name), absolute}) {
    OB_TRY(const auto by_uri, snapshot->find(uri));
    if (by_uri) return to_public(*by_uri);
  }
  OB_TRY(auto found, snapshot->list({.uri_prefix = {}, .source_uri = {}, .include_removed = true}));
  std::erase_if(found, [name](const store::DocumentInfo& info) { return !ends_in(info.ref.uri, name); });
  if (found.size() == 1) return to_public(found[0]);
  if (found.size() > 1) return fail(ambiguous(name, found));
  return fail(Code::NotFound, "no document \"" + std::string(name) + "\"; `openbook list` shows what there is");
}

Result<book::Document> Library::document(book::DocumentId id, int version) const {
  OB_TRY(const auto snapshot, state_->store->snapshot());
  return snapshot->document(id, version);
}

Result<std::vector<VersionInfo>> Library::history(book::DocumentId id) const {
  OB_TRY(const auto snapshot, state_->store->snapshot());
  OB_TRY(const auto info, snapshot->find(id));
  if (!info) return fail(Code::NotFound, "no document " + std::to_string(id));
  OB_TRY(const auto found, snapshot->history(info->ref.uri));
  std::vector<VersionInfo> versions;
  versions.reserve(found.size());
  for (const store::VersionInfo& v : found)
    versions.push_back({v.number, v.title, v.content_hash, v.added_at, v.ended_at, v.byte_size});
  return versions;
}

Status Library::remove(const std::vector<book::DocumentId>& ids) {
  const std::lock_guard lock(state_->writing);
  OB_TRY(const auto writer, state_->store->writer());
  for (const book::DocumentId id : ids) OB_RETURN_IF_ERROR(writer->remove(id));
  OB_RETURN_IF_ERROR(named(writer->commit(), state_->path));
  return {};
}

Result<ForgetReceipt> Library::forget(const std::vector<book::DocumentId>& ids) {
  const std::lock_guard lock(state_->writing);
  OB_TRY(const auto writer, state_->store->writer());
  OB_TRY(const store::Receipt erased, named(writer->forget(ids), state_->path));
  ForgetReceipt receipt;
  receipt.uris = erased.uris;
  receipt.version_count = erased.version_count;
  receipt.chunk_count = erased.chunk_count;
  receipt.term_count = erased.term_count;
  for (const store::ReceiptLine& line : erased.checked)
    receipt.checked.push_back({line.kind, line.text, line.in_tables, line.in_bytes});
  receipt.shared = erased.shared;
  receipt.bytes_searched = erased.bytes_searched;
  receipt.revision = erased.revision;
  receipt.clean = erased.clean();
  return receipt;
}

Result<LibraryStatistics> Library::statistics() const {
  OB_TRY(const auto snapshot, state_->store->snapshot());
  OB_TRY(const std::uint64_t documents, snapshot->document_count());
  return LibraryStatistics{documents, snapshot->chunk_count(), snapshot->revision()};
}

Status read_document(const std::string& path, const AddOptions& options, const LibraryOptions& library_options,
                     const std::function<Status(book::Document)>& sink, std::stop_token stop) {
  return flow::read_one(path, options, library_options.programs_folder, sink, std::move(stop));
}

std::vector<book::Chunk> split_document(const book::Document& document) {
  return split::make_structure_splitter()->split(document.markdown);
}

}  // namespace openbook
