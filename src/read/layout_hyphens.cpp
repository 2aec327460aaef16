#include "read/layout_hyphens.h"

#include <algorithm>
#include <cctype>

#include "read/layout_words.h"

namespace openbook::read {

namespace {

constexpr std::string_view kSoftHyphen = "\xC2\xAD";
constexpr std::string_view kHyphen = "\xE2\x80\x90";

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) >= 0x80) || c == '-';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_word_byte(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  return text.substr(0, end);
}

bool begins_lower(std::string_view text) {
  if (text.empty()) return false;
  const auto c = static_cast<unsigned char>(text[0]);
  return std::islower(c) || (c >= 0xC3 && c <= 0xD1);
}

bool ends_in_letter(std::string_view text) {
  return !text.empty() &&
         (std::isalpha(static_cast<unsigned char>(text.back())) || static_cast<unsigned char>(text.back()) >= 0x80);
}

/// Words that stand before a hyphen of their own far more often than they begin a divided word.
bool forms_compounds(std::string_view word) {
  static constexpr std::string_view kWords[] = {"two",  "three", "four",   "five",   "six",  "seven", "eight",
                                                "nine", "ten",   "twelve", "twenty", "well", "self",  "half",
                                                "high", "low",   "long",   "short",  "full", "first", "second"};
  return std::ranges::find(kWords, word) != std::end(kWords);
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<PageLayout>& pages) {
  for (const PageLayout& page : pages) {
    for (const LayoutBlock& block : page.blocks) {
      for (const LayoutLine& line : block.lines) add_line(line.text);
      for (const auto& row : block.rows)
        for (const LayoutCell& cell : row) add_line(cell.text);
    }
  }
}

void Vocabulary::add_line(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_byte(text[at])) {
      ++at;
      continue;
    }
    const std::string_view word = first_word(text.substr(at));
    at += word.size();
    // What a line's end cuts is no word, nor is its rest, which is short of nothing: only whole words are kept.
    if (word.size() > 2 && word.size() < 60 && !(at == text.size() && word.back() == '-')) words_.insert(lower(word));
  }
}

void append_line(std::string& paragraph, std::string_view line, const Vocabulary& words) {
  if (line.empty()) return;
  if (paragraph.ends_with(kSoftHyphen)) {
    paragraph.resize(paragraph.size() - kSoftHyphen.size());
    paragraph += line;
    return;
  }
  const bool ascii = paragraph.ends_with('-'), typographic = paragraph.ends_with(kHyphen);
  if (!ascii && !typographic) {
    append_joined(paragraph, line);
    return;
  }
  const std::string stem = paragraph.substr(0, paragraph.size() - (ascii ? 1 : kHyphen.size()));
  if (!ends_in_letter(stem)) {
    if (!stem.empty() && std::isdigit(static_cast<unsigned char>(stem.back())))
      paragraph += line;
    else
      append_joined(paragraph, line);
    return;
  }
  if (!begins_lower(line)) {
    paragraph += line;  // "COVID-" "19", "Jean-" "Paul".
    return;
  }
  const std::string left = lower(last_word(stem)), right = lower(first_word(line));
  const bool kept = !words.has(left + right) && (words.has(left + "-" + right) || forms_compounds(left));
  if (!kept) paragraph = stem;
  paragraph += line;
}

}  // namespace openbook::read
