#include "answer/statement.h"

#include <algorithm>

#include "text/characters.h"
#include "text/markdown.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

constexpr std::uint32_t kMaxListBytes = 4000;

std::string cell_text(std::string_view text, ByteRange cell) {
  return text::plain_text(cell.of(text));
}

/// "Port: Aldermouth; Fare: 12". Columns without a header, and empty cells, stand without one.
std::string row_text(std::string_view text, const Unit& row) {
  const std::vector<ByteRange> header = text::table_cells(row.header.of(text), row.header.begin);
  const std::vector<ByteRange> cells = text::table_cells(row.range.of(text), row.range.begin);
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    if (!out.empty()) out += "; ";
    const std::string name = i < header.size() ? cell_text(text, header[i]) : std::string();
    if (!name.empty()) out += name + ": ";
    out += cell_text(text, cells[i]);
  }
  return out.empty() ? text::plain_text(row.range.of(text)) : out;
}

/// "[^1]" in running text, and "[^1]: " before a footnote, are not for reading.
std::string without_footnote_marks(std::string text) {
  for (std::size_t at = text.find("[^"); at != std::string::npos; at = text.find("[^", at)) {
    std::size_t end = text.find(']', at);
    if (end == std::string::npos || end - at > 12) break;
    ++end;
    if (at == 0 && text.substr(end).starts_with(": ")) end += 2;
    text.erase(at, end - at);
  }
  return text;
}

std::string unit_text(std::string_view text, const Unit& unit) {
  if (unit.kind == UnitKind::TableRow) return row_text(text, unit);
  if (unit.kind == UnitKind::Code) return std::string(unit.range.of(text));
  return without_footnote_marks(text::plain_text(unit.range.of(text)));
}

/// Is there nothing but white space between two units (same paragraph)?
bool adjoin(std::string_view text, const Unit& before, const Unit& after) {
  if (before.block != after.block || before.range.end > after.range.begin) return false;
  const std::string_view gap = text.substr(before.range.end, after.range.begin - before.range.end);
  return gap.find_first_not_of(" \n\t") == std::string_view::npos;
}

/// Line by line, so that a list stays a list.
std::string lines_of(std::string_view quote) {
  std::string out;
  for (std::size_t at = 0; at < quote.size();) {
    const std::size_t end = std::min(quote.find('\n', at), quote.size());
    const std::string line = text::plain_text(quote.substr(at, end - at));
    if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
    at = end + 1;
  }
  return out;
}

std::string squeezed(std::string_view text) {
  const std::string folded = text::fold(text);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const auto kind = text::class_of(text::next_code_point(folded, at));
    if (kind == text::CharacterClass::Letter || kind == text::CharacterClass::Digit || text::is_cjk(kind))
      out.append(folded, begin, at - begin);
  }
  return out;
}

}  // namespace

Statement statement_of(const Question& question, std::string_view text, const PassageText& view,
                       const RankedSentence& sentence) {
  const Unit& unit = view.units[sentence.unit];
  Statement out{sentence.passage, sentence.unit, unit.range, {}, unit_text(text, unit), sentence.log_probability};
  if ((!unit.points_back && !unit.lacks_subject) || unit.kind != UnitKind::Sentence || sentence.unit == 0) return out;
  const Unit& before = view.units[sentence.unit - 1];
  // With its subject in it, a sentence that names what the question names does not need its predecessor.
  const bool named = std::any_of(question.terms.begin(), question.terms.end(),
                                 [&](const QuestionTerm& term) { return term.name && holds(unit.known, term.hash); });
  if ((named && !unit.lacks_subject) || before.is_question || !adjoin(text, before, unit)) return out;
  out.range.begin = before.range.begin;
  out.context = unit_text(text, before);
  return out;
}

bool widen_to_list(std::string_view text, const PassageText& view, Statement& statement) {
  std::size_t first = statement.unit;
  if (view.units[first].kind != UnitKind::ListItem) {
    // The list may follow the sentence that was found.
    while (first < view.units.size() && view.units[first].kind == UnitKind::Sentence &&
           view.units[first].block == view.units[statement.unit].block)
      ++first;
    if (first == view.units.size() || view.units[first].kind != UnitKind::ListItem) return false;
  }
  std::size_t last = first;
  while (first > 0 && view.units[first - 1].kind == UnitKind::ListItem &&
         view.units[first - 1].block + 1 >= view.units[first].block)
    --first;
  while (last + 1 < view.units.size() && view.units[last + 1].kind == UnitKind::ListItem &&
         view.units[last + 1].block <= view.units[last].block + 1)
    ++last;
  if (first == last) return false;
  ByteRange range{view.units[first].range.begin, view.units[last].range.end};
  // Back to the beginning of the line, so that the first item keeps its number.
  while (range.begin > 0 && text[range.begin - 1] != '\n') --range.begin;
  const bool leads = first > 0 && view.units[first - 1].kind == UnitKind::Sentence &&
                     view.units[first - 1].block + 1 == view.units[first].block;
  if (leads) range.begin = view.units[first - 1].range.begin;
  if (range.size() > kMaxListBytes) return false;
  statement.range = range;
  statement.context.clear();
  statement.text = lines_of(range.of(text));
  return true;
}

std::string cell_asked_for(const Question& question, std::string_view text, const Unit& row) {
  const std::vector<ByteRange> header = text::table_cells(row.header.of(text), row.header.begin);
  const std::vector<ByteRange> cells = text::table_cells(row.range.of(text), row.range.begin);
  const auto known_share = [&](std::string_view cell) {
    const std::string lower = lower_case(cell);
    float best = 0;
    for (const QuestionTerm& term : question.terms)
      if (lower.find(term.range.of(question.lower)) != std::string::npos) best += term.weight;
    return best;
  };
  float best = 0;
  int winner = -1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty() || known_share(cells[i].of(text)) > 0) continue;
    float score = i < header.size() ? known_share(header[i].of(text)) : 0;
    for (const Mark& mark : row.marks)
      if (ByteRange{row.range.begin + mark.range.begin, row.range.begin + mark.range.end}.overlaps(cells[i]) &&
          mark_fits(mark.kind, question.frame.type))
        score += 0.25f * question.weight / static_cast<float>(std::max<std::size_t>(question.terms.size(), 1));
    if (score > best) best = score, winner = static_cast<int>(i);
  }
  return winner < 0 ? std::string() : cell_text(text, cells[static_cast<std::size_t>(winner)]);
}

std::string footnote_of(std::string_view text, const Statement& statement) {
  const std::string_view quote = statement.range.of(text);
  const std::size_t at = quote.find("[^");
  if (at == std::string_view::npos || at == 0) return {};
  const std::size_t end = quote.find(']', at);
  if (end == std::string_view::npos || end - at > 12) return {};
  return std::string(quote.substr(at, end + 1 - at)) + ":";
}

bool same_statement(std::string_view a, std::string_view b) {
  return squeezed(a) == squeezed(b);
}

}  // namespace openbook::answer
