#include "answer/extractive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "answer/answer_test_library.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

using test::TestDocument;

const std::vector<TestDocument>& library() {
  static const std::vector<TestDocument> documents = {
      {"Harbour Observatory",
       "The Harbour Observatory stands on Gull Hill above the old port. It was founded in 1874 by the astronomer Edith "
       "Marwood. The main telescope has a mirror of 62 centimetres. Visitors may come on the first Friday of each "
       "month. "
       "The dome was rebuilt in 1931 after a storm had torn off the roof."},
      {"Nightjar Survey",
       "The Nightjar Survey counts birds on the heath each June. Volunteers walk eight routes of four kilometres. In "
       "the "
       "last survey 212 nightjars were heard. The results are sent to the county archive in Thornbury."},
      {"Bread Oven",
       "# Bread Oven\n\n## Heating the oven\n\nTo heat the bread oven safely, follow these steps:\n\n1. Sweep the "
       "floor "
       "of the oven.\n2. Open the flue.\n3. Light two bundles of birch twigs.\n4. Wait until the dome is "
       "white.\n\nNever "
       "close the flue while the fire burns.",
       {"Bread Oven", "Heating the oven"}},
      {"Canal Tolls",
       "| Boat | Length | Toll |\n| --- | --- | --- |\n| Barge | 21 m | 14 crowns |\n| Punt | 6 m | 3 crowns |\n| "
       "Launch "
       "| 9 m | 5 crowns |\n"},
      {"青石桥",
       "青石桥位于临河镇北部，横跨白水河。该桥由工匠陆明远于1762年主持修建，全长86米。桥面铺设青石板三百余块。2004年，"
       "青石桥被列为"
       "省级文物保护单位。每年五月，当地居民在桥上举行龙舟节。"},
      {"云雾茶",
       "云雾茶产于海拔九百米以上的山区。采摘时间一般在清明前后。制作云雾茶需要经过杀青、揉捻和烘干三道工序。它的味道清"
       "香甘甜，"
       "因此很受茶客喜爱。"}};
  return documents;
}

book::Answer ask(const std::string& question, const std::vector<TestDocument>& documents, AnswerOptions options = {},
                 std::vector<std::string> parts = {}, book::Trace* trace = nullptr) {
  const book::Query query = test::query_of(question, std::move(parts));
  const book::Evidence evidence = test::evidence_of(query, documents);
  const auto answer = make_extractive_answerer()->answer(query, evidence, options, trace);
  EXPECT_TRUE(answer.has_value());
  return *answer;
}

const TestDocument& document_of(const book::Citation& citation, const std::vector<TestDocument>& documents) {
  return documents[static_cast<std::size_t>(citation.document.id) - 1];
}

struct FactCase {
  const char* question;
  const char* wanted;
};

TEST(ExtractiveAnswerer, FindsTheSentenceThatAnswersInBothLanguages) {
  constexpr FactCase cases[] = {{"Who founded the Harbour Observatory?", "Edith Marwood"},
                                {"How large is the mirror of the main telescope?", "62 centimetres"},
                                {"How many nightjars were heard in the last survey?", "212"},
                                {"Where are the results of the Nightjar Survey sent?", "Thornbury"},
                                {"青石桥全长多少米？", "86米"},
                                {"青石桥是由谁主持修建的？", "陆明远"},
                                {"云雾茶的采摘时间是什么时候？", "清明前后"}};
  for (const auto& c : cases) {
    const book::Answer answer = ask(c.question, library());
    EXPECT_TRUE(answer.answered) << c.question << " confidence " << answer.confidence;
    EXPECT_NE(answer.text.find(c.wanted), std::string::npos) << c.question << " → " << answer.text;
  }
}

TEST(ExtractiveAnswerer, QuotesTheDocumentByteForByteAtTheCitedRange) {
  for (const char* question : {"Who founded the Harbour Observatory?", "青石桥全长多少米？",
                               "What is the toll for a punt?", "How do I heat the bread oven?"}) {
    const book::Answer answer = ask(question, library());
    ASSERT_FALSE(answer.citations.empty()) << question;
    for (const auto& citation : answer.citations)
      EXPECT_EQ(citation.quote, citation.range.of(document_of(citation, library()).markdown)) << question;
  }
}

TEST(ExtractiveAnswerer, NumbersCitationsAndNamesThemInTheText) {
  const book::Answer answer = ask("Who founded the Harbour Observatory?", library());
  ASSERT_FALSE(answer.citations.empty());
  for (std::size_t i = 0; i < answer.citations.size(); ++i)
    EXPECT_EQ(answer.citations[i].number, static_cast<int>(i) + 1);
  EXPECT_NE(answer.text.find("[1]"), std::string::npos);
}

TEST(ExtractiveAnswerer, AddsTheSentenceBeforeWhereTheSubjectStandsThere) {
  const std::vector<TestDocument> documents = {
      {"Bridges", "The Swan Bridge was opened to carts. It was painted green in 1911. Fish are sold beneath it."}};
  const book::Answer answer = ask("In which year was the bridge painted green?", documents, {Strictness::Lenient});
  ASSERT_TRUE(answer.answered) << answer.confidence;
  EXPECT_NE(answer.text.find("The Swan Bridge was opened"), std::string::npos) << answer.text;
  ASSERT_GE(answer.sentences.size(), 2u);
  EXPECT_TRUE(answer.sentences[0].context);
  EXPECT_EQ(answer.citations[0].quote, answer.citations[0].range.of(documents[0].markdown));
}

TEST(ExtractiveAnswerer, TellsATableRowWithItsHeader) {
  const book::Answer answer = ask("What is the toll for a punt?", library());
  ASSERT_TRUE(answer.answered) << answer.confidence;
  EXPECT_NE(answer.text.find("Toll: 3 crowns"), std::string::npos) << answer.text;
  EXPECT_EQ(answer.span, "3 crowns");
}

TEST(ExtractiveAnswerer, GivesAProcedureInFull) {
  const book::Answer answer = ask("How do I heat the bread oven?", library());
  ASSERT_TRUE(answer.answered) << answer.confidence;
  for (const char* step : {"Sweep the floor", "Open the flue", "birch twigs", "dome is white"})
    EXPECT_NE(answer.text.find(step), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, FindsAProcedureByItsHeadingWhenItsStepsShareNoWord) {
  const book::Answer answer = ask("What must be done first when heating the bread oven?", library());
  ASSERT_TRUE(answer.answered) << answer.confidence;
  EXPECT_NE(answer.text.find("Sweep the floor"), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, AddsTheFootnoteThatTheStatementPointsTo) {
  const std::vector<TestDocument> documents = {
      {"Lamps",
       "The harbour lamps are cleaned by the wardens.[^1] The quay is swept daily.\n\n[^1]: In winter every ten "
       "days."}};
  AnswerOptions options;
  options.declining = Declining::Never;
  const book::Answer answer = ask("Who cleans the harbour lamps?", documents, options);
  EXPECT_NE(answer.text.find("In winter every ten days."), std::string::npos) << answer.text;
  EXPECT_EQ(answer.text.find("[^1]"), std::string::npos) << answer.text;
  for (const auto& citation : answer.citations) EXPECT_EQ(citation.quote, citation.range.of(documents[0].markdown));
}

TEST(ExtractiveAnswerer, DoesNotTakeATitleBlockForAStatement) {
  const std::vector<TestDocument> documents = {
      {"rules",
       "RULES OF THE SKI LIFT\nEdition 2019\n\nSeason passes for the lift cost 340 crowns. Dogs stay outside."}};
  AnswerOptions options;
  options.declining = Declining::Never;
  const book::Answer answer =
      ask("How much was a season pass under the 2019 edition of the rules of the ski lift?", documents, options);
  EXPECT_TRUE(answer.text.starts_with("Season passes")) << answer.text;
}

TEST(ExtractiveAnswerer, AnswersBothHalvesOfADoubleQuestion) {
  const book::Answer answer =
      ask("Who founded the Harbour Observatory and how many nightjars were heard in the last survey?", library(), {},
          {"Who founded the Harbour Observatory?", "How many nightjars were heard in the last survey?"});
  EXPECT_TRUE(answer.answered);
  EXPECT_NE(answer.text.find("Edith Marwood"), std::string::npos) << answer.text;
  EXPECT_NE(answer.text.find("212"), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, SaysWhichHalfIsNotHeld) {
  const book::Answer answer = ask("Who founded the Harbour Observatory and what is the capital of Peru?", library(), {},
                                  {"Who founded the Harbour Observatory?", "What is the capital of Peru?"});
  EXPECT_TRUE(answer.answered);
  EXPECT_NE(answer.text.find("does not say: “What is the capital of Peru?”"), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, DeclinesInTheLanguageOfTheQuestion) {
  const book::Answer english = ask("Which metal is used for the hull of the submarine Aurora?", library());
  EXPECT_FALSE(english.answered) << english.text;
  EXPECT_EQ(english.text, "The library does not hold an answer to this question.");
  const book::Answer chinese = ask("火星探测器是哪一年发射升空的？", library());
  EXPECT_FALSE(chinese.answered) << chinese.text;
  EXPECT_EQ(chinese.text, "资料库中没有找到这个问题的答案。");
  for (const auto& answer : {english, chinese})
    for (const auto& citation : answer.citations) EXPECT_TRUE(citation.nearest);
}

TEST(ExtractiveAnswerer, CitesBothDocumentsThatSayTheSame) {
  std::vector<TestDocument> documents = library();
  documents.push_back(
      {"Visiting Gull Hill", "Bring a coat. The main telescope has a mirror of 62 centimetres. Parking is free."});
  const book::Answer answer = ask("How large is the mirror of the main telescope?", documents);
  ASSERT_TRUE(answer.answered);
  ASSERT_GE(answer.citations.size(), 2u) << answer.text;
  EXPECT_NE(answer.citations[0].document.id, answer.citations[1].document.id);
  EXPECT_NE(answer.text.find("[1][2]"), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, PrefersTheNewerEditionAndTellsTheConflict) {
  const std::vector<TestDocument> documents = {
      {"Ski Lift Rules 2019", "Season passes for the ski lift cost 340 crowns. Dogs are not allowed."},
      {"Ski Lift Rules 2024", "These rules apply to all guests. Season passes for the ski lift cost 410 crowns."}};
  const book::Answer answer = ask("How much do season passes for the ski lift cost?", documents, {Strictness::Lenient});
  ASSERT_TRUE(answer.answered) << answer.confidence;
  const std::size_t newer = answer.text.find("410 crowns"), older = answer.text.find("340 crowns");
  ASSERT_NE(newer, std::string::npos) << answer.text;
  ASSERT_NE(older, std::string::npos) << answer.text;
  EXPECT_LT(newer, older);
  EXPECT_NE(answer.text.find("An older edition, “Ski Lift Rules 2019”"), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, TakesTheBodyOfTheEditionThatTheQuestionNames) {
  const std::vector<TestDocument> documents = {
      {"Ski Lift Rules 2019", "Guests keep to the marked ways. Season passes cost 340 crowns. Dogs are not allowed."},
      {"Ski Lift Rules 2024",
       "This edition replaces the 2019 edition of the ski lift rules. Season passes cost 410 crowns."}};
  AnswerOptions options;
  options.declining = Declining::Never;
  const book::Answer answer =
      ask("How much was a season pass under the 2019 edition of the ski lift rules?", documents, options);
  EXPECT_TRUE(answer.text.starts_with("Season passes cost 340 crowns")) << answer.text;
}

TEST(ExtractiveAnswerer, SeesWhetherTheAskedForKindIsMissing) {
  const auto missing = [](const std::string& sentence) {
    book::Trace trace;
    ask("How much does the ferryman of the green punt earn?", {{"Punts", sentence}}, {}, {}, &trace);
    for (const auto& step : trace.steps)
      for (const auto& [name, value] : step.facts)
        if (name == "asked-for kind missing") return value;
    return std::string("not told");
  };
  EXPECT_EQ(missing("The ferryman of the green punt is an old sailor."), "1.000");
  EXPECT_EQ(missing("The ferryman of the green punt is paid 90 crowns."), "0.000");
}

TEST(ExtractiveAnswerer, FindsTheStepAfterTheOneThatTheQuestionNames) {
  std::vector<TestDocument> documents = library();
  documents.push_back({"Cider press manual",
                       "1. Rinse the hopper.\n2. Fill the hopper with apples.\n3. Close the lid.\n4. Turn the crank."});
  const book::Answer answer = ask("What is the next step after filling the cider press with apples?", documents);
  ASSERT_TRUE(answer.answered) << answer.confidence;
  EXPECT_NE(answer.text.find("Close the lid."), std::string::npos) << answer.text;
}

TEST(ExtractiveAnswerer, IsTheSameEveryTime) {
  const book::Answer first = ask("Who founded the Harbour Observatory?", library());
  const book::Answer second = ask("Who founded the Harbour Observatory?", library());
  EXPECT_EQ(first.text, second.text);
  EXPECT_EQ(first.confidence, second.confidence);
  EXPECT_EQ(first.related, second.related);
}

TEST(ExtractiveAnswerer, DeclinesWithoutEvidenceOrWithoutAQuestion) {
  EXPECT_FALSE(ask("Who founded the Harbour Observatory?", {}).answered);
  EXPECT_FALSE(ask("", library()).answered);
  EXPECT_FALSE(ask("???", library()).answered);
  EXPECT_FALSE(ask("the of and", library()).answered);
}

TEST(ExtractiveAnswerer, SurvivesHostileText) {
  const std::vector<TestDocument> documents = {
      {"line", std::string(1 << 20, 'x') + " founded the Harbour Observatory"},
      {"bytes", std::string("\xff\xfe\xc3\x28 Harbour \xe4\xb8 Observatory \x00 founded", 37)},
      {"table", "| Harbour | Observatory\n| --- |\n|||||| founded |\n|"},
      {"marks", "1. 2. 3. - * ( ( ( [ [ “ “ 《 《 founded Harbour Observatory )))"},
      {"long", [] {
         std::string text;
         for (int i = 0; i < 20'000; ++i) text += "港口天文台";
         return text;
       }()}};
  const auto start = std::chrono::steady_clock::now();
  const book::Answer answer = ask("Who founded the Harbour Observatory \xff\xc0?", documents, {Strictness::Lenient});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  for (const auto& citation : answer.citations)
    EXPECT_EQ(citation.quote, citation.range.of(document_of(citation, documents).markdown));
}

TEST(ExtractiveAnswerer, GivesNoMoreSourcesThanAllowed) {
  std::vector<TestDocument> documents;
  for (int i = 0; i < 8; ++i)
    documents.push_back({"Heron " + std::to_string(i), "Herons nest in the tall reed beds of lake " +
                                                           std::string(1, static_cast<char>('A' + i)) + "."});
  AnswerOptions options{Strictness::Lenient, 2, Detail::Full};
  const book::Answer answer = ask("Where do herons nest?", documents, options);
  EXPECT_LE(answer.citations.size(), 2u);
}

TEST(ExtractiveAnswerer, FullDetailShowsAsManySentencesAsAllowed) {
  AnswerOptions options;
  options.detail = Detail::Full;
  const book::Answer answer = ask("Who founded the Harbour Observatory?", library(), options);
  ASSERT_TRUE(answer.answered);
  EXPECT_EQ(std::count_if(answer.sentences.begin(), answer.sentences.end(), [](const auto& s) { return !s.context; }),
            3);
}

TEST(ExtractiveAnswerer, AnswersWhenToldNeverToDecline) {
  const std::string question = "Which metal is used for the hull of the submarine Aurora?";
  AnswerOptions options;
  options.declining = Declining::Never;
  const book::Answer answer = ask(question, library(), options);
  EXPECT_TRUE(answer.answered);
  EXPECT_EQ(answer.confidence, ask(question, library()).confidence);
  EXPECT_FALSE(ask(question, {}, options).answered);
}

TEST(ExtractiveAnswerer, NamesWhatElseIsNear) {
  const book::Answer answer = ask("Who founded the Harbour Observatory?", library());
  EXPECT_FALSE(answer.related.empty());
  EXPECT_EQ(std::count(answer.related.begin(), answer.related.end(), "Harbour Observatory"), 0);
}

TEST(ExtractiveAnswerer, ExplainsWhatItSawAndWhy) {
  book::Trace trace;
  ask("Who founded the Harbour Observatory?", library(), {}, {}, &trace);
  std::vector<std::string> stages;
  for (const auto& step : trace.steps) stages.push_back(step.stage);
  EXPECT_EQ(stages, (std::vector<std::string>{"question", "passages", "sentences", "decide", "choose"}));
  const auto& choose = trace.steps.back().facts;
  EXPECT_TRUE(std::any_of(choose.begin(), choose.end(), [](const auto& fact) { return fact.first == "dropped"; }));
}

TEST(ExtractiveAnswerer, SkipsPassagesThatWereDropped) {
  const book::Query query = test::query_of("Who founded the Harbour Observatory?");
  book::Evidence evidence = test::evidence_of(query, library());
  for (auto& passage : evidence.passages)
    if (passage.document.title == "Harbour Observatory") passage.dropped = "not wanted";
  const auto answer = make_extractive_answerer()->answer(query, evidence, {}, nullptr);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->text.find("Edith Marwood"), std::string::npos);
}

TEST(Strictness, LevelsAreOrdered) {
  for (bool chinese : {false, true}) {
    EXPECT_LT(threshold_of(Strictness::Lenient, chinese), threshold_of(Strictness::Balanced, chinese));
    EXPECT_LT(threshold_of(Strictness::Balanced, chinese), threshold_of(Strictness::Strict, chinese));
  }
}

}  // namespace
}  // namespace openbook::answer
