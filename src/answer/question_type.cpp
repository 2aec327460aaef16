#include "answer/question_type.h"

#include <algorithm>

#include "answer/lexicon.h"
#include "answer/passage_text.h"
#include "text/language.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

struct Word {
  std::string lower;
  ByteRange range;
};

bool is_word_byte(unsigned char byte) {
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         byte == '\'' || byte == '-';
}

std::vector<Word> words_of_question(std::string_view text) {
  std::vector<Word> words;
  for (std::uint32_t at = 0; at < text.size();) {
    if (!is_word_byte(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    Word word{{}, {at, at}};
    while (at < text.size() && is_word_byte(static_cast<unsigned char>(text[at]))) {
      const char byte = text[at++];
      word.lower.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte);
    }
    word.range.end = at;
    words.push_back(std::move(word));
  }
  return words;
}

QuestionType type_of(NounClass noun, QuestionType otherwise) {
  switch (noun) {
    case NounClass::Person:
      return QuestionType::Who;
    case NounClass::Place:
      return QuestionType::Where;
    case NounClass::Time:
      return QuestionType::When;
    case NounClass::Number:
      return QuestionType::Number;
    case NounClass::Cause:
      return QuestionType::Why;
    case NounClass::Manner:
      return QuestionType::How;
    case NounClass::None:
      break;
  }
  return otherwise;
}

/// Reads the noun phrase that begins at word `first`: up to the next auxiliary or preposition. Returns its end.
std::size_t noun_phrase_end(const std::vector<Word>& words, std::size_t first) {
  std::size_t end = first;
  while (end < words.size() && end < first + 5 && !is_english_auxiliary(words[end].lower) &&
         !is_english_preposition(words[end].lower))
    ++end;
  return end;
}

NounClass class_of_phrase(const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  for (std::size_t i = end; i > begin; --i)
    if (const NounClass noun = english_noun_class(words[i - 1].lower); noun != NounClass::None) return noun;
  return NounClass::None;
}

void read_what(const std::vector<Word>& words, std::size_t at, QuestionFrame& frame) {
  std::size_t begin = at + 1;
  const bool direct = begin < words.size() && !is_english_auxiliary(words[begin].lower);
  frame.type = direct ? QuestionType::Entity : QuestionType::What;
  if (!direct) {
    while (begin < words.size() && is_english_auxiliary(words[begin].lower)) ++begin;
    // "What was the name of the river" asks for the noun phrase behind the determiner; "what did X do" does not.
    if (begin >= words.size() || !is_english_determiner(words[begin].lower)) return;
    ++begin;
  }
  const std::size_t end = noun_phrase_end(words, begin);
  if (end == begin) return;
  frame.after = {words[begin].range.begin, words[end - 1].range.end};
  NounClass noun = NounClass::None;
  if (direct) {
    // "Which river flows …": the phrase may run on into the verb, so nouns near its beginning count first.
    for (std::size_t i = begin; i < end && noun == NounClass::None; ++i) noun = english_noun_class(words[i].lower);
  } else {
    noun = class_of_phrase(words, end - 1, end);
  }
  frame.type = type_of(noun, frame.type);
}

void read_how(const std::vector<Word>& words, std::size_t at, QuestionFrame& frame) {
  frame.type = QuestionType::How;
  if (at + 1 >= words.size()) return;
  const std::string& next = words[at + 1].lower;
  if (is_english_degree(next)) {
    frame.type = QuestionType::Number;
    frame.asked.end = words[at + 1].range.end;
    const std::size_t end = noun_phrase_end(words, at + 2);
    if (end > at + 2) frame.after = {words[at + 2].range.begin, words[end - 1].range.end};
    return;
  }
  const bool self = at + 2 < words.size() && (words[at + 2].lower == "i" || words[at + 2].lower == "we" ||
                                              words[at + 2].lower == "you" || words[at + 2].lower == "one");
  frame.wants_steps = next == "to" || (self && is_english_auxiliary(next));
}

void read_question_word(const std::vector<Word>& words, std::size_t at, QuestionFrame& frame) {
  const std::string& word = words[at].lower;
  frame.asked = words[at].range;
  if (at > 0) frame.before = words[at - 1].range;
  if (word == "who" || word == "whom" || word == "whose") frame.type = QuestionType::Who;
  if (word == "when") frame.type = QuestionType::When;
  if (word == "where") frame.type = QuestionType::Where;
  if (word == "why") frame.type = QuestionType::Why;
  if (word == "how") read_how(words, at, frame);
  if (word == "what" || word == "which" || word == "what's") read_what(words, at, frame);
}

QuestionFrame frame_of_english(std::string_view question) {
  static constexpr std::string_view kQuestionWords[] = {"who", "whom", "whose", "when",  "where",
                                                        "why", "how",  "what",  "which", "what's"};
  QuestionFrame frame;
  const std::vector<Word> words = words_of_question(question);
  for (const Word& word : words) {
    if (is_english_negation(word.lower)) frame.negated = true;
    if (word.lower == "steps" || word.lower == "procedure") frame.wants_steps = true;
    if (word.lower == "list") frame.wants_list = true;
  }
  const std::string lower = lower_case(question);
  for (std::string_view cue :
       {"must be done", "should be done", "do i do", "should i do", "to do ", "next step", "done first"})
    if (lower.find(cue) != std::string::npos) frame.wants_steps = true;
  // "What" and "which" may stand late ("in the north what …"); "when", "where", "who" late are mostly relative words.
  for (int pass = 0; pass < 2; ++pass)
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool late = i > 2;
      const bool firm = words[i].lower == "what" || words[i].lower == "which" || words[i].lower == "how";
      if (pass == 0 && late && !firm) continue;
      if (std::find(std::begin(kQuestionWords), std::end(kQuestionWords), words[i].lower) == std::end(kQuestionWords))
        continue;
      read_question_word(words, i, frame);
      return frame;
    }
  if (!words.empty() && is_english_auxiliary(words[0].lower)) frame.type = QuestionType::YesNo;
  return frame;
}

struct ChinesePattern {
  std::string_view text;
  QuestionType type;
};
/// Longer patterns first; 什么 and 哪 look at what follows them.
constexpr ChinesePattern kChinesePatterns[] = {
    {"什么时候", QuestionType::When}, {"什么时间", QuestionType::When}, {"什么地方", QuestionType::Where},
    {"什么人", QuestionType::Who},    {"为什么", QuestionType::Why},    {"为何", QuestionType::Why},
    {"为啥", QuestionType::Why},      {"何时", QuestionType::When},     {"何地", QuestionType::Where},
    {"何处", QuestionType::Where},    {"何人", QuestionType::Who},      {"哪里", QuestionType::Where},
    {"哪儿", QuestionType::Where},    {"哪年", QuestionType::When},     {"哪一年", QuestionType::When},
    {"哪天", QuestionType::When},     {"哪一天", QuestionType::When},   {"哪月", QuestionType::When},
    {"哪位", QuestionType::Who},      {"几时", QuestionType::When},     {"几年", QuestionType::When},
    {"多少年", QuestionType::Number}, {"多少", QuestionType::Number},   {"多大", QuestionType::Number},
    {"多长", QuestionType::Number},   {"多高", QuestionType::Number},   {"多远", QuestionType::Number},
    {"多重", QuestionType::Number},   {"多久", QuestionType::Number},   {"多宽", QuestionType::Number},
    {"多深", QuestionType::Number},   {"几", QuestionType::Number},     {"谁", QuestionType::Who},
    {"怎么样", QuestionType::What},   {"怎么", QuestionType::How},      {"怎样", QuestionType::How},
    {"如何", QuestionType::How},      {"什么", QuestionType::What},     {"哪些", QuestionType::Entity},
    {"哪一", QuestionType::Entity},   {"哪", QuestionType::Entity},     {"何", QuestionType::What},
    {"啥", QuestionType::What}};

/// The stretch of at most `count` characters before `at` that are not punctuation.
std::uint32_t begin_of_characters_before(std::string_view text, std::uint32_t at, int count) {
  while (count-- > 0 && at > 0) {
    std::uint32_t previous = at - 1;
    while (previous > 0 && (static_cast<unsigned char>(text[previous]) & 0xC0) == 0x80) --previous;
    at = previous;
  }
  return at;
}

std::uint32_t end_of_characters_after(std::string_view text, std::size_t at, int count) {
  while (count-- > 0 && at < text.size()) text::next_code_point(text, at);
  return static_cast<std::uint32_t>(at);
}

void read_chinese_pattern(std::string_view question, std::size_t at, const ChinesePattern& pattern,
                          QuestionFrame& frame) {
  std::size_t end = at + pattern.text.size();
  frame.type = pattern.type;
  frame.wants_list = pattern.text == "哪些";
  if (pattern.type == QuestionType::Entity || pattern.text == "什么") {
    // A measure word stands between 哪 and the noun: 哪(一)个城市, 哪家公司.
    static constexpr std::string_view kMeasures[] = {"个", "家", "座",   "种",   "部",   "支", "本", "首", "所",
                                                     "条", "款", "两个", "三个", "几个", "项", "届", "场"};
    for (auto measure : kMeasures)
      if (question.substr(end).starts_with(measure)) {
        end += measure.size();
        break;
      }
    frame.type = type_of(chinese_noun_class(question.substr(end)), frame.type);
  }
  frame.asked = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
  frame.before = {begin_of_characters_before(question, frame.asked.begin, 4), frame.asked.begin};
  frame.after = {frame.asked.end, end_of_characters_after(question, end, 4)};
}

QuestionFrame frame_of_chinese(std::string_view question) {
  QuestionFrame frame;
  frame.type = question.find("吗") != std::string_view::npos || question.find("是否") != std::string_view::npos
                   ? QuestionType::YesNo
                   : QuestionType::Other;
  for (const ChinesePattern& pattern : kChinesePatterns)
    if (const std::size_t at = question.find(pattern.text); at != std::string_view::npos) {
      read_chinese_pattern(question, at, pattern, frame);
      break;
    }
  const auto holds = [&](std::string_view word) { return question.find(word) != std::string_view::npos; };
  frame.wants_steps = frame.type == QuestionType::How || holds("步骤") || holds("流程") || holds("下一步") ||
                      holds("第一步") || holds("先做");
  frame.wants_list |= holds("分别") || holds("列出");
  frame.negated = holds("不") || holds("没有") || holds("未") || holds("非");
  return frame;
}

}  // namespace

const char* name_of(QuestionType type) {
  static constexpr const char* kNames[] = {"who", "when",   "where", "number", "why",
                                           "how", "entity", "what",  "yes-no", "other"};
  return kNames[static_cast<int>(type)];
}

bool QuestionFrame::wants_span() const {
  return type != QuestionType::Why && type != QuestionType::How && type != QuestionType::YesNo &&
         type != QuestionType::Other && !wants_steps;
}

QuestionFrame frame_of(std::string_view question) {
  if (!text::is_mostly_cjk(question)) return frame_of_english(question);
  QuestionFrame frame = frame_of_chinese(question);
  frame.chinese = true;
  return frame;
}

}  // namespace openbook::answer
