#include "retrieve/understand.h"

#include <algorithm>
#include <unordered_map>

#include "base/clock.h"
#include "retrieve/question_parts.h"
#include "text/language.h"
#include "text/utf8.h"

namespace openbook::retrieve {
namespace {

using text::OwnedToken;
using text::TokenKind;

constexpr float kSubjectWeight = 0.3F;
constexpr std::size_t kMaxQuestionBytes = 8192;

float weight_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::Character:
      return 0.2F;  // Nearly every passage holds it: it only breaks ties.
    case TokenKind::Part:
      return 0.8F;
    default:
      return 1;
  }
}

std::string replaced(std::string_view question, std::vector<Correction> corrections) {
  std::ranges::sort(corrections, {}, [](const Correction& c) { return c.range; });
  std::string text;
  std::uint32_t at = 0;
  for (const Correction& correction : corrections) {
    if (correction.range.begin < at) continue;
    text += question.substr(at, correction.range.begin - at);
    text += correction.term;
    at = correction.range.end;
  }
  return text += question.substr(at);
}

void tell(const Understanding& made, const std::vector<OwnedToken>& tokens, double millis, book::Trace& trace) {
  book::TraceStep step{"understand", millis, {}};
  step.facts.emplace_back("language", made.query.language);
  std::string listed;
  for (const OwnedToken& token : tokens)
    listed += (listed.empty() ? "" : " ") + token.term + (token.stop_word ? "°" : "");
  step.facts.emplace_back("tokens (° function word)", listed);
  for (const Correction& c : made.corrections)
    step.facts.emplace_back("corrected", std::string(c.range.of(made.query.text)) + " → " + c.term);
  if (made.query.parts.size() > 1)
    for (const std::string& part : made.query.parts) step.facts.emplace_back("part", part);
  std::string terms;
  for (const book::QueryTerm& term : made.query.terms) {
    if (!terms.empty()) terms += ' ';
    terms += term.term;
    if (term.weight != 1) terms += "×" + std::to_string(term.weight).substr(0, 4);
  }
  step.facts.emplace_back("searched for", terms);
  trace.steps.push_back(std::move(step));
}

}  // namespace

std::vector<book::QueryTerm> query_terms(std::string_view question, text::Tokeniser& tokeniser) {
  std::vector<book::QueryTerm> terms;
  std::unordered_map<std::string, std::size_t> place;
  const std::vector<OwnedToken> tokens = text::tokens_of(tokeniser, question);
  const bool only_function_words =
      std::ranges::all_of(tokens, [](const OwnedToken& t) { return t.stop_word || t.kind == TokenKind::Character; });
  for (const OwnedToken& token : tokens) {
    if (token.stop_word && !only_function_words) continue;
    const float weight = only_function_words ? 1 : weight_of(token.kind);
    const auto [entry, fresh] = place.emplace(token.term, terms.size());
    if (fresh)
      terms.push_back({token.term, weight, std::string(token.range.of(question)), token.kind});
    else
      terms[entry->second].weight += weight;
  }
  return terms;
}

Understanding understand(std::string_view question, const book::Filter& filter, text::Tokeniser& tokeniser,
                         const Vocabulary& vocabulary, book::Trace* trace) {
  const Stopwatch watch;
  Understanding made;
  book::Query& query = made.query;
  query.text = text::to_valid_utf8(text::utf8_prefix(question, kMaxQuestionBytes));
  query.filter = filter;
  query.language = text::language_of(query.text);
  const std::vector<OwnedToken> tokens = text::tokens_of(tokeniser, query.text);
  made.corrections = corrections_for(query.text, tokens, vocabulary);
  query.corrected = made.corrections.empty() ? query.text : replaced(query.text, made.corrections);
  query.parts = question_parts(query.corrected);
  query.terms = query_terms(query.corrected, tokeniser);
  if (trace != nullptr) tell(made, tokens, watch.millis(), *trace);
  return made;
}

book::Query query_for_part(const book::Query& whole, std::size_t part, text::Tokeniser& tokeniser) {
  book::Query query = whole;
  query.corrected = whole.parts[part];
  query.parts = {query.corrected};
  query.terms = query_terms(query.corrected, tokeniser);
  if (part == 0 || !lacks_subject(query.corrected)) return query;
  for (const book::QueryTerm& term : query_terms(whole.parts[0], tokeniser)) {
    const bool own = std::ranges::any_of(query.terms, [&](const book::QueryTerm& t) { return t.term == term.term; });
    if (!own) query.terms.push_back({term.term, term.weight * kSubjectWeight, term.origin, term.kind});
  }
  return query;
}

}  // namespace openbook::retrieve
