#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "eval/answers.h"
#include "eval/beir.h"
#include "eval/comparable.h"
#include "eval/lines.h"
#include "eval/metrics.h"
#include "eval/questions.h"
#include "eval/retrieval.h"

namespace openbook::eval {
namespace {

TEST(Ndcg, WeighsGradesAndRanks) {
  // By hand: (3 + 0/log2(3) + 1/2) / (3 + 1/log2(3)).
  EXPECT_NEAR(ndcg_at({{3, 0, 1}, {1, 3}}, 10), 3.5 / (3 + 1 / std::log2(3.0)), 1e-12);
  EXPECT_EQ(ndcg_at({{2, 1}, {1, 2}}, 10), 1);
  EXPECT_EQ(ndcg_at({{0, 0, 5}, {5}}, 2), 0);
  EXPECT_EQ(ndcg_at({{}, {1}}, 10), 0);
}

TEST(Recall, IsTheShareOfAllRelevantDocuments) {
  const JudgedRanking ranking{{0, 1, 0, 2}, {1, 2, 1, 1}};
  EXPECT_EQ(recall_at(ranking, 1), 0);
  EXPECT_EQ(recall_at(ranking, 2), 0.25);
  EXPECT_EQ(recall_at(ranking, 100), 0.5);
}

TEST(ReciprocalRank, LooksNoFurtherThanAsked) {
  EXPECT_EQ(reciprocal_rank_at({{0, 0, 1}, {1}}, 10), 1.0 / 3);
  EXPECT_EQ(reciprocal_rank_at({{0, 0, 1}, {1}}, 2), 0);
}

TEST(Auroc, IsTheShareOfPairsInOrderTiesHalf) {
  const std::vector<double> positives{0.9, 0.5, 0.5}, negatives{0.5, 0.1};
  EXPECT_NEAR(auroc(positives, negatives), (2 + 1.5 + 1.5) / 6, 1e-12);
  EXPECT_TRUE(std::isnan(auroc(positives, {})));
}

TEST(Rejected, KeepsAtLeastTheShareAskedFor) {
  const std::vector<double> kept{1, .9, .8, .7, .6, .5, .4, .3, .2, .1}, others{.15, .2, .05, .9};
  EXPECT_EQ(rejected_where_kept(kept, others, 0.9), 0.5);   // Threshold .2: .15 and .05 fall below it.
  EXPECT_EQ(rejected_where_kept(kept, others, 1.0), 0.25);  // Threshold .1.
}

TEST(Bootstrap, IsTheSameEveryTimeAndWiderForClusters) {
  std::vector<std::size_t> apart, together;
  std::vector<double> values;
  for (std::size_t i = 0; i < 200; ++i) {
    apart.push_back(i);
    together.push_back(i / 20);
    values.push_back(i / 20 % 2 == 0 ? 1 : 0);
  }
  const Estimate free = bootstrap_mean(apart, values), clustered = bootstrap_mean(together, values);
  EXPECT_EQ(free.value, 0.5);
  EXPECT_LT(free.low, 0.5);
  EXPECT_GT(free.high, 0.5);
  EXPECT_GT(clustered.high - clustered.low, 2 * (free.high - free.low));
  EXPECT_EQ(bootstrap_mean(apart, values).low, free.low);
  EXPECT_TRUE(std::isnan(bootstrap_mean({}, {}).value));
}

TEST(Comparable, LeavesOutWhatDoesNotCount) {
  EXPECT_EQ(comparable("The U.S. Army's 5,500,000 men"), " us armys 5500000 men ");
  EXPECT_EQ(comparable("《战国无双３》"), " 战 国 无 双 3 ");
  EXPECT_EQ(comparable("…"), " ");
}

TEST(Comparable, ContainsWholeWordsOnly) {
  const std::vector<std::string> answers{comparable("art"), comparable("十二")};
  EXPECT_FALSE(contains_any(comparable("the party starts"), answers));
  EXPECT_TRUE(contains_any(comparable("An art."), answers));
  EXPECT_TRUE(contains_any(comparable("共十二人"), answers));
  EXPECT_FALSE(contains_any(comparable("anything"), std::vector<std::string>{comparable("the")}));
}

TEST(F1, IsOfWordsAndOfChineseCharacters) {
  const std::vector<std::string> answers{comparable("Denver Broncos"), comparable("光荣公司")};
  EXPECT_NEAR(best_f1(comparable("the Broncos"), answers), 2.0 / 3, 1e-12);
  EXPECT_NEAR(best_f1(comparable("光荣"), answers), 2.0 * 2 / 6, 1e-12);
  EXPECT_EQ(best_f1(comparable("none"), answers), 0);
  EXPECT_TRUE(equals_any(comparable("denver broncos!"), answers));
}

TEST(Md5, HalvesAsItsLastBitSays) {
  EXPECT_FALSE(md5_is_odd(""));     // d41d8cd98f00b204e9800998ecf8427e
  EXPECT_TRUE(md5_is_odd("a"));     // 0cc175b9c0f1b6a831c399e269772661
  EXPECT_FALSE(md5_is_odd("abc"));  // 900150983cd24fb0d6963f7d28e17f72
}

/// A folder of its own with small sets, written by hand.
class Sets : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(path("set/qrels")); }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  Setting setting() const { return {OPENBOOK_TEST_PROGRAMS, 1}; }

  void write_set() const {
    write(
        "set/corpus.jsonl",
        R"({"_id": "tide#0", "title": "Harbour", "text": "The harbour of Lindmoor freezes in January."})"
        "\n"
        R"({"_id": "tide#1", "title": "Harbour", "text": "The lighthouse of Lindmoor was built in 1874 by Ada Quist."})"
        "\n"
        R"({"_id": "cheese", "title": "Dairy", "text": "The dairy of Ostrava makes cheese from goat milk."})"
        "\n");
    write("set/queries.jsonl",
          "{\"_id\": \"q1\", \"text\": \"lighthouse of Lindmoor\"}\n{\"_id\": \"q2\", \"text\": \"goat cheese\"}\n"
          "{\"_id\": \"q3\", \"text\": \"judged by nobody\"}\n");
    write("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\ttide#1\t2\nq1\ttide#0\t1\nq2\tcheese\t1\n");
    write(
        "set/qa.jsonl",
        R"({"_id": "a", "question": "Who built the lighthouse of Lindmoor?", "answers": ["Ada Quist"], "doc_id": "tide#1"})"
        "\n"
        R"({"_id": "abc", "question": "What does the dairy of Ostrava make cheese from?", "answers": ["goat milk"], "doc_id": "cheese"})"
        "\n");
  }

 private:
  TemporaryFolder folder_ = *TemporaryFolder::make();
};

TEST_F(Sets, FindsWhatWasJudged) {
  write_set();
  const auto report = measure_retrieval(path("set"), {}, setting(), {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->queries, 2u);
  EXPECT_EQ(report->documents, 3u);
  EXPECT_EQ(report->lexical.at("ndcg@10").value, 1);
  EXPECT_EQ(report->lexical.at("recall@1").value, 0.75);
  const Json json = to_json(*report);
  EXPECT_EQ(json["modes"]["lexical"]["mrr@10"], 1);
  EXPECT_EQ(json["set"], "set");
}

TEST_F(Sets, NamesAWrongJudgementAndAMissingFile) {
  write_set();
  write("set/qrels/test.tsv", "q1\ttide#1\tmuch\n");
  const auto wrong = load_beir(path("set"), "test");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text().find("line 1"), std::string::npos);
  const auto missing = load_beir(path("set"), "train");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::NotFound);
}

TEST_F(Sets, SentencesAreJudgedWhateverTheDecision) {
  write_set();
  const auto report = measure_answers(path("set"), {.corpus = path("set")}, setting(), {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->answerable, 2u);
  EXPECT_EQ(report->sentence_contains.value, 1);
  EXPECT_EQ(report->top3_contains.value, 1);
  EXPECT_EQ(report->retrieved_1.value, 1);
  EXPECT_EQ(report->citation_exact, 1);
  EXPECT_TRUE(std::isnan(report->auroc.value));
  EXPECT_TRUE(to_json(*report)["decline"]["auroc"].is_null());
}

TEST_F(Sets, AHiddenPassageIsNeverQuoted) {
  write_set();
  const QuestionSet set = *load_questions(path("set/qa.jsonl"), path("set"));
  const Corpus corpus = *Corpus::add(set.corpus, setting(), {});
  AskOptions options;
  options.declining = Declining::Never;
  options.exclude_uris = {corpus.uri_of("tide#1")};
  const auto answer = corpus.library().ask(set.questions[0].text, options);
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_FALSE(answer->citations.empty());
  for (const book::Citation& citation : answer->citations) EXPECT_NE(corpus.id_of(citation.document.uri), "tide#1");
}

TEST_F(Sets, HidingMakesQuestionsUnanswerable) {
  write_set();
  for (const Hide hide : {Hide::Passage, Hide::Title}) {
    const auto report = measure_answers(path("set"), {.corpus = path("set"), .hide = hide}, setting(), {});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->questions, 2u);
    EXPECT_EQ(report->answerable, 1u);  // The id "a" has an odd MD5.
    EXPECT_EQ(report->auroc.value, 1);
  }
}

TEST_F(Sets, SquadParagraphsBecomeTheCorpus) {
  write("squad.json", R"({"version": "1", "data": [{"title": "Old_mill", "paragraphs": [{"context":
    "The old mill of Brandholt grinds rye on Tuesdays.", "qas": [
    {"id": "m1", "question": "What does the old mill of Brandholt grind?", "answers": [{"text": "rye", "answer_start": 31}]},
    {"id": "m2", "question": "Who owns the mill?", "answers": [], "is_impossible": true}]}]}]})");
  const auto report = measure_answers(path("squad.json"), {}, setting(), {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->questions, 2u);
  EXPECT_EQ(report->answerable, 1u);
  EXPECT_EQ(report->sentence_contains.value, 1);
}

TEST_F(Sets, QuestionsOfAnotherCorpusAreRefused) {
  write_set();
  write("other.jsonl", "{\"_id\": \"x\", \"text\": \"Nothing of the kind.\"}\n");
  const auto set = load_questions(path("set/qa.jsonl"), path("other.jsonl"));
  ASSERT_FALSE(set);
  EXPECT_NE(set.error().text().find("--corpus"), std::string::npos);
}

TEST_F(Sets, ADamagedLineIsNamed) {
  write("bad.jsonl", "{\"_id\": 1}\n\n{oh\n");
  int count = 0;
  const Status read = each_object(path("bad.jsonl"), [&](const Json&) -> Status {
    ++count;
    return {};
  });
  ASSERT_FALSE(read);
  EXPECT_EQ(count, 1);
  EXPECT_NE(read.error().text().find("line 3"), std::string::npos);
}

}  // namespace
}  // namespace openbook::eval
