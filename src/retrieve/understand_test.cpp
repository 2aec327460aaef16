#include "retrieve/understand.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "retrieve/fuse.h"
#include "retrieve/question_parts.h"

namespace openbook::retrieve {
namespace {

/// The words of a text, each in one passage.
class TextVocabulary final : public Vocabulary {
 public:
  explicit TextVocabulary(std::string_view text) {
    for (const auto& token : text::tokens_of(tokeniser_, text)) ++terms_[token.term];
  }
  std::uint64_t document_frequency(std::string_view term) const override {
    const auto found = terms_.find(std::string(term));
    return found == terms_.end() ? 0 : found->second;
  }
  void visit_prefix(std::string_view prefix,
                    const std::function<void(std::string_view, std::uint64_t)>& visit) const override {
    for (const auto& [term, frequency] : terms_)
      if (term.starts_with(prefix)) visit(term, frequency);
  }

 private:
  text::Tokeniser tokeniser_;
  std::map<std::string, std::uint64_t> terms_;
};

std::string corrected(std::string_view question, std::string_view library) {
  text::Tokeniser tokeniser;
  return understand(question, {}, tokeniser, TextVocabulary(library), nullptr).query.corrected;
}

TEST(Understand, CorrectsSlipsFromTheLibrarysOwnWords) {
  const char* library = "The telescope has a mirror. The mirror is clean. 天文台位于山顶。 RTX-4090";
  EXPECT_EQ(corrected("Where is the telescpoe?", library), "Where is the telescop?");
  EXPECT_EQ(corrected("miror of the telescope", library), "mirror of the telescope");
  EXPECT_EQ(corrected("天闻台在哪里", library), "天文台在哪里");
  EXPECT_EQ(corrected("天文台的山在哪里", library), "天文台的山在哪里");
  EXPECT_EQ(corrected("RTX-4080 banana", library), "RTX-4080 banana");
}

TEST(Understand, DropsFunctionWordsUnlessThereIsNothingElse) {
  text::Tokeniser tokeniser;
  const auto terms = query_terms("What is the mirror of the telescope?", tokeniser);
  ASSERT_EQ(terms.size(), 2u);
  EXPECT_EQ(terms[0].term, "mirror");
  EXPECT_FALSE(query_terms("to be or not to be", tokeniser).empty());
  EXPECT_TRUE(query_terms("", tokeniser).empty());
}

TEST(QuestionParts, SplitsDoubleQuestionsOnly) {
  using Strings = std::vector<std::string>;
  EXPECT_EQ(question_parts("Who founded the ferry and when did it open?"),
            (Strings{"Who founded the ferry", "when did it open?"}));
  EXPECT_EQ(question_parts("What is salt and pepper?"), (Strings{"What is salt and pepper?"}));
  EXPECT_EQ(question_parts("Who was it? Where is it?"), (Strings{"Who was it?", "Where is it?"}));
  EXPECT_EQ(question_parts("创始人是谁，公司什么时候成立？"), (Strings{"创始人是谁", "公司什么时候成立？"}));
  EXPECT_EQ(question_parts("茶叶的产地和价格是多少？"), (Strings{"茶叶的产地和价格是多少？"}));
  EXPECT_EQ(question_parts(""), (Strings{""}));
}

TEST(QueryForPart, BringsTheSubjectAlong) {
  text::Tokeniser tokeniser;
  const auto whole = understand("Who founded the ferry and when did it open?", {}, tokeniser,
                                TextVocabulary("ferry founded open"), nullptr);
  const book::Query second = query_for_part(whole.query, 1, tokeniser);
  const auto ferry = std::ranges::find(second.terms, "ferri", &book::QueryTerm::term);
  ASSERT_NE(ferry, second.terms.end());
  EXPECT_LT(ferry->weight, 1);
}

TEST(EditDistance, CountsTranspositionsOnce) {
  EXPECT_EQ(edit_distance("abcd", "abdc", 2), 1u);
  EXPECT_EQ(edit_distance("abcd", "abcd", 2), 0u);
  EXPECT_EQ(edit_distance("abcd", "wxyz", 2), 3u);
  EXPECT_EQ(edit_distance("", "ab", 2), 2u);
}

TEST(Fuse, PrefersWhatBothRankersFound) {
  const std::vector<std::vector<book::Candidate>> lists = {{{1, 9, {}}, {2, 8, {}}}, {{3, .9F, {}}, {2, .8F, {}}}};
  const auto fused = fuse(lists);
  ASSERT_EQ(fused.size(), 3u);
  EXPECT_EQ(fused[0].chunk, 2u);
  EXPECT_EQ(fused[1].chunk, 1u);  // Ties by number.
}

}  // namespace
}  // namespace openbook::retrieve
