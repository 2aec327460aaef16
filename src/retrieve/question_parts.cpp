#include "retrieve/question_parts.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/language.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::retrieve {
namespace {

constexpr std::size_t kMaxParts = 4;

constexpr auto kEnglishOpeners = std::to_array<std::string_view>(
    {"who",    "whom", "whose", "what",    "which",   "when",     "where",    "why",    "how",
     "is",     "are",  "was",   "were",    "does",    "do",       "did",      "can",    "could",
     "should", "may",  "must",  "at what", "in what", "in which", "on which", "for how"});
constexpr auto kChineseInterrogatives = std::to_array<std::string_view>(
    {"谁",   "什么", "哪",   "何时", "何地", "何处", "多少", "几",   "怎么", "怎样", "如何",   "为什么", "为何",
     "是否", "多久", "多长", "多大", "多高", "吗",   "誰",   "什麼", "幾",   "怎麼", "為什麼", "嗎"});

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

bool opens_question(std::string_view lower) {
  return std::ranges::any_of(kEnglishOpeners, [&](std::string_view opener) {
    return lower.starts_with(opener) &&
           (lower.size() == opener.size() || lower[opener.size()] == ' ' || lower[opener.size()] == '\'');
  });
}

bool asks_in_chinese(std::string_view text) {
  return std::ranges::any_of(kChineseInterrogatives,
                             [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Cuts behind question marks: "A? B?" and "甲？乙？".
std::vector<std::string_view> cut_at_marks(std::string_view question) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < question.size();) {
    const char32_t c = text::next_code_point(question, at);
    if (c != '?' && c != 0xFF1F) continue;
    if (const auto piece = trim(question.substr(begin, at - begin)); piece.size() > 4) pieces.push_back(piece);
    begin = at;
  }
  if (const auto rest = trim(question.substr(begin)); rest.size() > 4) pieces.push_back(rest);
  return pieces;
}

/// Cuts "… and when …", "…, and how much …" where both sides ask.
void cut_english(std::string_view piece, std::vector<std::string_view>& parts) {
  const std::string lower = text::fold(piece);
  if (lower.size() == piece.size()) {  // Folding kept every byte in its place.
    for (const std::string_view joint : {", and ", " and ", "; "}) {
      for (std::size_t at = lower.find(joint); at != std::string::npos; at = lower.find(joint, at + 1)) {
        const std::string_view right = std::string_view(lower).substr(at + joint.size());
        const bool left_asks = opens_question(lower) &&
                               std::count(lower.begin(), lower.begin() + static_cast<std::ptrdiff_t>(at), ' ') >= 2;
        if (!left_asks || !opens_question(right) || right.find(' ') == std::string_view::npos) continue;
        // "what is and is not allowed": a verb on the right is no new question; "and when", "and how" are.
        const bool question_word = right.starts_with("w") || right.starts_with("h") || right.starts_with("in w") ||
                                   right.starts_with("at w") || right.starts_with("on w") || right.starts_with("for h");
        if (!question_word || right.starts_with("was ") || right.starts_with("were ")) continue;
        parts.push_back(trim(piece.substr(0, at)));
        cut_english(trim(piece.substr(at + joint.size())), parts);
        return;
      }
    }
  }
  parts.push_back(piece);
}

/// Cuts at commas and "以及" where both sides hold a question word.
void cut_chinese(std::string_view piece, std::vector<std::string_view>& parts) {
  for (const std::string_view joint : {"，", ",", "；", "、", "以及", "并且", "另外", "和", "又"}) {
    for (std::size_t at = piece.find(joint); at != std::string_view::npos; at = piece.find(joint, at + 1)) {
      const std::string_view left = trim(piece.substr(0, at));
      const std::string_view right = trim(piece.substr(at + joint.size()));
      if (!asks_in_chinese(left) || !asks_in_chinese(right) || right.size() < 9) continue;
      parts.push_back(left);
      cut_chinese(right, parts);
      return;
    }
  }
  parts.push_back(piece);
}

}  // namespace

std::vector<std::string> question_parts(std::string_view question) {
  std::vector<std::string_view> parts;
  for (const std::string_view piece : cut_at_marks(question)) {
    if (text::is_mostly_cjk(piece))
      cut_chinese(piece, parts);
    else
      cut_english(piece, parts);
  }
  // A statement before a question is its setting, not a question of its own.
  const auto asks = [](std::string_view part) {
    return asks_in_chinese(part) || part.ends_with('?') || part.ends_with("？") || opens_question(text::fold(part));
  };
  if (parts.size() < 2 || parts.size() > kMaxParts || !std::ranges::all_of(parts, asks))
    return {std::string(trim(question))};
  return {parts.begin(), parts.end()};
}

bool lacks_subject(std::string_view part) {
  const std::string lower = " " + text::fold(part) + " ";
  for (const std::string_view pronoun :
       {" it ", " its ", " it?", " they ", " their ", " he ", " his ", " she ", " her ", " them ", " that ", " this "})
    if (lower.find(pronoun) != std::string::npos) return true;
  if (text::is_mostly_cjk(part)) {
    for (const std::string_view pronoun : {"它", "他", "她", "其", "该"})
      if (part.find(pronoun) != std::string_view::npos) return true;
    return text::code_point_count(part) <= 8;
  }
  return std::count(part.begin(), part.end(), ' ') <= 2;
}

}  // namespace openbook::retrieve
