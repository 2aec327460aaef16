#include "read/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/files.h"
#include "base/sandbox.h"
#include "read/misbehaving_readers.h"

namespace openbook::read {
namespace {

class FixedOcr final : public Ocr {
 public:
  Result<std::vector<OcrWord>> recognise(std::string_view image) const override {
    if (image.empty()) return fail(Code::Corrupt, "not a picture");
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    OcrWord word;
    word.text = "saw " + std::string(image);
    return std::vector<OcrWord>{word};
  }
  int delay = 0;
};

class AReaderProcess : public ::testing::Test {
 protected:
  void SetUp() override { start({}); }

  void start(ReaderSetup setup) {
    setup.readers = misbehaving_readers();
    auto started = ReaderProcess::start(setup);
    ASSERT_TRUE(started) << started.error().text();
    process_ = std::make_unique<ReaderProcess>(std::move(*started));
  }

  Status read(const Source& source, std::stop_token stop = {}) {
    markdown_.clear();
    const DocumentSink sink = [this](book::Document document) -> Status {
      markdown_.push_back(std::move(document.markdown));
      return {};
    };
    return process_->read(source, options_, limits_, sink, stop);
  }
  Status read(const std::string& name, std::string_view bytes = "x", std::stop_token stop = {}) {
    return read(Source{"/" + name, name, {}, -1, bytes}, stop);
  }

  /// The next file is read whatever the last one did.
  void expect_works() {
    const Status done = read("a.echo", "next");
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(markdown_, std::vector<std::string>{"a.echo|next"});
  }

  void expect_fails(const std::string& name, Code code, const std::string& message) {
    const Status done = read(name);
    ASSERT_FALSE(done) << name;
    EXPECT_EQ(done.error().code, code) << done.error().text();
    EXPECT_NE(done.error().text().find(message), std::string::npos) << done.error().text();
    expect_works();
  }

  std::unique_ptr<ReaderProcess> process_;
  ReadOptions options_;
  ReadLimits limits_;
  std::vector<std::string> markdown_;
};

TEST_F(AReaderProcess, ReadsBytesFilesAndPipesAlike) {
  const auto folder = TemporaryFolder::make();
  ASSERT_TRUE(folder);
  const std::string path = folder->path() + "/new\nline.echo";
  ASSERT_TRUE(write_file_atomically(path, "content"));
  const auto file = open_for_reading(path);
  ASSERT_TRUE(file);
  auto pipe = make_pipe();
  ASSERT_TRUE(pipe);
  ASSERT_TRUE(write_all(pipe->writer.get(), "content"));
  pipe->writer.close();
  for (const Source& source :
       {Source{path, "new\nline.echo", {}, file->get(), {}}, Source{path, "new\nline.echo", {}, pipe->reader.get(), {}},
        Source{path, "new\nline.echo", {}, -1, "content"}}) {
    const Status done = read(source);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(markdown_, std::vector<std::string>{"new\nline.echo|content"});
  }
}

TEST_F(AReaderProcess, AnEmptyFileCallsItsReader) {
  ASSERT_TRUE(read("a.echo", ""));
  EXPECT_EQ(markdown_, std::vector<std::string>{"a.echo|"});
}

TEST_F(AReaderProcess, ACrashCostsOneError) {
  for (int i = 0; i < 3; ++i) expect_fails("a.crash", Code::Corrupt, "the crash reader crashed");
}

TEST_F(AReaderProcess, AnEndlessLoopIsStoppedByProcessorTime) {
  limits_.cpu = std::chrono::seconds(1);
  expect_fails("a.loop", Code::OverLimit, "1 s of processor time, the limit; raise it with --read-seconds");
}

TEST_F(AReaderProcess, ASleeperIsStoppedByTheClock) {
  limits_.wall = std::chrono::seconds(1);
  expect_fails("a.sleep", Code::OverLimit, "after 1 s, the limit; raise it with --read-seconds");
}

TEST_F(AReaderProcess, AMemoryBombMeetsItsLimit) {
  if (kHasShadowMemory) GTEST_SKIP() << "memory cannot be limited under this sanitizer";
  limits_.memory_bytes = 200 << 20;
  expect_fails("a.memory", Code::OverLimit, "more than 200 MB of memory");
}

TEST_F(AReaderProcess, NothingOutsideCanBeReached) {
  for (const char* name : {"a.fork", "a.open", "a.socket", "a.kill"}) {
    const Status done = read(name);
    ASSERT_TRUE(done) << name << ": " << done.error().text();
    EXPECT_EQ(markdown_, std::vector<std::string>{"refused"}) << name;
  }
}

TEST_F(AReaderProcess, ItsChildHoldsThreeDescriptorsOfOursAndNoMore) {
  const Descriptor leaked(::open("/etc/passwd", O_RDONLY));  // Not close-on-exec.
  ASSERT_TRUE(read("a.fds"));
  // The sandbox's Landlock rules are the fourth.
  EXPECT_LE(std::stoi(markdown_.at(0)), 4);
}

TEST_F(AReaderProcess, AFloodOfOutputIsCutOff) {
  limits_.output_bytes = 20 << 20;
  expect_fails("a.flood", Code::OverLimit, "made more than 20 MB of text");
}

TEST_F(AReaderProcess, TooManyDocumentsAreCutOff) {
  limits_.document_count = 10;
  const Status done = read("a.many", "11");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::OverLimit);
  EXPECT_EQ(markdown_.size(), 10U);
  ASSERT_TRUE(read("a.many", "10"));
}

TEST_F(AReaderProcess, ManyDocumentsStreamInOrder) {
  const Stopwatch watch;
  const Status done = read("a.many", "50000");
  const double megabytes_per_second = 50'000 * 4'096 / 1e3 / watch.millis();
  ASSERT_TRUE(done) << done.error().text();
  ASSERT_EQ(markdown_.size(), 50'000U);
  for (std::size_t i = 0; i < markdown_.size(); i += 997)
    EXPECT_TRUE(markdown_[i].starts_with(std::to_string(i) + "x"));
  RecordProperty("megabytes_per_second", std::to_string(megabytes_per_second));
}

TEST_F(AReaderProcess, TheErrorOfAReaderArrivesWhole) {
  const Status done = read("a.refuse");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::Corrupt);
  EXPECT_EQ(done.error().text(), "page 12: table at 99 is damaged");
  expect_fails("a.throws", Code::Bug, "out of luck");
}

TEST_F(AReaderProcess, AMissingProgramIsNamed) {
  expect_fails("a.missing", Code::Unsupported, "openbook-reader-absent is missing");
  ReaderSetup setup;
  setup.programs_folder = "/no/such/folder";
  EXPECT_EQ(ReaderProcess::start(setup).error().code, Code::NotFound);
}

TEST_F(AReaderProcess, AnUnknownTypeIsNamed) {
  expect_fails("a.xyz", Code::Unsupported, ".xyz file");
  const Status old = read("a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more");
  EXPECT_NE(old.error().text().find("save it as .docx"), std::string::npos);
}

TEST_F(AReaderProcess, AHugeFileIsRefusedUnread) {
  const auto folder = TemporaryFolder::make();
  const std::string path = folder->path() + "/huge.echo";
  std::ofstream(path).put('x');
  ASSERT_EQ(::truncate(path.c_str(), 300 << 20), 0);
  const auto file = open_for_reading(path);
  const Status done = read(Source{path, "huge.echo", {}, file->get(), {}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::OverLimit);
  EXPECT_EQ(done.error().text(), "the file has 300 MB, the limit is 256 MB; raise it with --max-file-size");
  limits_.file_bytes = 3;
  EXPECT_EQ(read("a.echo", "1234").error().code, Code::OverLimit);
}

TEST_F(AReaderProcess, AStopRequestEndsTheReading) {
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  const Stopwatch watch;
  EXPECT_EQ(read("a.sleep", "x", source.get_token()).error().code, Code::Cancelled);
  EXPECT_LT(watch.millis(), 5'000);
  EXPECT_EQ(read("a.echo", "x", source.get_token()).error().code, Code::Cancelled);
  expect_works();
}

TEST_F(AReaderProcess, ASinksErrorEndsTheReading) {
  const auto refuse = [](const book::Document&) -> Status { return fail(Code::Io, "disk full"); };
  const Status done = process_->read({"/a.flood", "a.flood", {}, -1, "x"}, options_, limits_, refuse, {});
  EXPECT_EQ(done.error().text(), "disk full");
  expect_works();
}

/// Process ids of the worker programs that this test has started.
std::vector<pid_t> workers() {
  std::ifstream file("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  std::vector<pid_t> found;
  for (pid_t pid = 0; file >> pid;) found.push_back(pid);
  return found;
}

TEST_F(AReaderProcess, AWorkerKilledBetweenOrDuringFilesIsReplaced) {
  expect_works();
  ASSERT_EQ(workers().size(), 1U);
  ::kill(workers()[0], SIGKILL);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  expect_works();
  std::jthread killer([worker = workers().at(0)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ::kill(worker, SIGKILL);
  });
  EXPECT_EQ(read("a.sleep").error().code, Code::Unavailable);
  expect_works();
  process_.reset();
  EXPECT_TRUE(workers().empty());
}

TEST_F(AReaderProcess, PicturesAreRecognisedOutside) {
  ASSERT_TRUE(read("a.ocr", "picture"));
  EXPECT_EQ(markdown_, std::vector<std::string>{"no ocr"});
  FixedOcr ocr;
  ocr.delay = 1'200;
  start({{}, &ocr, {}});
  limits_.wall = std::chrono::seconds(1);  // Waiting for the recogniser does not count.
  ASSERT_TRUE(read("a.ocr", "picture"));
  EXPECT_EQ(markdown_, std::vector<std::string>{"saw picture"});
  const std::string large(3 << 20, 'p');
  ocr.delay = 0;
  ASSERT_TRUE(read("a.ocr", large));
  EXPECT_EQ(markdown_.at(0).size(), large.size() + 4);
  ASSERT_TRUE(read("a.ocr", ""));
  EXPECT_EQ(markdown_, std::vector<std::string>{"not a picture"});
}

}  // namespace
}  // namespace openbook::read
