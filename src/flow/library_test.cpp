#include "openbook/library.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/base64.h"
#include "base/files.h"

namespace openbook {
namespace {

/// A library in a folder of its own, filled through the real reader processes.
class LibraryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryFolder::make();
    ASSERT_TRUE(made);
    folder_.emplace(std::move(*made));
    std::filesystem::create_directory(folder_->path() + "/docs");
    auto opened = Library::open(folder_->path() + "/library.db",
                                {.create = true, .programs_folder = OPENBOOK_TEST_PROGRAMS, .thread_count = 2});
    ASSERT_TRUE(opened) << opened.error().text();
    library_.emplace(std::move(*opened));
  }

  std::string path(const std::string& name) const { return folder_->path() + "/docs/" + name; }
  void write(const std::string& name, const std::string& text) { std::ofstream(path(name)) << text; }

  AddReport add(const AddOptions& options = {}) {
    auto report = library_->add({folder_->path() + "/docs"}, options, {}, {});
    EXPECT_TRUE(report) << report.error().text();
    return report ? *report : AddReport{};
  }

  std::string answer(const std::string& question, const AskOptions& options = {}) {
    const auto answer = library_->ask(question, options);
    EXPECT_TRUE(answer) << answer.error().text();
    return answer && answer->answered ? answer->text : "declined";
  }

  std::optional<TemporaryFolder> folder_;
  std::optional<Library> library_;
};

constexpr const char* kPump = "# Pumps\n\nThe warranty of the blue pump is 24 months.\n";

TEST_F(LibraryTest, AnswersWithAQuoteThatStandsWhereItSays) {
  write("pump.md", kPump);
  add();
  const auto answer = library_->ask("How long is the warranty of the blue pump?", {});
  ASSERT_TRUE(answer);
  ASSERT_TRUE(answer->answered);
  ASSERT_EQ(answer->citations.size(), 1u);
  const book::Citation& citation = answer->citations[0];
  const auto document = library_->document(citation.document.id, citation.document.version);
  ASSERT_TRUE(document);
  EXPECT_EQ(citation.range.of(document->markdown), citation.quote);
  EXPECT_EQ(citation.heading, std::vector<std::string>{"Pumps"});
  EXPECT_EQ(citation.location.line, 3u);
}

TEST_F(LibraryTest, SkipsWhatIsUnchangedAndKeepsOldVersions) {
  write("pump.md", kPump);
  EXPECT_EQ(add().added, 1u);
  EXPECT_EQ(add().unchanged, 1u);
  const Millis before = now_millis();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  write("pump.md", "# Pumps\n\nThe warranty of the blue pump is 36 months.\n");
  EXPECT_EQ(add().updated, 1u);
  EXPECT_NE(answer("How long is the warranty of the blue pump?").find("36 months"), std::string::npos);
  AskOptions then;
  then.filter.as_of = before;
  EXPECT_NE(answer("How long is the warranty of the blue pump?", then).find("24 months"), std::string::npos);
}

TEST_F(LibraryTest, OneBadFileStopsNothing) {
  write("pump.md", kPump);
  write("bad.docx", "PK\x03\x04 this is no whole zip archive");
  write("empty.pdf", "");
  const AddReport report = add();
  EXPECT_EQ(report.added, 1u);
  ASSERT_EQ(report.failures.size(), 2u);
  EXPECT_NE(report.failures[0].uri.find("bad.docx"), std::string::npos);
  EXPECT_FALSE(report.failures[0].error.message.empty());
}

TEST_F(LibraryTest, TellsOfVanishedFilesAndPrunesOnlyWhenAsked) {
  write("pump.md", kPump);
  add();
  std::filesystem::remove(path("pump.md"));
  EXPECT_EQ(add().vanished.size(), 1u);
  EXPECT_NE(answer("How long is the warranty of the blue pump?"), "declined");
  EXPECT_EQ(add({.prune = true}).removed, 1u);
  EXPECT_EQ(answer("How long is the warranty of the blue pump?"), "declined");
}

TEST_F(LibraryTest, DocumentsGoneFromAFileOfManyAreRemoved) {
  write("notes.jsonl",
        "{\"_id\": \"a\", \"text\": \"The grobnik is green.\"}\n{\"_id\": \"b\", \"text\": \"The plivet is red.\"}\n");
  EXPECT_EQ(add().added, 2u);
  write("notes.jsonl", "{\"_id\": \"b\", \"text\": \"The plivet is red.\"}\n");
  EXPECT_EQ(add().removed, 1u);
  EXPECT_EQ(library_->list()->size(), 1u);
}

TEST_F(LibraryTest, ForgettingLeavesNothingBehind) {
  write("pump.md", kPump);
  write("other.md", "# Lamps\n\nThe lamp of the pier is yellow.\n");
  add();
  const auto pump = library_->find("pump.md");
  ASSERT_TRUE(pump);
  const auto receipt = library_->forget({pump->ref.id});
  ASSERT_TRUE(receipt) << receipt.error().text();
  EXPECT_TRUE(receipt->clean);
  EXPECT_EQ(answer("How long is the warranty of the blue pump?"), "declined");
  EXPECT_EQ(read_whole(folder_->path() + "/library.db")->find("blue pump"), std::string::npos);
  EXPECT_NE(answer("What colour is the lamp of the pier?"), "declined");
}

TEST_F(LibraryTest, NamesFindDocumentsUnlessTheyAreAmbiguous) {
  std::filesystem::create_directory(path("sub"));
  write("pump.md", kPump);
  write("sub/pump.md", kPump);
  add();
  EXPECT_TRUE(library_->find(path("pump.md")));
  EXPECT_TRUE(library_->find("sub/pump.md"));
  EXPECT_EQ(library_->find("pump.md").error().code, Code::InvalidInput);
  EXPECT_EQ(library_->find("lamp.md").error().code, Code::NotFound);
}

TEST_F(LibraryTest, ExportAndImportGiveTheSameAnswers) {
  write("pump.md", kPump);
  add();
  const std::string file = folder_->path() + "/export.jsonl";
  ASSERT_TRUE(library_->export_to(file, false));
  auto other = Library::open(folder_->path() + "/other.db", {.create = true});
  ASSERT_TRUE(other);
  const auto report = other->import_from(file, {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->added, 1u);
  const auto answer = other->ask("How long is the warranty of the blue pump?", {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->citations.at(0).location.line, 3u);
}

TEST_F(LibraryTest, ImportRefusesLinesOfOtherShapesAndTakesTheRest) {
  // A source map of format 1 with no parts and one span, bytes 0 to 100.
  book::SourceMap map;
  map.add({.range = {0, 100}, .line = 1});
  const std::string source_map = to_base64(encode(map));
  write("export.jsonl",
        "{\"format\":\"openbook-export\",\"version\":1}\n"
        "{\"uri\":\"a.md\",\"markdown\":\"A lamp.\",\"source\":7}\n"
        "{\"uri\":\"b.md\",\"markdown\":\"A lamp.\",\"source_map\":\"" +
            source_map +
            "\"}\n"
            "[1]\n"
            "{\"uri\":\"c.md\",\"markdown\":\"A lamp.\"}\n");
  const auto report = library_->import_from(path("export.jsonl"), {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->failures.size(), 3u);
  EXPECT_EQ(report->added, 1u);
  for (const char* head : {"{\"format\":3}", "{\"format\":\"openbook-export\",\"version\":\"1\"}", "[]", ""}) {
    write("head.jsonl", head);
    EXPECT_EQ(library_->import_from(path("head.jsonl"), {}).error().code, Code::Corrupt) << head;
  }
}

TEST_F(LibraryTest, ReindexingChangesNothingThatCanBeSeen) {
  write("pump.md", kPump);
  add();
  const std::string before = answer("How long is the warranty of the blue pump?");
  ASSERT_TRUE(library_->reindex({}, {}));
  EXPECT_EQ(answer("How long is the warranty of the blue pump?"), before);
}

TEST_F(LibraryTest, ASearchDuringAnUpdateSeesTheOldStateOrTheNew) {
  // Each state names one number in all of its documents; a mixture would show two.
  const auto write_state = [&](int state) {
    for (int i = 0; i < 6; ++i)
      write("d" + std::to_string(i) + ".md", "The marker of gadget is state" + std::to_string(state) + "x.\n");
  };
  write_state(0);
  add();
  std::atomic<bool> done = false;
  std::atomic<int> mixtures = 0, searches = 0;
  std::jthread searcher([&] {
    while (!done) {
      const auto result = library_->search("marker gadget", {.limit = 10});
      ASSERT_TRUE(result) << result.error().text();
      ++searches;
      for (const book::Passage& hit : result->hits) mixtures += hit.text != result->hits[0].text;
    }
  });
  for (int state = 1; state <= 8; ++state) {
    write_state(state);
    EXPECT_EQ(add().updated, 6u);
  }
  done = true;
  searcher.join();
  EXPECT_EQ(mixtures, 0);
  EXPECT_GT(searches, 0);
}

TEST_F(LibraryTest, CalibratesOnItsOwnQuestionsAndRefusesTooFew) {
  std::vector<OwnQuestion> questions;
  std::string text;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "gadget" + std::string(1, static_cast<char>('a' + i)) + "x";
    text += "The " + name + " weighs " + std::to_string(i + 3) + " kilograms.\n\n";
    questions.push_back({"How much does the " + name + " weigh?", true});
    questions.push_back({"Who invented the plivet of " + std::to_string(i) + " islands?", false});
  }
  write("gadgets.md", text);
  add();
  EXPECT_EQ(library_->calibrate({{"Is it?", true}}).error().code, Code::InvalidInput);
  const auto report = library_->calibrate(questions);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->questions, 24u);
  EXPECT_EQ(report->adopted, report->loss_after < report->loss_before);
  ASSERT_TRUE(library_->calibrate({}));
}

TEST_F(LibraryTest, StopsOnRequestAndGoesOnFromThere) {
  for (int i = 0; i < 40; ++i) write("d" + std::to_string(i) + ".md", "Text number " + std::to_string(i) + ".\n");
  std::stop_source stop;
  const auto stopped = library_->add(
      {folder_->path() + "/docs"}, {},
      [&](const AddProgress& p) {
        if (p.files_done >= 10) stop.request_stop();
      },
      stop.get_token());
  ASSERT_TRUE(stopped) << stopped.error().text();
  EXPECT_TRUE(stopped->cancelled);
  EXPECT_LT(stopped->added, 40u);
  EXPECT_EQ(add().added + stopped->added, 40u);
}

TEST(Library, SaysHowToMakeAKnowledgeBaseThatIsNotThere) {
  const auto library = Library::open("/no/such/library.db", {});
  ASSERT_FALSE(library);
  EXPECT_EQ(library.error().code, Code::NotFound);
}

}  // namespace
}  // namespace openbook
