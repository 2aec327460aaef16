#include "read/process.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "read/reading.h"
#include "read/registry.h"
#include "read/worker_link.h"

#ifndef OPENBOOK_LIBEXEC_DIR
#error "src/read/CMakeLists.txt says where the worker programs are installed"
#endif

namespace openbook::read {
namespace {

constexpr int kPipeBytes = 1 << 20;

/// The folder that holds the worker programs: beside the program (a build folder), in libexec beside its bin (an
/// installation, wherever it was moved), or where it was installed.
Result<std::string> find_programs(const std::string& named) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  std::vector<std::filesystem::path> folders = {self, self.parent_path() / "libexec/openbook", OPENBOOK_LIBEXEC_DIR};
  if (!named.empty()) folders = {named};
  std::string tried;
  for (const auto& folder : folders) {
    for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
      if (file.path().filename().string().starts_with("openbook-reader")) return folder.string();
    }
    tried += (tried.empty() ? "" : ", ") + folder.string();
  }
  return fail(Code::NotFound, "the reader programs (openbook-reader…) are not in " + tried +
                                  "; build or install openbook whole, or name their folder in OPENBOOK_LIBEXEC");
}

Error too_large(std::uint64_t bytes, bool is_at_least, const ReadLimits& limits) {
  return {Code::OverLimit,
          std::string("the file has ") + (is_at_least ? "more than " : "") + size_text(bytes) + ", the limit is " +
              size_text(limits.file_bytes) + "; raise it with --max-file-size",
          {}};
}

/// The source as a descriptor that can be mapped: the file itself, or a copy in memory of what is no regular file.
class Input {
 public:
  static Result<Input> of(const Source& source, const ReadLimits& limits) {
    Input input;
    if (source.descriptor < 0) return in_memory(source.bytes, limits);
    struct stat facts {};
    if (::fstat(source.descriptor, &facts) != 0) return fail(system_error("cannot look at the file", errno));
    if (S_ISDIR(facts.st_mode)) return fail(Code::InvalidInput, "this is a folder, not a file");
    if (S_ISREG(facts.st_mode)) {
      const auto size = static_cast<std::uint64_t>(facts.st_size);
      if (size > limits.file_bytes) return fail(too_large(size, false, limits));
      input.number_ = source.descriptor;
      return input;
    }
    auto bytes = read_whole(source.descriptor, limits.file_bytes);
    if (!bytes && bytes.error().code == Code::OverLimit) return fail(too_large(limits.file_bytes, true, limits));
    if (!bytes) return fail(std::move(bytes.error()));
    return in_memory(*bytes, limits);
  }

  int descriptor() const { return number_; }

  Result<std::string> head() const {
    std::string bytes(kHeadBytes, '\0');
    const ssize_t got = ::pread(number_, bytes.data(), bytes.size(), 0);
    if (got < 0) return fail(system_error("cannot read the file", errno));
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
  }

 private:
  static Result<Input> in_memory(std::string_view bytes, const ReadLimits& limits) {
    if (bytes.size() > limits.file_bytes) return fail(too_large(bytes.size(), false, limits));
    Input input;
    OB_TRY(input.copy_, make_memory_file(bytes));
    input.number_ = input.copy_.get();
    return input;
  }

  Descriptor copy_;
  int number_ = -1;
};

Job job_for(const ReaderEntry& entry, const Source& source, const ReadOptions& options, const ReadLimits& limits) {
  Job job;
  job.reader = entry.name;
  job.uri = source.uri;
  job.name = source.name;
  job.media_type = source.media_type;
  job.password = options.password;
  job.max_pages = options.max_pages;
  job.memory_bytes = limits.memory_bytes;
  job.cpu_seconds = static_cast<std::uint32_t>(limits.cpu.count());
  return job;
}

struct Channel {
  Descriptor ours;
  Descriptor theirs;
};

Result<Channel> make_answer_channel() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return fail(system_error("cannot make a socket for a reader", errno));
  }
  return Channel{Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace

struct ReaderProcess::State {
  std::string folder;
  const Ocr* ocr = nullptr;
  std::span<const ReaderEntry> entries;
  std::map<std::string, WorkerLink, std::less<>> links;  ///< By program.

  Result<WorkerLink*> link_to(const std::string& program) {
    if (const auto running = links.find(program); running != links.end()) return &running->second;
    OB_TRY(WorkerLink link, WorkerLink::start(folder + "/" + program));
    return &links.emplace(program, std::move(link)).first->second;
  }

  /// Hands the job to the row's worker program, which may have died since its last file: then to a new one.
  Result<WorkerLink*> send(const ReaderEntry& entry, const Job& job, const std::vector<int>& descriptors) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      OB_TRY(WorkerLink* const link, link_to(entry.program));
      if (link->send_job(job, descriptors)) return link;
      const int error = errno;
      links.erase(entry.program);
      if (error == EMSGSIZE) return fail(Code::OverLimit, "the file's name or address is too long");
    }
    return fail(Code::Unavailable, "the program " + folder + "/" + entry.program +
                                       " ends as soon as it is started; run it by hand to see why");
  }

  Status read(const Reading::Request& request, const Input& input) {
    OB_TRY(Pipe frames, make_pipe(kPipeBytes));
    OB_TRY(Channel answers, make_answer_channel());
    Job job = job_for(request.entry, request.source, request.options, request.limits);
    job.has_ocr = ocr != nullptr;
    OB_TRY(const WorkerLink* const link,
           send(request.entry, job, {input.descriptor(), frames.writer.get(), answers.theirs.get()}));
    frames.writer.close();
    answers.theirs.close();
    Reading reading(request, *link, std::move(frames.reader), std::move(answers.ours));
    Status done = reading.run();
    if (reading.lost_worker()) links.erase(request.entry.program);
    return done;
  }
};

ReaderProcess::ReaderProcess(std::unique_ptr<State> state) : state_(std::move(state)) {}
ReaderProcess::ReaderProcess(ReaderProcess&&) noexcept = default;
ReaderProcess& ReaderProcess::operator=(ReaderProcess&&) noexcept = default;
ReaderProcess::~ReaderProcess() = default;

Result<ReaderProcess> ReaderProcess::start(ReaderSetup setup) {
  auto state = std::make_unique<State>();
  OB_TRY(state->folder, find_programs(setup.programs_folder));
  state->ocr = setup.ocr;
  state->entries = setup.readers.empty() ? readers() : setup.readers;
  return ReaderProcess(std::move(state));
}

Status ReaderProcess::read(const Source& source, const ReadOptions& options, const ReadLimits& limits,
                           const DocumentSink& sink, std::stop_token stop) {
  if (stop.stop_requested()) return fail(Code::Cancelled, "cancelled before it was read");
  OB_TRY(const Input input, Input::of(source, limits));
  OB_TRY(const std::string head, input.head());
  const ReaderEntry* const entry = entry_for(state_->entries, source.name, head, source.media_type);
  if (entry == nullptr) return fail(unsupported_type(source.name, head));
  return state_->read({*entry, source, options, limits, sink, state_->ocr, stop}, input);
}

}  // namespace openbook::read
