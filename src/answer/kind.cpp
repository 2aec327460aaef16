#include "answer/kind.h"

#include <algorithm>

#include "answer/lexicon.h"
#include "answer/sentence_features.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

bool any_in(std::string_view text, std::initializer_list<std::string_view> cues) {
  return std::any_of(cues.begin(), cues.end(), [&](auto cue) { return text.find(cue) != std::string_view::npos; });
}

bool is_ideograph(char32_t c) {
  return c >= 0x3400 && c <= 0x9FFF;
}

/// Latin: a month, a weekday, a part of the day, a season, or a word that places something in time.
bool tells_time(std::string_view lower) {
  return any_in(lower,
                {"day",    "week", "month",  "year",  "centur", "decade",  "spring",  "summer",  "autumn", "winter",
                 "season", "hour", "minute", "noon",  "night",  "morning", "evening", "o'clock", "after",  "before",
                 "during", "when", "until",  "since", "while",  "as soon", "ago",     "now",     "今",     "日",
                 "月",     "年",   "时",     "時",    "后",     "後",      "前",      "天",      "期",     "代",
                 "夜",     "晚",   "春",     "夏",    "秋",     "冬",      "点",      "點"});
}

/// A question about an amount may be answered by a word: "free", "all", "weekly", 免费, 每天.
bool tells_amount(std::string_view lower) {
  return any_in(lower, {"free", "every", "daily", "weekly", "monthly", "yearly", "annual", "none", "several",
                        "all ", "both",  "pair",  "single", "couple",  "few",    "many",   "most", "majority",
                        "half", "once",  "twice", "always", "never",   "often",  "hour",   "免",   "每",
                        "全",   "数",    "數",    "多",     "几",      "单",     "雙",     "双"});
}

/// An amount of money is written with digits, or with a word for money beside it.
bool tells_money(std::string_view lower) {
  return any_in(lower,
                {"free", "dollar", "pound", "euro", "yuan", " cent", "franc", "crown",     "penny", "pence", "rupee",
                 "yen",  "peso",   "lira",  "$",    "€",    "£",     "¥",     "no charge", "元",    "块",    "塊",
                 "免",   "币",     "幣",    "镑",   "鎊",   "美金",  "圆",    "圓",        "分钱"});
}

bool asks_for_money(std::string_view lower) {
  return any_in(lower, {" cost", "price",  " fare", " fee ", "fees", " fee?",  " earn",  " paid", " pay ",
                        " pay?", "salary", "wage",  " rent", "toll", "多少钱", "多少錢", "价",    "價",
                        "费",    "費",     "工资",  "工資",  "薪",   "租金",   "奖金",   "獎金"});
}

/// A number that counts: no year, no ordinal, nothing that the question holds already.
bool has_quantity(const std::vector<Mark>& marks, std::string_view lower, bool digits) {
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (mark.kind != MarkKind::Number) return false;
    const std::string_view word = mark.range.of(lower);
    const bool year = std::any_of(marks.begin(), marks.end(), [&](const Mark& other) {
      return other.kind == MarkKind::Date && other.range == mark.range;
    });
    const bool digit = word[0] >= '0' && word[0] <= '9';
    return !year && word != "first" && word != "second" && (digit || !digits);
  });
}

/// Runs of ideographs that may be a name stand in nearly every Chinese sentence: whatever the question does not hold.
bool has_new_ideographs(const Question& question, const Unit& unit) {
  for (std::size_t at = 0; at < unit.lower.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(unit.lower, at);
    if (is_ideograph(c) && !is_chinese_function_character(c) &&
        question.lower.find(std::string_view(unit.lower).substr(begin, at - begin)) == std::string::npos)
      return true;
  }
  return false;
}

/// A single letter (the C of °C) is no name.
bool has_mark(const Question& question, const Unit& unit, std::initializer_list<MarkKind> kinds) {
  for (const Mark& mark : new_marks(question, unit, unit.lower))
    if (std::find(kinds.begin(), kinds.end(), mark.kind) != kinds.end() &&
        !(mark.kind == MarkKind::Name && mark.range.size() == 1))
      return true;
  return false;
}

}  // namespace

const char* name_of(AnswerKind kind) {
  static constexpr const char* kNames[] = {"anything", "a quantity", "an amount of money",
                                           "a time",   "a person",   "a place"};
  return kNames[static_cast<int>(kind)];
}

AnswerKind kind_asked(const Question& question) {
  switch (question.frame.type) {
    case QuestionType::Number:
      return asks_for_money(question.lower) ? AnswerKind::Money : AnswerKind::Quantity;
    case QuestionType::When:
      return AnswerKind::Time;
    case QuestionType::Who:
      return AnswerKind::Person;
    case QuestionType::Where:
      return AnswerKind::Place;
    default:
      return AnswerKind::Any;
  }
}

bool holds_kind(AnswerKind kind, const Question& question, const Unit& unit) {
  switch (kind) {
    case AnswerKind::Any:
      return true;
    case AnswerKind::Quantity:
      return has_quantity(new_marks(question, unit, unit.lower), unit.lower, false) || tells_amount(unit.lower);
    case AnswerKind::Money:
      return has_quantity(new_marks(question, unit, unit.lower), unit.lower, true) || tells_money(unit.lower);
    case AnswerKind::Time:
      return has_mark(question, unit, {MarkKind::Number, MarkKind::Date}) || tells_time(unit.lower);
    case AnswerKind::Person:
    case AnswerKind::Place:
      break;
  }
  if (has_mark(question, unit, {MarkKind::Name, MarkKind::Place, MarkKind::Quote})) return true;
  if (has_new_ideographs(question, unit)) return true;
  // "Where on board …" and "who cleans …" may be answered by a common noun: "on the open deck", "by the wardens".
  return kind == AnswerKind::Place
             ? any_in(unit.lower, {"in ", "on ", "at ", "near ", "to ", "from ", "of ", "under "})
             : any_in(unit.lower, {"by ", "er ", "ers ", "or ", "ors ", "people", "men ", "they"});
}

}  // namespace openbook::answer
