#include <algorithm>
#include <array>
#include <string_view>

#include "text/tokenise.h"

namespace openbook::text {
namespace {

// Sorted, so that a binary search finds them (checked when compiled).
constexpr std::array kEnglish = std::to_array<std::string_view>(
    {"a",       "about", "above", "after", "again",   "all",     "also",   "am",     "an",      "and",   "any",
     "are",     "as",    "at",    "be",    "because", "been",    "before", "being",  "between", "both",  "but",
     "by",      "can",   "could", "did",   "do",      "does",    "doing",  "during", "each",    "for",   "from",
     "further", "had",   "has",   "have",  "having",  "he",      "her",    "here",   "hers",    "him",   "his",
     "how",     "i",     "if",    "in",    "into",    "is",      "it",     "its",    "itself",  "just",  "may",
     "me",      "might", "more",  "most",  "must",    "my",      "no",     "nor",    "not",     "of",    "on",
     "once",    "only",  "or",    "other", "our",     "ours",    "out",    "over",   "own",     "shall", "she",
     "should",  "so",    "some",  "such",  "than",    "that",    "the",    "their",  "theirs",  "them",  "then",
     "there",   "these", "they",  "this",  "those",   "through", "to",     "too",    "under",   "until", "up",
     "upon",    "us",    "very",  "was",   "we",      "were",    "what",   "when",   "where",   "which", "while",
     "who",     "whom",  "whose", "why",   "will",    "with",    "would",  "you",    "your",    "yours"});
static_assert(std::ranges::is_sorted(kEnglish));

constexpr std::array kChinese = std::to_array<std::string_view>(
    {"的",   "了",   "在",   "是",   "和",     "与",   "及",     "或",     "吗",       "呢",     "吧",     "啊",
     "呀",   "么",   "也",   "都",   "而",     "就",   "把",     "被",     "让",       "给",     "从",     "向",
     "对",   "于",   "其",   "之",   "这",     "那",   "哪",     "谁",     "什么",     "怎么",   "怎样",   "如何",
     "哪些", "哪个", "哪里", "哪儿", "哪位",   "哪种", "哪年",   "多少",   "为何",     "为什么", "是什么", "有什么",
     "请问", "一个", "这个", "那个", "有哪些", "是否", "什么样", "怎么样", "什么时候", "是谁",   "几个",   "以及",
     "或者", "因此", "所以", "因为", "但是",   "如果", "可以"});

}  // namespace

bool is_stop_word(std::string_view word) {
  if (word.empty()) return false;
  if (static_cast<unsigned char>(word[0]) < 0x80) return std::ranges::binary_search(kEnglish, word);
  return std::ranges::find(kChinese, word) != kChinese.end();
}

}  // namespace openbook::text
