#include "answer/passage_text.h"

#include <algorithm>

#include "answer/lexicon.h"
#include "base/hash.h"
#include "text/characters.h"
#include "text/language.h"
#include "text/markdown.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

constexpr std::size_t kMaxPassageBytes = 48 << 10;
constexpr std::size_t kMaxUnitBytes = 1500;

template <typename T>
void sort_distinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::uint64_t> hashes_of(const std::vector<Term>& terms) {
  std::vector<std::uint64_t> hashes;
  for (const Term& term : terms)
    if (!term.stop_word) hashes.push_back(term.hash);
  sort_distinct(hashes);
  return hashes;
}

ByteRange trimmed(std::string_view text, ByteRange range) {
  const auto space = [&](std::uint32_t at) { return text[at] == ' ' || text[at] == '\n' || text[at] == '\t'; };
  while (range.begin < range.end && space(range.begin)) ++range.begin;
  while (range.begin < range.end && space(range.end - 1)) --range.end;
  return range;
}

/// A list item without its marker ("- ", "* ", "12. ", "[ ] ").
ByteRange without_marker(std::string_view text, ByteRange range) {
  range = trimmed(text, range);
  std::uint32_t at = range.begin;
  while (at < range.end && ((text[at] >= '0' && text[at] <= '9') || text[at] == '-' || text[at] == '*' ||
                            text[at] == '+' || text[at] == '.' || text[at] == ')'))
    ++at;
  if (at < range.end && at > range.begin && text[at] == ' ') range.begin = at + 1;
  return trimmed(text, range);
}

class UnitCutter {
 public:
  UnitCutter(text::Tokeniser& tokeniser, std::string_view text, PassageText& out)
      : tokeniser_(tokeniser), text_(text), out_(out) {}

  void cut_block(const text::Block& block, std::uint32_t ordinal) {
    block_ = ordinal;
    switch (block.kind) {
      case text::BlockKind::Heading:
        out_.headings.push_back(block.range);
        break;
      case text::BlockKind::Rule:
        break;
      case text::BlockKind::Table:
        cut_table(block.range);
        break;
      case text::BlockKind::Code:
        add_long(block.range, UnitKind::Code);
        break;
      case text::BlockKind::ListItem:
        add_long(without_marker(text_, block.range), UnitKind::ListItem);
        break;
      case text::BlockKind::Paragraph:
      case text::BlockKind::Quote:
      case text::BlockKind::Html:
        cut_sentences(block.range);
        break;
    }
  }

 private:
  void cut_sentences(ByteRange range) {
    for (ByteRange sentence : text::sentences_of(range.of(text_)))
      add_long({range.begin + sentence.begin, range.begin + sentence.end}, UnitKind::Sentence);
  }

  void cut_table(ByteRange range) {
    ByteRange header;
    int row = 0;
    for (std::uint32_t at = range.begin; at < range.end; ++row) {
      std::uint32_t end = at;
      while (end < range.end && text_[end] != '\n') ++end;
      const ByteRange line = trimmed(text_, {at, end});
      // Row 0 is the header, row 1 the delimiter row.
      if (row == 0)
        header = line;
      else if (row > 1 && !line.empty())
        add(line, UnitKind::TableRow, header);
      at = end + 1;
    }
  }

  /// Cuts what is too long to quote at a space or a code point border.
  void add_long(ByteRange range, UnitKind kind) {
    while (range.size() > kMaxUnitBytes) {
      const std::string_view head = text::utf8_prefix(range.of(text_), kMaxUnitBytes);
      std::size_t size = head.rfind(' ');
      if (size == std::string_view::npos || size < kMaxUnitBytes / 2) size = std::max<std::size_t>(head.size(), 1);
      const auto cut = range.begin + static_cast<std::uint32_t>(size);
      add(trimmed(text_, {range.begin, cut}), kind, {});
      range.begin = cut;
    }
    range = trimmed(text_, range);
    if (!range.empty()) add(range, kind, {});
  }

  void add(ByteRange range, UnitKind kind, ByteRange header) {
    Unit unit;
    unit.kind = kind;
    unit.range = range;
    unit.header = header;
    unit.block = block_;
    const std::string_view text = range.of(text_);
    unit.terms = terms_of(tokeniser_, text);
    if (unit.terms.empty()) return;
    unit.length = unit.terms.back().position + 1;
    unit.known = hashes_of(unit.terms);
    if (!header.empty()) {
      for (std::uint64_t hash : hashes_of(terms_of(tokeniser_, header.of(text_)))) unit.known.push_back(hash);
      sort_distinct(unit.known);
    }
    unit.lower = lower_case(text);
    unit.grams = grams_of(unit.lower);
    unit.marks = marks_of(text);
    unit.is_question = text.ends_with('?') || text.ends_with("？");
    unit.has_reason = holds_reason(unit.lower);
    unit.has_manner = holds_manner(unit.lower);
    const std::string_view first = first_word(unit.lower);
    unit.points_back = is_english_pronoun(first) || begins_with_chinese_pronoun(unit.lower);
    unit.lacks_subject = is_english_personal_pronoun(first) || begins_with_chinese_personal_pronoun(unit.lower);
    out_.units.push_back(std::move(unit));
  }

  static std::string_view first_word(std::string_view lower) {
    std::size_t end = 0;
    while (end < lower.size() && lower[end] >= 'a' && lower[end] <= 'z') ++end;
    return lower.substr(0, end);
  }

  text::Tokeniser& tokeniser_;
  std::string_view text_;
  PassageText& out_;
  std::uint32_t block_ = 0;
};

}  // namespace

bool holds(const std::vector<std::uint64_t>& sorted, std::uint64_t hash) {
  return std::binary_search(sorted.begin(), sorted.end(), hash);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

std::vector<Term> terms_of(text::Tokeniser& tokeniser, std::string_view text) {
  std::vector<Term> terms;
  std::uint32_t position = 0;
  std::uint32_t last_begin = 0;
  bool first = true;
  tokeniser.visit(
      text,
      [&](const text::Token& token) {
        if (token.kind == text::TokenKind::Character) return;
        if (!first && token.range.begin != last_begin) ++position;
        first = false;
        last_begin = token.range.begin;
        terms.push_back({hash64(token.term), token.range, position, token.kind, token.stop_word});
      },
      text::Segments::No);
  return terms;
}

std::vector<std::uint32_t> grams_of(std::string_view lower) {
  std::vector<std::uint32_t> grams;
  std::size_t run = 0;
  for (std::size_t at = 0; at < lower.size();) {
    const std::size_t begin = at;
    const char32_t code = text::next_code_point(lower, at);
    const bool letter = (code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9');
    run = letter ? run + 1 : 0;
    if (run >= 4) grams.push_back(static_cast<std::uint32_t>(hash64(lower.substr(begin - 3, 4))));
    if (code >= 0x3040 && text::is_cjk(code)) grams.push_back(code);
  }
  sort_distinct(grams);
  return grams;
}

/// A text file's title block: the first lines of the document, without a full stop.
bool is_title_block(std::string_view text, const text::Block& block, const book::Passage& passage) {
  constexpr std::size_t kMaxTitleBytes = 200;
  if (block.kind != text::BlockKind::Paragraph || passage.chunk.range.begin > 3 || block.range.size() > kMaxTitleBytes)
    return false;
  const std::string_view words = block.range.of(text);
  for (std::string_view stop : {".", "!", "?", ":", ";", "。", "！", "？", "：", "；", "，", ","})
    if (words.ends_with(stop)) return false;
  return words.find("。") == std::string_view::npos && words.find(". ") == std::string_view::npos;
}

PassageText read_passage(text::Tokeniser& tokeniser, const book::Passage& passage) {
  PassageText out;
  const std::string_view text = text::utf8_prefix(passage.text, kMaxPassageBytes);
  out.chinese = text::is_mostly_cjk(text);
  UnitCutter cutter(tokeniser, text, out);
  std::uint32_t ordinal = 0;
  const std::vector<text::Block> blocks = text::blocks_of(text);
  for (const text::Block& block : blocks) {
    if (ordinal == 0 && blocks.size() > 1 && is_title_block(text, block, passage))
      out.headings.push_back(block.range);
    else
      cutter.cut_block(block, ordinal);
    ++ordinal;
  }

  std::string above = passage.document.title;
  for (const std::string& heading : passage.chunk.heading) above += "\n" + heading;
  for (const ByteRange& heading : out.headings) above += "\n" + text::heading_text(heading.of(text));
  out.terms = terms_of(tokeniser, above);
  out.title = hashes_of(out.terms);
  for (const Unit& unit : out.units) out.terms.insert(out.terms.end(), unit.terms.begin(), unit.terms.end());
  out.known = hashes_of(out.terms);
  return out;
}

}  // namespace openbook::answer
