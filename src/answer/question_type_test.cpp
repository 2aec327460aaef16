#include "answer/question_type.h"

#include <gtest/gtest.h>

namespace openbook::answer {
namespace {

struct TypeCase {
  const char* question;
  QuestionType want;
};

TEST(FrameOf, KnowsWhatAQuestionAsksFor) {
  constexpr TypeCase cases[] = {{"Who wrote the book?", QuestionType::Who},
                                {"Which king built the tower?", QuestionType::Who},
                                {"When was it built?", QuestionType::When},
                                {"In what year did the war end?", QuestionType::When},
                                {"Where does the river rise?", QuestionType::Where},
                                {"Into which sea does the river flow?", QuestionType::Where},
                                {"How many members are there?", QuestionType::Number},
                                {"What was the population of the town?", QuestionType::Number},
                                {"Why did the lamp fail?", QuestionType::Why},
                                {"What is the reason for the delay?", QuestionType::Why},
                                {"How does the pump work?", QuestionType::How},
                                {"What did the crew repair?", QuestionType::What},
                                {"Is the museum open?", QuestionType::YesNo},
                                {"这本书是谁写的？", QuestionType::Who},
                                {"大桥是哪一年建成的？", QuestionType::When},
                                {"会议在什么地方举行？", QuestionType::Where},
                                {"总部位于哪个城市？", QuestionType::Where},
                                {"全长多少公里？", QuestionType::Number},
                                {"为什么取消航班？", QuestionType::Why},
                                {"如何连接充电器？", QuestionType::How},
                                {"它的颜色是什么？", QuestionType::What},
                                {"可以带狗吗？", QuestionType::YesNo}};
  for (const auto& c : cases) EXPECT_STREQ(name_of(frame_of(c.question).type), name_of(c.want)) << c.question;
}

TEST(FrameOf, SeesWhenStepsAreWanted) {
  EXPECT_TRUE(frame_of("How do I reset the meter?").wants_steps);
  EXPECT_TRUE(frame_of("怎么更换滤芯？").wants_steps);
  EXPECT_FALSE(frame_of("How many steps has the tower?").type != QuestionType::Number);
  EXPECT_FALSE(frame_of("How does the pump work?").wants_steps);
}

TEST(FrameOf, TakesTheNounBesideTheQuestionWord) {
  const std::string_view question = "Which river flows through the town?";
  EXPECT_TRUE(frame_of(question).after.of(question).starts_with("river"));
  const std::string_view chinese = "该车站位于哪个城市？";
  EXPECT_TRUE(frame_of(chinese).after.of(chinese).starts_with("城市"));
}

TEST(FrameOf, SurvivesEmptyTextAndBadBytes) {
  EXPECT_EQ(frame_of("").type, QuestionType::Other);
  EXPECT_EQ(frame_of("\xff\xc3").type, QuestionType::Other);
  EXPECT_EQ(frame_of("what").type, QuestionType::What);
}

}  // namespace
}  // namespace openbook::answer
