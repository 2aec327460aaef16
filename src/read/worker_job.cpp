#include "read/worker_job.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <string>

#include "base/bytes.h"
#include "base/files.h"
#include "read/ocr.h"

namespace openbook::read {
namespace {

/// Writes frames to the program, small ones together.
class FrameWriter {
 public:
  explicit FrameWriter(int pipe) : pipe_(pipe) { pending_.reserve(kBatch + kBatch / 4); }

  Status write(FrameKind kind, std::string_view body) {
    pending_ += frame_header(kind, body.size());
    if (pending_.size() + body.size() <= kBatch) {
      pending_ += body;
      return {};
    }
    OB_RETURN_IF_ERROR(flush());
    return send(body);
  }

  Status flush() {
    const Status sent = send(pending_);
    pending_.clear();
    return sent;
  }

 private:
  static constexpr std::size_t kBatch = 256 << 10;

  Status send(std::string_view bytes) const {
    if (!write_all(pipe_, bytes)) return fail(system_error("cannot give documents to the program", errno));
    return {};
  }

  int pipe_;
  std::string pending_;
};

/// Asks the program to recognise pictures, since a locked-in process cannot run a recogniser.
class OcrProxy final : public Ocr {
 public:
  OcrProxy(FrameWriter& frames, int answers) : frames_(frames), answers_(answers) {}

  Result<std::vector<OcrWord>> recognise(std::string_view image_bytes) const override {
    OB_RETURN_IF_ERROR(frames_.write(FrameKind::Picture, image_bytes));
    OB_RETURN_IF_ERROR(frames_.flush());
    OB_TRY(const std::string length, receive(8));
    OB_TRY(const std::string answer, receive(ByteReader(length).u64()));
    const std::string_view body = std::string_view(answer).substr(std::min<std::size_t>(answer.size(), 1));
    if (answer.empty() || answer[0] != 1) return fail(decode_error(body));
    return decode_ocr_words(body);
  }

 private:
  Result<std::string> receive(std::size_t size) const {
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size;) {
      const ssize_t got = ::read(answers_, bytes.data() + at, size - at);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return fail(Code::Io, "the program no longer answers");
      at += static_cast<std::size_t>(got);
    }
    return bytes;
  }

  FrameWriter& frames_;
  int answers_;
};

Result<std::unique_ptr<Reader>> make_reader(std::span<const ReaderEntry> readers, const std::string& name) {
  const auto row = std::find_if(readers.begin(), readers.end(), [&](const auto& entry) { return entry.name == name; });
  if (row == readers.end() || row->make == nullptr) {
    return fail(Code::Unsupported,
                "this worker program has no " + name + " reader; its version may differ from openbook's");
  }
  return row->make();
}

Status read_file(const WorkerProgram& program, const Result<Sandbox>& sandbox, const Job& job,
                 const JobDescriptors& descriptors, FrameWriter& frames) {
  if (!sandbox) return fail(sandbox.error());
  OB_TRY(const MappedFile file, MappedFile::of(descriptors.input.get()));
  OB_TRY(const std::unique_ptr<Reader> reader, make_reader(program.readers, job.reader));
  ResourceLimits limits;
  limits.memory_bytes = job.memory_bytes;
  limits.cpu_seconds = job.cpu_seconds;
  OB_RETURN_IF_ERROR(sandbox->enter(limits));

  const OcrProxy ocr(frames, descriptors.answers.get());
  ReadOptions options;
  options.password = job.password;
  options.max_pages = job.max_pages;
  options.ocr = job.has_ocr ? &ocr : nullptr;
  return reader->read({job.uri, job.name, job.media_type, file.bytes()}, options, [&](book::Document document) {
    return frames.write(FrameKind::Document, book::encode(document));
  });
}

Status read_file_catching(const WorkerProgram& program, const Result<Sandbox>& sandbox, const Job& job,
                          const JobDescriptors& descriptors, FrameWriter& frames) {
  try {
    return read_file(program, sandbox, job, descriptors, frames);
  } catch (const std::exception& error) {
    return fail(Code::Bug, std::string("the reader threw an exception: ") + error.what());
  }
}

}  // namespace

void run_job(const WorkerProgram& program, const Result<Sandbox>& sandbox, const Job& job, JobDescriptors descriptors) {
  // Simpler than unwinding from anywhere, and it cannot fail for want of memory.
  std::set_new_handler([] { ::_exit(kOutOfMemoryExit); });
  FrameWriter frames(descriptors.frames.get());
  Status done = read_file_catching(program, sandbox, job, descriptors, frames);
  done = done ? frames.write(FrameKind::Finished, {}) : frames.write(FrameKind::Failed, encode(done.error()));
  if (done) done = frames.flush();
  // No destructors and no exit handlers: the system takes everything back at once.
  ::_exit(done ? 0 : 1);
}

}  // namespace openbook::read
