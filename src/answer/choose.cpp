#include "answer/choose.h"

#include <algorithm>
#include <cmath>

#include "answer/editions.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

/// A further sentence is shown when it is at least this likely beside the first: chosen so that one sentence stands
/// alone in about six of ten answers.
constexpr float kWorthShowing = 0.35f;
constexpr std::size_t kLookedAt = 12;
/// Statements of two editions are about the same thing when they share this much of what they match and hold.
constexpr float kSameMatter = 0.6f;

std::string_view excerpt(std::string_view text) {
  return text::utf8_prefix(text, 80);
}

class Chooser {
 public:
  Chooser(const Reading& reading, const AnswerOptions& options) : r_(reading), options_(options) {}

  Choice choose() {
    const auto& sentences = r_.ranking.sentences;
    if (r_.question.frame.wants_steps) add_procedure();
    for (std::size_t i = 0; i < std::min(kLookedAt, sentences.size()); ++i) consider(sentences[i]);
    for (Chosen& chosen : choice_.chosen)
      if (r_.question.frame.wants_steps || r_.question.frame.wants_list) widen(chosen.statement);
    drop_inside();
    order_editions();
    add_footnotes();
    return std::move(choice_);
  }

 private:
  std::string_view text_of(const Statement& s) const { return r_.passages[s.passage].text; }
  const book::Passage& passage_of(const Statement& s) const { return r_.passages[s.passage]; }
  const Unit& unit_of(const Statement& s) const { return r_.views[s.passage].text->units[s.unit]; }
  const UnitOverlap& overlap_of(const Statement& s) const { return r_.ranking.overlaps[s.passage].units[s.unit]; }

  void drop(const Statement& statement, const std::string& why) {
    if (choice_.dropped.size() < 16)
      choice_.dropped.push_back("\"" + std::string(excerpt(statement.text)) + "\": " + why);
  }

  ByteRange markdown_of(const Statement& s) const {
    return {passage_of(s).markdown_offset(s.range.begin), passage_of(s).markdown_offset(s.range.end)};
  }

  void consider(const RankedSentence& sentence) {
    const Statement statement =
        statement_of(r_.question, r_.passages[sentence.passage].text, *r_.views[sentence.passage].text, sentence);
    if (merged(statement)) return;
    const bool full = choice_.chosen.size() >= static_cast<std::size_t>(std::max(options_.max_sources, 1));
    const float top = r_.ranking.sentences.front().log_probability;
    const bool likely = statement.log_probability >= top + std::log(kWorthShowing);
    const bool edition = !choice_.chosen.empty() && is_other_edition(statement);
    if (choice_.chosen.empty() || (!full && (likely || options_.detail == Detail::Full || edition))) {
      choice_.chosen.push_back({statement, {}, false});
    } else {
      drop(statement, full ? "three sources are enough" : "much less likely than the first");
    }
  }

  bool is_item(const std::vector<Unit>& units, std::size_t u) const {
    return u < units.size() && units[u].kind == UnitKind::ListItem;
  }

  /// Steps share few words with the question that asks for them: a list is found by its heading, the line that leads
  /// into it and all its items together. It must hold as much of the question as the best sentence with its title.
  void add_procedure() {
    constexpr float kEnough = 0.6f;
    const RankedSentence& top = r_.ranking.sentences.front();
    const PassageOverlap& top_passage = r_.ranking.overlaps[top.passage];
    float best = std::max(kEnough * r_.question.weight,
                          weight_of(top_passage.units[top.unit].matched | top_passage.titled, r_.question));
    RankedSentence winner;
    bool found = false;
    for (std::uint32_t p = 0; p < r_.views.size(); ++p) {
      const auto& units = r_.views[p].text->units;
      const PassageOverlap& overlap = r_.ranking.overlaps[p];
      for (std::uint32_t u = 0; u + 1 < units.size(); ++u) {
        if (!is_item(units, u) || !is_item(units, u + 1) || (u > 0 && is_item(units, u - 1))) continue;
        TermSet held = overlap.titled | overlap.units[u].matched;
        if (u > 0) held |= overlap.units[u - 1].matched;
        for (std::size_t next = u + 1; is_item(units, next); ++next) held |= overlap.units[next].matched;
        const float weight = weight_of(held, r_.question);
        if (weight < best || (found && weight == best)) continue;
        best = weight;
        winner = {p, u, 0, 0, r_.ranking.passage_log_probability[p]};
        found = true;
      }
    }
    if (!found) return;
    Statement statement =
        statement_of(r_.question, r_.passages[winner.passage].text, *r_.views[winner.passage].text, winner);
    widen(statement);
    choice_.chosen.push_back({statement, {}, false});
  }

  /// Where a statement points to a footnote, the footnote belongs to the answer.
  void add_footnotes() {
    for (std::size_t i = 0; i < choice_.chosen.size(); ++i) {
      const Statement statement = choice_.chosen[i].statement;
      const std::string label = footnote_of(text_of(statement), statement);
      if (label.empty() || choice_.chosen.size() >= static_cast<std::size_t>(std::max(options_.max_sources, 1)))
        continue;
      for (std::uint32_t p = 0; p < r_.views.size(); ++p) {
        if (r_.passages[p].document.id != passage_of(statement).document.id) continue;
        const auto& units = r_.views[p].text->units;
        for (std::uint32_t u = 0; u < units.size(); ++u) {
          if (!units[u].range.of(r_.passages[p].text).starts_with(label)) continue;
          const Statement note = statement_of(r_.question, r_.passages[p].text, *r_.views[p].text,
                                              {p, u, 0, 0, statement.log_probability});
          if (merged(note)) return;
          choice_.chosen.insert(choice_.chosen.begin() + static_cast<std::ptrdiff_t>(i) + 1, Chosen{note, {}, false});
          return;
        }
      }
    }
  }

  /// The same words at another place support the statement; the same place seen through an overlapping passage adds
  /// nothing.
  bool merged(const Statement& statement) {
    for (Chosen& chosen : choice_.chosen) {
      const bool same_document = passage_of(chosen.statement).document.id == passage_of(statement).document.id;
      if (same_document && markdown_of(chosen.statement).overlaps(markdown_of(statement)) &&
          (same_statement(chosen.statement.text, statement.text) ||
           markdown_of(chosen.statement).contains(markdown_of(statement)))) {
        drop(statement, "already quoted");
        return true;
      }
      if (!same_statement(chosen.statement.text, statement.text)) continue;
      const bool known = std::any_of(chosen.also.begin(), chosen.also.end(), [&](const Statement& other) {
        return passage_of(other).document.id == passage_of(statement).document.id;
      });
      if (!same_document && !known &&
          chosen.also.size() + 1 < static_cast<std::size_t>(std::max(options_.max_sources, 1)))
        chosen.also.push_back(statement);
      else
        drop(statement, "says the same again");
      return true;
    }
    return false;
  }

  void widen(Statement& statement) { widen_to_list(text_of(statement), *r_.views[statement.passage].text, statement); }

  /// After widening, a later statement may lie inside an earlier one.
  void drop_inside() {
    std::vector<Chosen> kept;
    for (Chosen& chosen : choice_.chosen) {
      const bool inside = std::any_of(kept.begin(), kept.end(), [&](const Chosen& other) {
        return passage_of(other.statement).document.id == passage_of(chosen.statement).document.id &&
               markdown_of(other.statement).contains(markdown_of(chosen.statement));
      });
      if (inside)
        drop(chosen.statement, "inside what is already quoted");
      else
        kept.push_back(std::move(chosen));
    }
    choice_.chosen = std::move(kept);
  }

  bool same_matter(const Statement& a, const Statement& b) const {
    const TermSet &x = overlap_of(a).matched, &y = overlap_of(b).matched;
    const float all = weight_of(x | y, r_.question);
    const auto &p = unit_of(a).known, &q = unit_of(b).known;
    std::size_t shared = 0;
    for (std::uint64_t hash : p) shared += holds(q, hash);
    const float words =
        static_cast<float>(shared) / static_cast<float>(std::max<std::size_t>(std::min(p.size(), q.size()), 1));
    return all > 0 && weight_of(x & y, r_.question) / all >= kSameMatter && words >= 0.4f;
  }

  bool is_other_edition(const Statement& statement) const {
    const Statement& first = choice_.chosen.front().statement;
    return same_matter(first, statement) &&
           standing_of(passage_of(first), passage_of(statement), r_.passages) != Standing::Unrelated;
  }

  /// Does the question itself name the older edition ("under the 2023 edition")?
  bool asks_for(const Statement& statement) const {
    const auto& document = passage_of(statement).document;
    int year = edition_year(document.title);
    if (year == 0) year = edition_year(document.uri);
    return year != 0 && r_.question.text.find(std::to_string(year)) != std::string::npos;
  }

  /// The newer edition speaks first; what the older one says differently is told after it.
  void order_editions() {
    auto& chosen = choice_.chosen;
    for (std::size_t i = 1; i < chosen.size(); ++i) {
      const Standing standing =
          standing_of(passage_of(chosen[0].statement), passage_of(chosen[i].statement), r_.passages);
      if (standing == Standing::Unrelated || !same_matter(chosen[0].statement, chosen[i].statement)) continue;
      if (asks_for(chosen[0].statement)) continue;
      if (standing == Standing::SecondIsNewer || asks_for(chosen[i].statement)) {
        std::rotate(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(i),
                    chosen.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        chosen[1].older = standing == Standing::SecondIsNewer;
      } else {
        chosen[i].older = true;
      }
    }
  }

  const Reading& r_;
  const AnswerOptions& options_;
  Choice choice_;
};

}  // namespace

Choice choose(const Reading& reading, const AnswerOptions& options) {
  if (reading.ranking.sentences.empty()) return {};
  return Chooser(reading, options).choose();
}

}  // namespace openbook::answer
