#include "answer/marks.h"

#include <algorithm>
#include <string>

#include "answer/lexicon.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_latin(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || c == '\'';
}

std::string lower_of(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (is_upper(c)) c = static_cast<char>(c + 32);
  return lower;
}

/// A word of Latin letters (accented ones included) or a number.
struct Piece {
  ByteRange range;
  bool number = false;
  bool capital = false;
  std::string lower;
};

bool is_wide_latin(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte >= 0xC3 && byte <= 0xCA && at + 1 < text.size();  // U+00C0 to U+02BF: accented letters.
}

std::uint32_t number_end(std::string_view text, std::uint32_t at) {
  while (at < text.size() && (is_digit(text[at]) ||
                              ((text[at] == ',' || text[at] == '.') && at + 1 < text.size() && is_digit(text[at + 1]))))
    ++at;
  if (at < text.size() && text[at] == '%') ++at;
  return at;
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::uint32_t at = 0; at < text.size();) {
    Piece piece{{at, at}, false, false, {}};
    if (is_digit(text[at])) {
      piece.number = true;
      at = number_end(text, at);
    } else if (is_latin(text[at]) || is_wide_latin(text, at)) {
      // Capital: ASCII upper case, or U+00C0 to U+00DE.
      piece.capital = is_upper(text[at]) || (static_cast<unsigned char>(text[at]) == 0xC3 &&
                                             static_cast<unsigned char>(text[at + 1]) <= 0x9E);
      while (at < text.size() && (is_latin(text[at]) || is_digit(text[at]) || is_wide_latin(text, at)))
        at += is_wide_latin(text, at) ? 2 : 1;
    } else {
      ++at;
      continue;
    }
    piece.range.end = at;
    piece.lower = lower_of(piece.range.of(text));
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

bool is_year(std::string_view digits) {
  return digits.size() == 4 && std::all_of(digits.begin(), digits.end(), is_digit) && digits[0] >= '1' &&
         digits[0] <= '2' && (digits[0] == '1' || digits[1] == '0');
}

void add_latin_marks(std::string_view text, std::vector<Mark>& marks) {
  const std::vector<Piece> pieces = pieces_of(text);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const bool month = piece.capital && is_english_month(piece.lower);
    if (piece.number || is_english_number_word(piece.lower)) marks.push_back({MarkKind::Number, piece.range});
    if ((piece.number && is_year(piece.range.of(text))) || month || piece.lower == "century" ||
        piece.lower == "centuries" || (piece.number && i + 1 < pieces.size() && pieces[i + 1].lower == "bc"))
      marks.push_back({MarkKind::Date, piece.range});
  }
  for (std::size_t i = 0; i < pieces.size();) {
    if (!pieces[i].capital) {
      ++i;
      continue;
    }
    std::size_t last = i;
    for (std::size_t j = i + 1; j < pieces.size(); ++j) {
      const std::uint32_t gap = pieces[j].range.begin - pieces[j - 1].range.end;
      const char between = text[pieces[j - 1].range.end];
      if (gap > 2 || between == ',' || between == ';' || between == ':' || between == '(') break;
      const bool link = pieces[j].lower == "of" || pieces[j].lower == "the" || pieces[j].lower == "de" ||
                        pieces[j].lower == "von" || pieces[j].lower == "and" || pieces[j].lower == "for";
      if (pieces[j].capital || pieces[j].number)
        last = j;
      else if (!link)
        break;
    }
    const std::string& first = pieces[i].lower;
    const bool function = is_english_determiner(first) || is_english_pronoun(first) || is_english_preposition(first) ||
                          is_english_auxiliary(first);
    const std::size_t begin = function && i == 0 ? i + 1 : i;
    if (begin <= last && pieces[begin].capital) {
      const ByteRange range{pieces[begin].range.begin, pieces[last].range.end};
      marks.push_back({MarkKind::Name, range});
      if (begin > 0 &&
          (pieces[begin - 1].lower == "in" || pieces[begin - 1].lower == "at" || pieces[begin - 1].lower == "from" ||
           pieces[begin - 1].lower == "near" || pieces[begin - 1].lower == "to"))
        marks.push_back({MarkKind::Place, range});
    }
    i = last + 1;
  }
}

struct Character {
  char32_t code = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    const char32_t code = text::next_code_point(text, at);
    characters.push_back({code, begin, static_cast<std::uint32_t>(at)});
  }
  return characters;
}

bool is_date_unit(char32_t c) {
  return c == U'年' || c == U'月' || c == U'日' || c == U'纪' || c == U'代';
}
bool is_ideograph(char32_t c) {
  return c >= 0x3400 && text::is_cjk(c);
}

void add_chinese_numbers(const std::vector<Character>& characters, std::vector<Mark>& marks) {
  const std::size_t n = characters.size();
  for (std::size_t i = 0; i < n;) {
    const auto numeral = [&](std::size_t k) {
      return (characters[k].code >= U'0' && characters[k].code <= U'9') || is_chinese_numeral(characters[k].code);
    };
    if (!numeral(i)) {
      ++i;
      continue;
    }
    std::size_t j = i;
    while (j < n && (numeral(j) || characters[j].code == U'.' || characters[j].code == U'第')) ++j;
    if (j < n && (is_date_unit(characters[j].code) || (characters[j].code == U'世' && j + 1 < n)))
      marks.push_back({MarkKind::Date, {characters[i].begin, characters[j].end}});
    if (is_chinese_numeral(characters[i].code))
      marks.push_back({MarkKind::Number, {characters[i].begin, characters[j - 1].end}});
    i = j;
  }
}

void add_chinese_names(const std::vector<Character>& characters, std::vector<Mark>& marks) {
  const std::size_t n = characters.size();
  for (std::size_t i = 0; i < n; ++i) {
    const char32_t c = characters[i].code;
    if (c == U'·' || c == U'・') {
      std::size_t begin = i, end = i + 1;
      while (begin > 0 && i - begin < 5 && is_ideograph(characters[begin - 1].code) &&
             !is_chinese_function_character(characters[begin - 1].code))
        --begin;
      while (end < n && end - i < 6 && is_ideograph(characters[end].code) &&
             !is_chinese_function_character(characters[end].code))
        ++end;
      marks.push_back({MarkKind::Name, {characters[begin].begin, characters[end - 1].end}});
    } else if (is_chinese_surname(c) && i + 1 < n && is_ideograph(characters[i + 1].code) &&
               !is_chinese_function_character(characters[i + 1].code) &&
               (i == 0 || !is_ideograph(characters[i - 1].code) ||
                is_chinese_function_character(characters[i - 1].code))) {
      const bool three =
          i + 2 < n && is_ideograph(characters[i + 2].code) && !is_chinese_function_character(characters[i + 2].code);
      marks.push_back({MarkKind::Name, {characters[i].begin, characters[i + (three ? 2 : 1)].end}});
    } else if (is_chinese_place_suffix(c) && i > 0 && is_ideograph(characters[i - 1].code)) {
      std::size_t begin = i;
      while (begin > 0 && i - begin < 4 && is_ideograph(characters[begin - 1].code) &&
             !is_chinese_function_character(characters[begin - 1].code))
        --begin;
      if (begin < i) marks.push_back({MarkKind::Place, {characters[begin].begin, characters[i].end}});
    }
  }
}

void add_quotes(const std::vector<Character>& characters, std::vector<Mark>& marks) {
  static constexpr std::u32string_view kOpening = U"“「『《〈\"";
  static constexpr std::u32string_view kClosing = U"”」』》〉\"";
  constexpr std::size_t kLongest = 60;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::size_t kind = kOpening.find(characters[i].code);
    if (kind == std::u32string_view::npos) continue;
    for (std::size_t j = i + 1; j < characters.size() && j < i + kLongest; ++j)
      if (characters[j].code == kClosing[kind]) {
        if (j > i + 1) marks.push_back({MarkKind::Quote, {characters[i].end, characters[j].begin}});
        i = j;
        break;
      }
  }
}

}  // namespace

std::vector<Mark> marks_of(std::string_view sentence) {
  std::vector<Mark> marks;
  add_latin_marks(sentence, marks);
  const std::vector<Character> characters = characters_of(sentence);
  add_chinese_numbers(characters, marks);
  add_chinese_names(characters, marks);
  add_quotes(characters, marks);
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.range < b.range; });
  return marks;
}

}  // namespace openbook::answer
