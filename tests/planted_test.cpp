// Fifty made-up facts in as many documents: asked while they are there, after `remove` and after `forget`.
#include <gtest/gtest.h>

#include <memory>

#include "planted_facts.h"
#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

constexpr int kFactCount = 50;
constexpr std::uint64_t kSeed = 20260318;

struct Tally {
  int answered = 0;     ///< With the secret in the answer.
  int cited_right = 0;  ///< Of those: the first citation is the document that knows it, and its quote holds it.
  int declined = 0;
};

class PlantedFacts : public testing::Test {
 protected:
  PlantedFacts() {
    for (const PlantedFact& fact : facts_) write_file(folder_ / "documents" / fact.file_name, fact.document);
    for (const char* topic : {"bread", "letters", "stairs"})
      write_file(
          folder_ / "documents" / (std::string(topic) + ".md"),
          std::string("# About ") + topic + "\n\nThis page stays. It tells of " + topic + " and nothing else.\n");
    library_.add({(folder_ / "documents").string()});
  }

  Tally ask_all() const {
    Tally tally;
    for (const PlantedFact& fact : facts_) {
      const Json answer = library_.ask(fact.question);
      if (!answer.at("answered").get<bool>()) ++tally.declined;
      if (!contains_ignoring_case(answer.at("answer").get<std::string>(), fact.secret)) continue;
      ++tally.answered;
      const Json& first = answer.at("citations").at(0);
      if (first.at("document").at("uri").get<std::string>().ends_with("/" + fact.file_name) &&
          first.at("quote").get<std::string>().find(fact.secret) != std::string::npos)
        ++tally.cited_right;
      else
        tell_wrong_citation(fact, answer);
    }
    return tally;
  }

  static void tell_wrong_citation(const PlantedFact& fact, const Json& answer) {
    std::fprintf(stderr, "cited wrongly: %s\n%s\n", fact.question.c_str(), answer.dump(1).c_str());
  }

  /// Removes or forgets every planted document by its uri, as listed.
  void for_each_planted(const std::vector<std::string>& command) const {
    std::vector<std::string> arguments = command;
    for (const ListedDocument& document : library_.list())
      if (document.file_name().starts_with("notes-")) arguments.push_back(document.uri);
    ASSERT_EQ(arguments.size(), command.size() + kFactCount);
    const Outcome outcome = library_.command(arguments);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.text();
  }

  /// No command prints a secret, asked in the very words of its sentence or for the secret itself.
  void expect_no_secret_printed() const {
    for (const PlantedFact& fact : facts_) {
      for (const char* command : {"ask", "search", "explain"}) {
        const Outcome outcome = library_.command({command, fact.question, "--json"});
        EXPECT_FALSE(contains_ignoring_case(outcome.out + outcome.err, fact.secret)) << command << " " << fact.question;
      }
      const Json hits = library_.search(fact.secret);  // It echoes the query, so only the hits are looked through.
      EXPECT_FALSE(contains_ignoring_case(hits.at("hits").dump(), fact.secret));
    }
    const Outcome listed = library_.command({"list"});
    for (const PlantedFact& fact : facts_) EXPECT_FALSE(contains_ignoring_case(listed.out, fact.secret));
  }

  std::vector<PlantedFact> facts_ = plant_facts(kFactCount, kSeed);
  TempFolder folder_;
  Library library_{folder_ / "planted.db"};
};

TEST_F(PlantedFacts, AreAnsweredAndCitedWhileTheyAreThere) {
  const Tally tally = ask_all();
  EXPECT_GE(tally.answered, kFactCount * 90 / 100);
  EXPECT_GE(tally.cited_right, tally.answered * 98 / 100);
  std::printf("%d facts: %d answered, %d of them cited right\n", kFactCount, tally.answered, tally.cited_right);
}

TEST_F(PlantedFacts, AreDeclinedAfterRemove) {
  for_each_planted({"remove"});
  const Tally tally = ask_all();
  EXPECT_EQ(tally.answered, 0);
  EXPECT_GE(tally.declined, kFactCount * 95 / 100);
  expect_no_secret_printed();
}

TEST_F(PlantedFacts, AreNowhereAfterForget) {
  const std::string before = bytes_with_logs(library_.file());
  for (const PlantedFact& fact : facts_) ASSERT_TRUE(contains_ignoring_case(before, fact.secret)) << "nothing to prove";
  for_each_planted({"forget", "--yes"});
  const std::string bytes = bytes_with_logs(library_.file());
  for (const PlantedFact& fact : facts_) EXPECT_FALSE(contains_ignoring_case(bytes, fact.secret)) << fact.secret;
  const Tally tally = ask_all();
  EXPECT_EQ(tally.answered, 0);
  EXPECT_GE(tally.declined, kFactCount * 95 / 100);
  expect_no_secret_printed();
  EXPECT_EQ(library_.list().size(), 3u) << "the other documents stay";
  EXPECT_EQ(integrity_of(library_.file()), "ok");
}

TEST_F(PlantedFacts, AreNowhereWhenForgottenAfterRemoval) {
  std::vector<std::string> forget{"forget", "--yes"};
  for (const ListedDocument& document : library_.list())
    if (document.file_name().starts_with("notes-")) forget.push_back(document.uri);
  for_each_planted({"remove"});
  const Outcome outcome = library_.command(forget);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  const std::string bytes = bytes_with_logs(library_.file());
  for (const PlantedFact& fact : facts_) EXPECT_FALSE(contains_ignoring_case(bytes, fact.secret)) << fact.secret;
}

TEST(PlantedFactGenerator, KeepsSecretsOutOfQuestionsAndNames) {
  const auto facts = plant_facts(kFactCount, kSeed);
  for (const PlantedFact& fact : facts) {
    EXPECT_FALSE(contains_ignoring_case(fact.question + fact.file_name, fact.secret));
    const std::size_t at = fact.document.find(fact.secret);
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(fact.document.find(fact.secret, at + 1), std::string::npos);
  }
  EXPECT_EQ(plant_facts(kFactCount, kSeed)[7].document, facts[7].document);
}

}  // namespace
}  // namespace openbook::e2e
