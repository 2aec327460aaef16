#include "read/misbehaving_readers.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "read/ocr.h"

namespace openbook::read {
namespace {

using book::Blob;

Status give(const DocumentSink& sink, std::string markdown) {
  book::Document document;
  document.markdown = std::move(markdown);
  return sink(std::move(document));
}

/// One document that tells whether the system refused a call.
Status tell(const DocumentSink& sink, long result) {
  return give(sink, result < 0 ? "refused" : "allowed");
}

Status echo(const Blob& blob, const ReadOptions&, const DocumentSink& sink) {
  return give(sink, blob.name + "|" + std::string(blob.bytes));
}

Status crash(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  OB_RETURN_IF_ERROR(give(sink, "before the crash"));
  ::signal(SIGILL, SIG_DFL);
  __builtin_trap();
  return {};
}

Status loop(const Blob&, const ReadOptions&, const DocumentSink&) {
  volatile bool endless = true;  // A loop that touches nothing volatile may be taken for one that ends.
  while (endless) {
  }
  return {};
}

Status sleep(const Blob&, const ReadOptions&, const DocumentSink&) {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(60));
}

Status memory(const Blob&, const ReadOptions&, const DocumentSink&) {
  std::vector<std::string> blocks;
  for (;;) blocks.emplace_back(16 << 20, 'x');
}

Status fork_bomb(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  return tell(sink, ::fork());
}

Status open_file(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  return tell(sink, ::open("/etc/passwd", O_RDONLY));
}

Status open_socket(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  return tell(sink, ::socket(AF_INET, SOCK_STREAM, 0));
}

/// Looks for descriptors of the program or of the worker: only input, frames and answers may be open.
Status descriptors(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  int open_count = 0;
  for (int number = 3; number < 64; ++number) open_count += ::fcntl(number, F_GETFD) >= 0 ? 1 : 0;
  return give(sink, std::to_string(open_count));
}

Status flood(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  for (;;) OB_RETURN_IF_ERROR(give(sink, std::string(1 << 20, 'x')));
}

/// As many documents as the file says, 4 KB each.
Status many(const Blob& blob, const ReadOptions&, const DocumentSink& sink) {
  int count = 0;
  std::from_chars(blob.bytes.data(), blob.bytes.data() + blob.bytes.size(), count);
  for (int i = 0; i < count; ++i) OB_RETURN_IF_ERROR(give(sink, std::to_string(i) + std::string(4'096, 'x')));
  return {};
}

/// Kills the worker program under which it runs as far as it can: from inside this is refused.
Status kill_worker(const Blob&, const ReadOptions&, const DocumentSink& sink) {
  return tell(sink, ::kill(::getpid() - 1, SIGKILL));
}

Status refuse(const Blob&, const ReadOptions&, const DocumentSink&) {
  return std::unexpected(Error{Code::Corrupt, "table at 99 is damaged", {"page 12"}});
}

Status throws(const Blob&, const ReadOptions&, const DocumentSink&) {
  throw std::runtime_error("out of luck");
}

Status recognise(const Blob& blob, const ReadOptions& options, const DocumentSink& sink) {
  if (options.ocr == nullptr) return give(sink, "no ocr");
  const auto words = options.ocr->recognise(blob.bytes);
  return give(sink, words ? words->at(0).text : words.error().text());
}

using Deed = Status (*)(const Blob&, const ReadOptions&, const DocumentSink&);

template <Deed deed>
class DeedReader final : public Reader {
  Status read(const Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override {
    return deed(blob, options, sink);
  }
};

template <Deed deed>
std::unique_ptr<Reader> make() {
  return std::make_unique<DeedReader<deed>>();
}

constexpr const char* kProgram = "openbook-reader-misbehaving";
constexpr const char* kNames[] = {"echo", "crash", "loop", "sleep", "memory", "fork",   "open", "socket",
                                  "fds",  "flood", "many", "kill",  "refuse", "throws", "ocr",  "missing"};

constexpr ReaderEntry row(std::size_t name, std::unique_ptr<Reader> (*maker)(), const char* program = kProgram) {
  return {kNames[name], std::span(&kNames[name], 1), nullptr, maker, program};
}

constexpr ReaderEntry kReaders[] = {
    row(0, make<echo>),        row(1, make<crash>),
    row(2, make<loop>),        row(3, make<sleep>),
    row(4, make<memory>),      row(5, make<fork_bomb>),
    row(6, make<open_file>),   row(7, make<open_socket>),
    row(8, make<descriptors>), row(9, make<flood>),
    row(10, make<many>),       row(11, make<kill_worker>),
    row(12, make<refuse>),     row(13, make<throws>),
    row(14, make<recognise>),  row(15, nullptr, "openbook-reader-absent"),
};

}  // namespace

std::span<const ReaderEntry> misbehaving_readers() {
  return kReaders;
}

}  // namespace openbook::read
