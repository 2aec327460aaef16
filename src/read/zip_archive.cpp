#include "read/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>

#include "read/zip_salvage.h"

namespace openbook::read {
namespace {

constexpr std::size_t kPieceBytes = 256u << 10;

std::string folded_name(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      folded += static_cast<char>(c - 'A' + 'a');
    } else {
      folded += c == '\\' ? '/' : c;
    }
  }
  while (folded.starts_with('/')) folded.erase(0, 1);
  return folded;
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes >> 20) + " MiB";
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

}  // namespace

struct ZipArchive::State {
  std::string_view bytes;
  ZipLimits limits;
  std::unique_ptr<zip_t, DiscardArchive> archive;  ///< Null when salvaged.
  std::vector<SalvagedPart> salvaged;
  std::vector<std::string> names;
  std::unordered_map<std::string, std::uint64_t> index;  ///< Folded name → number of the entry.
  std::uint64_t total_bytes = 0;                         ///< Unpacked so far.

  Status list_entries();
  void list_salvaged();
};

Status ZipArchive::State::list_entries() {
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count > 0 && static_cast<std::uint64_t>(count) > limits.max_entries)
    return fail(Code::OverLimit, std::to_string(count) + " entries in the ZIP archive, limit " +
                                     std::to_string(limits.max_entries) + "; unpack it and add its files one by one");
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(archive.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
    names.emplace_back(name == nullptr ? "" : name);
    if (name != nullptr) index.try_emplace(folded_name(name), static_cast<std::uint64_t>(i));
  }
  return {};
}

void ZipArchive::State::list_salvaged() {
  for (std::size_t i = 0; i < salvaged.size(); ++i) {
    names.push_back(salvaged[i].name);
    index.try_emplace(folded_name(salvaged[i].name), i);
  }
}

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const ZipLimits& limits) {
  auto state = std::make_unique<State>();
  state->bytes = bytes;
  state->limits = limits;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) {
    state->archive.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!state->archive) zip_source_free(source);
  }
  const std::string reason = state->archive ? "" : zip_error_strerror(&error);
  zip_error_fini(&error);
  if (state->archive) {
    OB_RETURN_IF_ERROR(state->list_entries());
  } else {
    state->salvaged = salvage_parts(bytes, limits.max_entries);
    state->list_salvaged();
  }
  if (state->names.empty())
    return fail(Code::Corrupt, "not a readable ZIP archive (" + (reason.empty() ? "it is empty" : reason) +
                                   "); the file is damaged or incomplete: fetch it again or save it anew");
  return ZipArchive(std::move(state));
}

bool ZipArchive::contains(std::string_view name) const {
  return state_->index.contains(folded_name(name));
}

std::vector<std::string> ZipArchive::names() const {
  return state_->names;
}

bool ZipArchive::is_salvaged() const {
  return !state_->archive;
}

struct ZipStream::State {
  ZipArchive::State* archive = nullptr;
  std::string name;
  std::unique_ptr<zip_file_t, CloseFile> file;
  std::unique_ptr<Inflater> inflater;  ///< Of a salvaged part.
  std::uint64_t packed_bytes = 1;
  std::uint64_t unpacked_bytes = 0;

  Result<std::size_t> read(std::span<char> piece);
  Status check_limits() const;
};

Result<std::size_t> ZipStream::State::read(std::span<char> piece) {
  if (inflater) return inflater->read(piece);
  const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
  if (got < 0)
    return fail(Code::Corrupt, "part " + name + " of the archive is damaged (" + zip_file_strerror(file.get()) + ")");
  return static_cast<std::size_t>(got);
}

Status ZipStream::State::check_limits() const {
  const ZipLimits& limits = archive->limits;
  if (unpacked_bytes > limits.max_stream_bytes)
    return fail(Code::OverLimit, "part " + name + " unpacks to more than " + megabytes(limits.max_stream_bytes));
  if (archive->total_bytes > limits.max_total_bytes)
    return fail(Code::OverLimit, "the archive unpacks to more than " + megabytes(limits.max_total_bytes));
  if (unpacked_bytes > limits.ratio_free_bytes && unpacked_bytes / packed_bytes > limits.max_ratio)
    return fail(Code::OverLimit, "part " + name + " unpacks to over " + std::to_string(limits.max_ratio) +
                                     " times its packed size, as only a ZIP bomb does; it was not read further");
  return {};
}

ZipStream::ZipStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipStream::~ZipStream() = default;
ZipStream::ZipStream(ZipStream&&) noexcept = default;
ZipStream& ZipStream::operator=(ZipStream&&) noexcept = default;

Result<bool> ZipStream::next(std::string& into) {
  const std::size_t before = into.size();
  into.resize(before + kPieceBytes);
  const Result<std::size_t> got = state_->read(std::span(into).subspan(before));
  into.resize(before + got.value_or(0));
  if (!got) return fail(got.error());
  state_->unpacked_bytes += *got;
  state_->archive->total_bytes += *got;
  OB_RETURN_IF_ERROR(state_->check_limits());
  return *got > 0;
}

Result<ZipStream> ZipArchive::stream(std::string_view name) {
  const auto found = state_->index.find(folded_name(name));
  if (found == state_->index.end()) return fail(Code::NotFound, "the archive has no part " + std::string(name));
  auto stream = std::make_unique<ZipStream::State>();
  stream->archive = state_.get();
  stream->name = name;
  if (!state_->archive) {
    const SalvagedPart& part = state_->salvaged[found->second];
    stream->packed_bytes = std::max<std::uint64_t>(1, part.packed.size());
    OB_TRY(stream->inflater, Inflater::open(part));
    return ZipStream(std::move(stream));
  }
  zip_stat_t about;
  if (zip_stat_index(state_->archive.get(), found->second, 0, &about) == 0) {
    if ((about.valid & ZIP_STAT_COMP_SIZE) != 0) stream->packed_bytes = std::max<std::uint64_t>(1, about.comp_size);
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
      return fail(Code::Unsupported, "part " + std::string(name) + " is encrypted; save the file without a password");
  }
  stream->file.reset(zip_fopen_index(state_->archive.get(), found->second, 0));
  if (!stream->file)
    return fail(Code::Corrupt,
                "part " + std::string(name) + " cannot be unpacked (" + zip_strerror(state_->archive.get()) + ")");
  return ZipStream(std::move(stream));
}

Result<std::string> ZipArchive::read(std::string_view name) {
  OB_TRY(ZipStream pieces, stream(name));
  std::string part;
  for (;;) {
    OB_TRY(const bool more, pieces.next(part));
    if (!more) return part;
    if (part.size() > state_->limits.max_part_bytes)
      return fail(Code::OverLimit,
                  "part " + std::string(name) + " is larger than " + megabytes(state_->limits.max_part_bytes));
  }
}

}  // namespace openbook::read
