// What goes wrong outside the program: each trouble gives the documented exit code and a message that names the file,
// and everything else is added all the same.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "bad_files.h"
#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr const char* kGoodText = "# Kettle\n\nThe copper kettle of the harbour master holds eleven litres.\n";
constexpr const char* kGoodQuestion = "How many litres does the copper kettle hold?";
constexpr int kDone = 0, kFailed = 1, kWrongUsage = 2, kPartly = 3;
constexpr long kPeakKib = 1536 * 1024;  ///< Of the program and of every process that it starts.
constexpr uid_t kNobody = 65534;

class BadInput : public testing::Test {
 protected:
  void add_good_file(const std::string& name = "good.md") const { write_file(documents() / name, kGoodText); }

  void expect_good_file_found() const {
    const Json answer = library_.ask(kGoodQuestion);
    EXPECT_THAT(answer.at("answer").get<std::string>(), HasSubstr("eleven litres"));
  }

  bool lists(const std::string& file_name) const {
    const auto listed = library_.list();
    return std::any_of(listed.begin(), listed.end(), [&](const auto& one) { return one.file_name() == file_name; });
  }

  fs::path documents() const { return folder_ / "documents"; }

  TempFolder folder_;
  Library library_{folder_ / "kb.db"};
};

class BadInputFile : public BadInput, public testing::WithParamInterface<BadFile> {};

TEST_P(BadInputFile, IsNamedAndStopsNothing) {
  const BadFile& bad = GetParam();
  add_good_file();
  write_file(documents() / bad.name, bad.bytes);
  const Outcome outcome = library_.command({"add", documents().string()}, {.limit = seconds(60)});
  SCOPED_TRACE(outcome.text());
  ASSERT_FALSE(outcome.timed_out);
  ASSERT_EQ(outcome.signal, 0);
  EXPECT_LT(outcome.peak_kib, kPeakKib);
  if (bad.fate == Fate::Refused || bad.fate == Fate::Read) {
    EXPECT_EQ(outcome.exit_code, bad.fate == Fate::Read ? kDone : kPartly);
  }
  if (bad.fate == Fate::Noted) {
    EXPECT_THAT(outcome.err, HasSubstr(bad.name));
  }
  if (outcome.exit_code != kDone) {
    EXPECT_EQ(outcome.exit_code, kPartly);
    EXPECT_THAT(outcome.err, HasSubstr(bad.name));
    EXPECT_FALSE(lists(bad.name));
  }
  expect_good_file_found();
}

std::string name_of(const testing::TestParamInfo<BadFile>& info) {
  std::string name = info.param.name;
  for (char& letter : name)
    if (!std::isalnum(static_cast<unsigned char>(letter))) letter = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, BadInputFile, testing::ValuesIn(bad_files()), name_of);

TEST_F(BadInput, OfManyKindsInOneFolderIsListedAtTheEnd) {
  add_good_file();
  std::vector<std::string> refused;
  for (const BadFile& bad : bad_files()) {
    write_file(documents() / bad.name, bad.bytes);
    if (bad.fate == Fate::Refused) refused.push_back(bad.name);
  }
  const Outcome outcome = library_.command({"add", documents().string()});
  EXPECT_EQ(outcome.exit_code, kPartly) << outcome.text();
  for (const std::string& name : refused) EXPECT_THAT(outcome.err, HasSubstr(name));
  expect_good_file_found();
}

TEST_F(BadInput, AloneIsAFailure) {
  write_file(documents() / "empty.pdf", "");
  const Outcome outcome = library_.command({"add", (documents() / "empty.pdf").string()});
  EXPECT_TRUE(outcome.exit_code == kFailed || outcome.exit_code == kPartly) << outcome.text();
  EXPECT_THAT(outcome.err, HasSubstr("empty.pdf"));
}

TEST_F(BadInput, EncryptedFilesSayThatTheyNeedAPassword) {
  write_file(documents() / "encrypted.pdf", read_file(fs::path(OPENBOOK_SOURCE_DIR) / "tests/data/encrypted.pdf"));
  const Outcome outcome = library_.command({"add", documents().string()});
  EXPECT_THAT(outcome.err, testing::ContainsRegex("encrypted.pdf.*(password|encrypted)"));
}

TEST_F(BadInput, InvalidBytesBecomeValidText) {
  write_file(documents() / "broken.md", "# Broken\n\nThe kettle \xc3\x28 boils \xf0\x9f at ninety-one degrees.\n");
  library_.add({documents().string()});
  const Json found = library_.search("kettle degrees");  // It would not parse if it were not UTF-8.
  EXPECT_THAT(found.at("hits").at(0).at("text").get<std::string>(), HasSubstr("ninety-one degrees"));
}

TEST_F(BadInput, ALineOfThreeHundredMegabytesIsReadOrRefusedInBoundedMemory) {
  add_good_file();
  const fs::path file = documents() / "one-line.txt";
  {
    std::string block;
    while (block.size() < (1 << 20)) block += "word" + std::to_string(block.size() % 977) + " ";
    const int out = open(file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    for (int i = 0; i < 300; ++i) ASSERT_EQ(write(out, block.data(), block.size()), static_cast<ssize_t>(block.size()));
    close(out);
  }
  const Outcome outcome = library_.command({"add", documents().string()}, {.limit = seconds(240)});
  SCOPED_TRACE(outcome.text());
  EXPECT_FALSE(outcome.timed_out);
  EXPECT_LT(outcome.peak_kib, kPeakKib);
  if (outcome.exit_code != kDone) {
    EXPECT_EQ(outcome.exit_code, kPartly);
    EXPECT_THAT(outcome.err, HasSubstr("one-line.txt"));
  }
  expect_good_file_found();
}

TEST_F(BadInput, PathsThatAreNotThereAreNamed) {
  add_good_file();
  const Outcome outcome = library_.command({"add", documents().string(), (folder_ / "nowhere.pdf").string()});
  EXPECT_EQ(outcome.exit_code, kPartly) << outcome.text();
  EXPECT_THAT(outcome.err, HasSubstr("nowhere.pdf"));
  expect_good_file_found();
}

TEST_F(BadInput, WrongUsageHasItsOwnCode) {
  EXPECT_EQ(run_openbook({"--no-such-option"}).exit_code, kWrongUsage);
  EXPECT_EQ(run_openbook({"no-such-command"}).exit_code, kWrongUsage);
  EXPECT_EQ(library_.command({"ask"}).exit_code, kWrongUsage);
}

TEST_F(BadInput, ALibraryThatIsNotThereIsNotMadeByAsking) {
  const Outcome outcome = library_.command({"ask", "Is anybody there?"});
  EXPECT_EQ(outcome.exit_code, kFailed) << outcome.text();
  EXPECT_THAT(outcome.err, HasSubstr("kb.db"));
  EXPECT_FALSE(fs::exists(library_.file()));
}

TEST_F(BadInput, AFileThatIsNoLibraryIsRefusedAndLeftAlone) {
  const std::string text = "Dear diary, this is not a knowledge base at all.\n";
  write_file(library_.file(), text);
  add_good_file();
  for (const auto& command : {std::vector<std::string>{"ask", "x"}, {"add", documents().string()}}) {
    const Outcome outcome = library_.command(command);
    EXPECT_EQ(outcome.exit_code, kFailed) << outcome.text();
    EXPECT_THAT(outcome.err, HasSubstr("kb.db"));
  }
  EXPECT_EQ(read_file(library_.file()), text);
}

TEST_F(BadInput, ALibraryOfANewerVersionIsRefused) {
  add_good_file();
  library_.add({documents().string()});
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(library_.file().c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version = 999999", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  for (const auto& command : {std::vector<std::string>{"ask", "x"}, {"add", documents().string()}, {"list"}}) {
    const Outcome outcome = library_.command(command);
    EXPECT_EQ(outcome.exit_code, kFailed) << outcome.text();
    EXPECT_THAT(outcome.err, HasSubstr("kb.db"));
    EXPECT_THAT(outcome.err, HasSubstr("newer"));
  }
}

TEST_F(BadInput, TwoProcessesMayAddAtOnce) {
  for (int i = 0; i < 40; ++i)
    for (const char* side : {"left", "right"})
      write_file(folder_ / side / (side + std::to_string(i) + ".md"), kGoodText + std::to_string(i) + side);
  std::vector<pid_t> children;
  for (const char* side : {"left", "right"})
    children.push_back(start_openbook({"--kb", library_.file().string(), "add", (folder_ / side).string()}));
  for (pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == kDone) << status;
  }
  EXPECT_EQ(library_.list().size(), 80u);
  EXPECT_EQ(integrity_of(library_.file()), "ok");
}

TEST_F(BadInput, NamesWithLineBreaksKeepToOneLine) {
  add_good_file("two\nlines.md");
  write_file(documents() / "broken\nname.pdf", "%PDF-1.4 and no more");
  const Outcome outcome = library_.command({"add", documents().string()});
  EXPECT_EQ(outcome.exit_code, kPartly) << outcome.text();
  EXPECT_THAT(outcome.err, HasSubstr("name.pdf"));
  EXPECT_THAT(outcome.err, testing::Not(HasSubstr("broken\nname.pdf")));
  EXPECT_TRUE(lists("two\nlines.md"));
  EXPECT_THAT(library_.command({"list"}).out, testing::Not(HasSubstr("two\nlines")));
  expect_good_file_found();
}

/// The program and its readers where everybody may run them.
fs::path public_copy_of_program(const fs::path& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(program_path().parent_path()))
    if (entry.is_regular_file() && entry.path().filename().string().starts_with("openbook"))
      fs::copy_file(entry.path(), to / entry.path().filename());
  return to / program_path().filename();
}

TEST_F(BadInput, AFolderWithoutPermissionIsNamed) {
  add_good_file();
  write_file(documents() / "secret" / "letter.md", "# Letter\n\nNobody may read this.\n");
  write_file(documents() / "locked.md", "# Locked\n\nNor this.\n");
  fs::permissions(documents() / "secret", fs::perms::none);
  fs::permissions(documents() / "locked.md", fs::perms::none);
  fs::path program = program_path();
  RunOptions options;
  if (geteuid() == 0) {  // Root may read everything, so somebody else must try.
    fs::permissions(folder_.path(), fs::perms::all);
    program = public_copy_of_program(folder_ / "bin");
    options.before_exec = [] {
      if (setgroups(0, nullptr) != 0 || setgid(kNobody) != 0 || setuid(kNobody) != 0) _exit(125);
    };
  }
  const Outcome outcome =
      run({program.string(), "--kb", library_.file().string(), "add", documents().string()}, options);
  fs::permissions(documents() / "secret", fs::perms::owner_all);
  SCOPED_TRACE(outcome.text());
  EXPECT_EQ(outcome.exit_code, kPartly);
  EXPECT_THAT(outcome.err, HasSubstr("secret"));
  EXPECT_THAT(outcome.err, HasSubstr("locked.md"));
  expect_good_file_found();
}

/// Twelve megabytes of text, no two lines alike.
void write_large_files(const fs::path& folder) {
  for (int file = 0; file < 12; ++file) {
    std::string text = "# Volume " + std::to_string(file) + "\n\n";
    for (int line = 0; text.size() < (1 << 20); ++line)
      text += "Line " + std::to_string(line * 7919 + file) + " of the long ledger.\n\n";
    write_file(folder / ("volume-" + std::to_string(file) + ".md"), text);
  }
}

/// Adds a small folder, then one that does not fit; says how the second went, then copies the file out.
std::string full_disk_script(const fs::path& disk, const TempFolder& folder) {
  const std::string openbook = program_path().string() + " --kb '" + (disk / "kb.db").string() + "' ";
  return openbook + "add '" + (folder / "documents").string() + "' || exit 90\n" + openbook + "add '" +
         (folder / "large").string() + "'\ncode=$?\n" + "cp '" + disk.string() + "'/kb.db* '" +
         (folder / "copy").string() + "' || exit 91\nexit $code\n";
}

TEST_F(BadInput, AFullDiskIsToldAndLosesNothing) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can mount a small disk; AFileSizeLimit… tests the same way";
  add_good_file();
  write_large_files(folder_ / "large");
  const fs::path disk = folder_ / "disk";
  fs::create_directories(disk);
  fs::create_directories(folder_ / "copy");
  RunOptions options;
  options.before_exec = [&disk] {
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) _exit(99);
    if (mount("small", disk.c_str(), "tmpfs", 0, "size=4m") != 0) _exit(99);
  };
  const Outcome outcome = run({"/bin/sh", "-c", full_disk_script(disk, folder_)}, options);
  if (outcome.exit_code == 99)
    GTEST_SKIP() << "this system lets root mount nothing; AFileSizeLimit… tests the same way";
  SCOPED_TRACE(outcome.text());
  EXPECT_TRUE(outcome.exit_code == kFailed || outcome.exit_code == kPartly);
  EXPECT_THAT(outcome.err, testing::ContainsRegex("full|space"));
  EXPECT_THAT(outcome.err, HasSubstr("kb.db"));
  EXPECT_EQ(integrity_of(folder_ / "copy/kb.db"), "ok");
  library_ = Library(folder_ / "copy/kb.db");
  expect_good_file_found();
}

TEST_F(BadInput, AFileSizeLimitIsToldAndLosesNothing) {
  add_good_file();
  write_large_files(folder_ / "large");
  library_.add({documents().string()});
  RunOptions options;
  options.before_exec = [] {
    const rlimit limit{2 << 20, 2 << 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, SIG_IGN);
  };
  const Outcome outcome = library_.command({"add", (folder_ / "large").string()}, options);
  EXPECT_TRUE(outcome.exit_code == kFailed || outcome.exit_code == kPartly) << outcome.text();
  EXPECT_THAT(outcome.err, HasSubstr("kb.db"));
  EXPECT_EQ(integrity_of(library_.file()), "ok");
  expect_good_file_found();
}

}  // namespace
}  // namespace openbook::e2e
