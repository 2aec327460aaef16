#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "read/ocr.h"
#include "read/reader.h"

/// Reading is the dangerous part, so it happens elsewhere: each file is read by a child process of its own that holds
/// the file's bytes, a pipe to answer through, and nothing else (base/sandbox.h). Whatever a hostile or damaged file
/// does to its reader costs one Error. The children are forked by a worker program that is started once, so that a
/// file costs about a millisecond.
namespace openbook::read {

/// Where the bytes come from: an open descriptor (file, pipe, terminal; read from its beginning where it can be,
/// borrowed for the call) or, when that is -1, `bytes`.
struct Source {
  std::string uri;         ///< Absolute path, URL or "stdin:NAME": becomes Document::uri.
  std::string name;        ///< File name with extension.
  std::string media_type;  ///< From HTTP, else empty.
  int descriptor = -1;
  std::string_view bytes;
};

/// What one file may cost.
struct ReadLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;    ///< Of the reader, on top of the file itself.
  std::chrono::seconds cpu{60};                           ///< Processor time.
  std::chrono::seconds wall{120};                         ///< Waiting for OCR and for the sink is not counted.
  std::uint64_t file_bytes = std::uint64_t{256} << 20;    ///< Larger files are refused before they are read.
  std::uint64_t output_bytes = std::uint64_t{512} << 20;  ///< Of all documents of the file together.
  std::uint64_t document_count = 2'000'000;
};

struct ReaderSetup {
  /// Folder of the worker programs. Empty: the folder of the running program, else where `install` puts them.
  std::string programs_folder;
  const Ocr* ocr = nullptr;                   ///< For scans; must outlive the ReaderProcess. Null: none.
  std::span<const ReaderEntry> readers = {};  ///< Empty: the table of registry.h.
};

/// The reader of one thread: not safe concurrently, movable. Starts each worker program when a file first needs it, and
/// again when it has died. Ends them at the end of its life.
class ReaderProcess {
 public:
  /// NotFound when the worker programs lie neither in the folder named nor beside the program.
  static Result<ReaderProcess> start(ReaderSetup setup);
  ReaderProcess(ReaderProcess&&) noexcept;
  ReaderProcess& operator=(ReaderProcess&&) noexcept;
  ~ReaderProcess();

  /// Reads one file; documents reach `sink` on this thread as they arrive, so some may have before an error. Options'
  /// `ocr` is ignored (setup's counts). Errors: what the reader says (Corrupt, Unsupported, OverLimit), Unsupported
  /// when no reader knows the type, OverLimit when one of the limits was reached, Corrupt when the reader crashed,
  /// Cancelled, and whatever the sink returns. After any of them the next file can be read.
  Status read(const Source& source, const ReadOptions& options, const ReadLimits& limits, const DocumentSink& sink,
              std::stop_token stop);

 private:
  struct State;
  explicit ReaderProcess(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace openbook::read
