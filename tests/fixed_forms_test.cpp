// The forms that other programs rely on (DESIGN §5): what `search --json` and `ask --json` print, exit codes and
// streams.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

void expect_holds_keys(const Json& object, const std::vector<std::string>& wanted) {
  for (const std::string& key : wanted) EXPECT_TRUE(object.contains(key)) << key << " in " << object.dump(1);
}

void expect_document(const Json& document) {
  expect_holds_keys(document, {"id", "uri", "title", "version", "language"});
  EXPECT_TRUE(document.at("id").is_number_integer());
  EXPECT_TRUE(document.at("version").is_number_integer());
  EXPECT_EQ(document.at("language"), "en");
}

void expect_range(const Json& range) {
  ASSERT_EQ(range.size(), 2u);
  EXPECT_LT(range.at(0).get<int>(), range.at(1).get<int>());
}

class FixedForms : public testing::Test {
 protected:
  FixedForms() {
    write_file(folder_ / "books/lamp.md",
               "# The lamp\n\n## Oil\n\nThe lamp of the pier burns two litres of oil a night.\n");
    library_.add({(folder_ / "books").string()});
  }
  TempFolder folder_;
  Library library_{folder_ / "kb.db"};
};

TEST_F(FixedForms, SearchPrintsHitsWithTheirSignals) {
  const Json found = library_.search("lamp oil");
  expect_holds_keys(found, {"query", "revision", "hits", "timing_ms"});
  EXPECT_EQ(found.at("query"), "lamp oil");
  EXPECT_TRUE(found.at("timing_ms").is_object());
  ASSERT_EQ(found.at("hits").size(), 1u);
  const Json& hit = found.at("hits").at(0);
  expect_holds_keys(hit, {"rank", "document", "chunk", "heading", "page", "range", "text", "score", "signals"});
  expect_document(hit.at("document"));
  expect_range(hit.at("range"));
  EXPECT_EQ(hit.at("rank"), 1);
  EXPECT_TRUE(hit.at("heading").is_array());
  expect_holds_keys(hit.at("signals"), {"lexical", "dense", "rerank"});
}

TEST_F(FixedForms, AskPrintsAnAnswerWithCitations) {
  const Json answer = library_.ask("How much oil does the lamp of the pier burn?");
  expect_holds_keys(answer, {"question", "answered", "answer", "citations", "confidence", "model", "pipeline",
                             "related", "timing_ms"});
  ASSERT_EQ(answer.at("answered"), true);
  EXPECT_THAT(answer.at("answer").get<std::string>(), testing::HasSubstr("[1]"));
  EXPECT_GE(answer.at("confidence").get<double>(), 0.0);
  EXPECT_LE(answer.at("confidence").get<double>(), 1.0);
  ASSERT_GE(answer.at("citations").size(), 1u);
  const Json& citation = answer.at("citations").at(0);
  expect_holds_keys(citation, {"n", "document", "page", "box", "heading", "range", "quote"});
  expect_document(citation.at("document"));
  expect_range(citation.at("range"));
  EXPECT_EQ(citation.at("n"), 1);
  EXPECT_EQ(citation.at("heading"), Json::array({"The lamp", "Oil"}));
}

TEST_F(FixedForms, DecliningSpeaksTheLanguageOfTheQuestion) {
  const Json english = library_.ask("Who painted the ceiling of the opera house?");
  const Json chinese = library_.ask("歌剧院的天花板是谁画的？");
  EXPECT_EQ(english.at("answered"), false);
  EXPECT_EQ(chinese.at("answered"), false);
  EXPECT_LT(english.at("answer").get<std::string>()[0], 0x7f);
  EXPECT_THAT(chinese.at("answer").get<std::string>(), testing::HasSubstr("没有"));
  for (const Json& citation : english.at("citations")) EXPECT_EQ(citation.at("nearest"), true);
}

TEST_F(FixedForms, JsonIsOneObjectAndNothingElseOnStandardOutput) {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"list"}, {"search", "oil"}, {"ask", "oil?"}, {"add", (folder_ / "books").string()}}) {
    std::vector<std::string> arguments = command;
    arguments.push_back("--json");
    const Outcome outcome = library_.command(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
    EXPECT_TRUE(Json::accept(outcome.out)) << outcome.text();
    EXPECT_TRUE(Json::parse(outcome.out, nullptr, false).is_object()) << outcome.text();
  }
}

TEST_F(FixedForms, NoColourAndNoProgressBarOutsideATerminal) {
  const Outcome outcome = library_.command({"add", (folder_ / "books").string()});
  EXPECT_EQ((outcome.out + outcome.err).find('\x1b'), std::string::npos);
  EXPECT_EQ((outcome.out + outcome.err).find('\r'), std::string::npos);
}

TEST_F(FixedForms, AsOfShowsTheLibraryAsItWas) {
  const Outcome past = library_.command({"ask", "How much oil does the lamp burn?", "--as-of", "2001-01-01", "--json"});
  ASSERT_EQ(past.exit_code, 0) << past.text();
  EXPECT_EQ(Json::parse(past.out).at("answered"), false);
  const Outcome future =
      library_.command({"ask", "How much oil does the lamp burn?", "--as-of", "2999-01-01", "--json"});
  EXPECT_EQ(Json::parse(future.out).at("answered"), true) << future.text();
}

TEST_F(FixedForms, ReadNeedsNoLibrary) {
  const Outcome plain = run_openbook({"read", (folder_ / "books/lamp.md").string()});
  EXPECT_EQ(plain.exit_code, 0) << plain.text();
  EXPECT_EQ(plain.out, "# The lamp\n\n## Oil\n\nThe lamp of the pier burns two litres of oil a night.\n");
  const Outcome json = run_openbook({"read", (folder_ / "books/lamp.md").string(), "--json"});
  ASSERT_EQ(json.exit_code, 0) << json.text();
  EXPECT_TRUE(Json::accept(json.out)) << json.out;
}

}  // namespace
}  // namespace openbook::e2e
