// Adds examples/library to a fresh knowledge base and asks every question of examples/questions.jsonl.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

namespace fs = std::filesystem;

const fs::path kExamples = fs::path(OPENBOOK_SOURCE_DIR) / "examples";

std::vector<Json> questions() {
  std::vector<Json> all;
  std::ifstream in(kExamples / "questions.jsonl");
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) all.push_back(Json::parse(line));
  return all;
}

/// The file that a document of the library came from: the last step of its uri, without a "#line" for one of many.
std::string file_of(const Json& citation) {
  const std::string uri = citation.at("document").at("uri");
  const std::string name = fs::path(uri).filename().string();
  return name.substr(0, name.find('#'));
}

bool heading_holds(const Json& citation, const std::string& text) {
  for (const Json& heading : citation.at("heading"))
    if (heading.get<std::string>().find(text) != std::string::npos) return true;
  return false;
}

/// Does this citation say what the question's author had in mind, where they had in mind?
bool is_expected(const Json& citation, const Json& question) {
  const auto& sources = question.at("source");
  if (std::find(sources.begin(), sources.end(), file_of(citation)) == sources.end()) return false;
  const std::string wanted = question.value("quote_contains", "");
  if (citation.at("quote").get<std::string>().find(wanted) == std::string::npos) return false;
  if (question.contains("page") && citation.at("page") != question.at("page")) return false;
  return !question.contains("heading") || heading_holds(citation, question.at("heading"));
}

class SampleLibrary : public testing::TestWithParam<Json> {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TempFolder>();
    library_ = std::make_unique<Library>(*folder_ / "sample.db");
    library_->add({(kExamples / "library").string()});
  }
  static void TearDownTestSuite() {
    library_.reset();
    folder_.reset();
  }

  /// Every citation, also of a declined question, quotes its document byte for byte at its range.
  static void expect_exact_quotes(const Json& answer) {
    static std::map<std::int64_t, std::string> shown;
    for (const Json& citation : answer.at("citations")) {
      const std::int64_t id = citation.at("document").at("id");
      if (!shown.contains(id)) shown[id] = library_->markdown(id);
      const std::size_t begin = citation.at("range").at(0), end = citation.at("range").at(1);
      ASSERT_LE(begin, end);
      ASSERT_LE(end, shown[id].size()) << citation;
      EXPECT_EQ(shown[id].substr(begin, end - begin), citation.at("quote").get<std::string>());
    }
  }

  static inline std::unique_ptr<TempFolder> folder_;
  static inline std::unique_ptr<Library> library_;
};

TEST_P(SampleLibrary, AnswersFromTheRightDocumentOrDeclines) {
  const Json& question = GetParam();
  const std::string text = question.at("question");
  SCOPED_TRACE(text);
  const Json answer = library_->ask(text);
  SCOPED_TRACE(answer.dump(2));
  expect_exact_quotes(answer);
  ASSERT_EQ(answer.at("answered").get<bool>(), question.at("answerable").get<bool>());
  if (!question.at("answerable").get<bool>()) {
    for (const Json& citation : answer.at("citations")) EXPECT_TRUE(citation.value("nearest", false));
    EXPECT_FALSE(answer.at("answer").get<std::string>().empty());
    return;
  }
  const std::string said = answer.at("answer");
  const std::vector<std::string> any = question.at("expect");
  EXPECT_TRUE(std::any_of(any.begin(), any.end(), [&](const auto& one) { return said.find(one) != said.npos; }));
  for (const std::string& part : question.value("expect_all", std::vector<std::string>{}))
    EXPECT_THAT(said, testing::HasSubstr(part));
  const Json& citations = answer.at("citations");
  EXPECT_TRUE(std::any_of(citations.begin(), citations.end(), [&](const Json& c) { return is_expected(c, question); }));
}

std::string name_of(const testing::TestParamInfo<Json>& info) {
  std::string name = info.param.at("id");
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Questions, SampleLibrary, testing::ValuesIn(questions()), name_of);

TEST(SampleQuestions, AreRichEnough) {
  const std::vector<Json> all = questions();
  std::map<std::string, int> kinds;
  for (const Json& question : all) {
    ++kinds[question.at("language")];
    ++kinds[question.at("answerable").get<bool>() ? "answerable" : "unanswerable"];
    for (const std::string kind : {"misspelt", "double", "superseded", "table", "pronoun", "identifier"})
      if (question.value("kind", "").find(kind) != std::string::npos) ++kinds[kind];
    for (const std::string source : question.at("source"))
      EXPECT_TRUE(fs::exists(kExamples / "library" / source)) << question.at("id");
  }
  EXPECT_GE(all.size(), 30u);
  EXPECT_GE(kinds["unanswerable"], 5);
  for (const std::string kind : {"en", "zh", "misspelt", "double", "superseded", "table", "pronoun", "identifier"})
    EXPECT_GE(kinds[kind], 2) << kind;
}

}  // namespace
}  // namespace openbook::e2e
