// Adds examples/library to a fresh knowledge base and asks every question of examples/questions.jsonl.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

namespace fs = std::filesystem;

/// Of all questions, the hard ones included, that must be handled right. Raise it when the program becomes better.
constexpr std::size_t kRightOfHundred = 83;

const fs::path kExamples = fs::path(OPENBOOK_SOURCE_DIR) / "examples";

/// Those that must be handled right, or with `hard` all.
std::vector<Json> questions(bool hard) {
  std::vector<Json> all;
  std::ifstream in(kExamples / "questions.jsonl");
  for (std::string line; std::getline(in, line);)
    if (Json question = Json::parse(line); hard || question.value("level", "") != "hard") all.push_back(question);
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

/// What is wrong with an answer; empty if nothing.
std::string trouble_with(const Json& answer, const Json& question) {
  const bool answered = answer.at("answered");
  if (answered != question.at("answerable").get<bool>()) return answered ? "answered" : "declined";
  const std::string said = answer.at("answer");
  const Json& citations = answer.at("citations");
  if (!answered) {
    const auto near = [](const Json& citation) { return citation.value("nearest", false); };
    if (!std::all_of(citations.begin(), citations.end(), near)) return "a passage is cited as a source";
    return said.empty() ? "says nothing" : "";
  }
  const auto is_said = [&](const Json& one) { return said.find(one.get<std::string>()) != said.npos; };
  const Json &any = question.at("expect"), all = question.value("expect_all", Json::array());
  if (!std::any_of(any.begin(), any.end(), is_said)) return "none of " + any.dump() + " said";
  if (!std::all_of(all.begin(), all.end(), is_said)) return "not all of " + all.dump() + " said";
  const auto expected = [&](const Json& citation) { return is_expected(citation, question); };
  return std::any_of(citations.begin(), citations.end(), expected) ? "" : "the expected source is not cited";
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
  const Json answer = library_->ask(GetParam().at("question"));
  expect_exact_quotes(answer);
  EXPECT_EQ(trouble_with(answer, GetParam()), "") << GetParam().at("question") << answer.dump(2);
}

TEST_F(SampleLibrary, HandlesMostQuestionsTheHardOnesIncluded) {
  const std::vector<Json> all = questions(true);
  std::size_t right = 0;
  for (const Json& question : all) {
    const Json answer = library_->ask(question.at("question"));
    expect_exact_quotes(answer);
    const std::string trouble = trouble_with(answer, question);
    right += trouble.empty();
    if (!trouble.empty())
      std::printf("%s: %s: %s\n  %s\n", question.at("id").get<std::string>().c_str(), trouble.c_str(),
                  question.at("question").get<std::string>().c_str(), answer.at("answer").get<std::string>().c_str());
  }
  std::printf("%zu of %zu questions handled as they should be\n", right, all.size());
  EXPECT_GE(right * 100, all.size() * kRightOfHundred);
}

std::string name_of(const testing::TestParamInfo<Json>& info) {
  std::string name = info.param.at("id");
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Questions, SampleLibrary, testing::ValuesIn(questions(false)), name_of);

TEST(SampleQuestions, AreRichEnough) {
  const std::vector<Json> all = questions(true);
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
