#include "answer/kind.h"

#include <gtest/gtest.h>

#include "book/evidence.h"

namespace openbook::answer {
namespace {

Question question_of(text::Tokeniser& tokeniser, const std::string& text) {
  return read_question(tokeniser, text, Rarity(book::Evidence{}));
}

bool answers(const std::string& question, const std::string& sentence) {
  text::Tokeniser tokeniser;
  book::Passage passage;
  passage.text = sentence;
  passage.chunk.range = {0, static_cast<std::uint32_t>(sentence.size())};
  const PassageText view = read_passage(tokeniser, passage);
  const Question read = question_of(tokeniser, question);
  return !view.units.empty() && holds_kind(kind_asked(read), read, view.units.front());
}

TEST(AnswerKind, IsReadFromTheQuestion) {
  text::Tokeniser tokeniser;
  EXPECT_EQ(kind_asked(question_of(tokeniser, "How many oars does the punt have?")), AnswerKind::Quantity);
  EXPECT_EQ(kind_asked(question_of(tokeniser, "What does a guided walk cost?")), AnswerKind::Money);
  EXPECT_EQ(kind_asked(question_of(tokeniser, "导游一小时多少钱？")), AnswerKind::Money);
  EXPECT_EQ(kind_asked(question_of(tokeniser, "When was the mill built?")), AnswerKind::Time);
  EXPECT_EQ(kind_asked(question_of(tokeniser, "谁修了这座桥？")), AnswerKind::Person);
  EXPECT_EQ(kind_asked(question_of(tokeniser, "What is a sluice?")), AnswerKind::Any);
}

TEST(AnswerKind, OfAnAmountIsHeldByNumbersAndNumberWords) {
  EXPECT_TRUE(answers("How many oars does the punt have?", "A punt has two oars and a pole."));
  EXPECT_TRUE(answers("How many oars does the punt have?", "A punt has 2 oars and a pole."));
  EXPECT_FALSE(answers("How many oars does the punt have?", "The punt was bought in 1987 from the first owner."));
}

TEST(AnswerKind, OfMoneyIsNotHeldByACount) {
  EXPECT_TRUE(answers("What does a guided walk cost?", "Guided walks are 12 crowns for each walker."));
  EXPECT_TRUE(answers("What does a guided walk cost?", "Guided walks are free for members."));
  EXPECT_FALSE(answers("What does a guided walk cost?", "A guided walk needs at least two walkers."));
  EXPECT_FALSE(answers("导游一小时多少钱？", "导游会说汉语。"));
}

TEST(AnswerKind, OfAPersonIsNotHeldByASentenceWithoutAName) {
  EXPECT_TRUE(answers("Who repaired the sluice?", "The sluice was mended last spring by Olga Brandt."));
  EXPECT_FALSE(answers("Who repaired the sluice?", "The sluice had shown 97 °C although it was cold."));
}

}  // namespace
}  // namespace openbook::answer
