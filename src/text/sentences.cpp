#include "text/sentences.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::text {
namespace {

constexpr std::array<std::string_view, 62> kAbbreviations = {
    "mr",   "mrs", "ms",  "dr",   "prof", "st",  "jr",     "sr",  "vs",  "etc", "e.g", "i.e", "cf",
    "no",   "nos", "vol", "fig",  "figs", "eq",  "eqs",    "sec", "ch",  "pp",  "p",   "ed",  "eds",
    "inc",  "ltd", "co",  "corp", "dept", "est", "approx", "al",  "gen", "col", "lt",  "sgt", "capt",
    "rev",  "hon", "gov", "pres", "sen",  "rep", "jan",    "feb", "mar", "apr", "jun", "jul", "aug",
    "sept", "sep", "oct", "nov",  "dec",  "mt",  "ft",     "ca",  "tel", "ext"};

/// After an abbreviation that may also end a sentence ("in the U.S. The …"), these words begin a new one.
constexpr std::array<std::string_view, 20> kStarters = {"The",  "It",      "He", "She",   "They", "This", "These",
                                                        "In",   "However", "We", "But",   "A",    "An",   "That",
                                                        "When", "After",   "As", "There", "If",   "For"};

bool is_closer(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '*':
    case '_':
    case 0x201D:
    case 0x2019:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0x3011:
    case 0x300B:
    case 0x3009:
    case 0xBB:
      return true;
    default:
      return false;
  }
}

bool is_full_stop_cjk(char32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61;
}
bool is_full_stop_latin(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026;
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The word that ends just before `end`, with inner dots ("U.S" of "U.S.").
std::string_view word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && !is_space(text[begin - 1]) && text[begin - 1] != '(' && text[begin - 1] != '"') --begin;
  return text.substr(begin, end - begin);
}

std::string lower_ascii(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

/// Is the full stop after `word` part of the word rather than the end of a sentence? `next` is what follows.
bool is_abbreviation(std::string_view word, std::string_view next) {
  if (word.empty() || word.size() > 12) return false;
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool starts_sentence = std::any_of(kStarters.begin(), kStarters.end(), [&](std::string_view starter) {
    return next.starts_with(starter) && (next.size() == starter.size() || is_space(next[starter.size()]));
  });
  if (word.size() == 1 && is_upper(word[0])) return !starts_sentence || word[0] != 'I';  // An initial: "J. Smith".
  if (word.find('.') != std::string_view::npos) {                                        // "U.S.", "e.g.", "Ph.D."
    const bool lettered = word.size() <= 7 && word.find_first_of("0123456789") == std::string_view::npos;
    return lettered && !starts_sentence;
  }
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), lower_ascii(word)) != kAbbreviations.end();
}

/// Moves over full stops, closing quotes and reference marks such as "[12]" that belong to the sentence just ended.
std::size_t end_of_stop(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, next);
    if (c == '[') {
      std::size_t close = next;
      while (close < text.size() && (text[close] >= '0' && text[close] <= '9')) ++close;
      if (close == next || close == text.size() || text[close] != ']') return at;
      next = close + 1;
    } else if (!is_closer(c) && !is_full_stop_cjk(c) && !is_full_stop_latin(c)) {
      return at;
    }
    at = next;
  }
  return at;
}

/// Does a Latin full stop (its mark ends at `mark_end`, closers included up to `end`) end the sentence?
bool ends_sentence(std::string_view text, std::size_t mark_begin, std::size_t end) {
  if (end >= text.size()) return true;
  std::size_t after = end;
  while (after < text.size() && is_space(text[after])) ++after;
  if (after == text.size()) return true;
  std::size_t peek = after;
  const char32_t next = next_code_point(text, peek);
  if (after == end) return is_cjk(next) && text[mark_begin] != '.';
  if (text[mark_begin] != '.') return !(next >= 'a' && next <= 'z');
  if (next >= 'a' && next <= 'z') return false;
  return !is_abbreviation(word_before(text, mark_begin), text.substr(after));
}

}  // namespace

std::vector<ByteRange> sentences_of(std::string_view paragraph) {
  std::vector<ByteRange> sentences;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    std::size_t from = begin;
    std::size_t to = end;
    while (from < to && is_space(paragraph[from])) ++from;
    while (to > from && is_space(paragraph[to - 1])) --to;
    if (from < to) sentences.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
    begin = end;
  };
  for (std::size_t at = 0; at < paragraph.size();) {
    const std::size_t mark = at;
    const char32_t c = next_code_point(paragraph, at);
    if (is_full_stop_cjk(c)) {
      at = end_of_stop(paragraph, at);
      close(at);
    } else if (is_full_stop_latin(c)) {
      const std::size_t end = end_of_stop(paragraph, at);
      if (ends_sentence(paragraph, mark, end)) close(at = end);
    }
  }
  close(paragraph.size());
  return sentences;
}

}  // namespace openbook::text
