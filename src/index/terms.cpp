#include "index/terms.h"

#include <algorithm>

#include "index/term_table.h"
#include "text/tokenise.h"
#include "text/utf8.h"

namespace openbook::index {
namespace {

struct FieldTerm {
  std::uint32_t term = 0;
  std::uint32_t count = 0;
};

/// The words of a title or of a heading path, which many chunks share.
struct Field {
  std::vector<FieldTerm> terms;
  std::uint32_t length = 0;
};

bool adds_length(text::TokenKind kind) {
  switch (kind) {
    case text::TokenKind::Word:
    case text::TokenKind::Whole:
    case text::TokenKind::Number:
    case text::TokenKind::Character:
      return true;
    case text::TokenKind::Part:
    case text::TokenKind::Bigram:
    case text::TokenKind::Segment:
      return false;
  }
  return false;
}

}  // namespace

std::string_view clamp_term(std::string_view term) {
  return term.size() <= kMaxTermBytes ? term : text::utf8_prefix(term, kMaxTermBytes);
}

std::string_view DocumentTerms::term(std::uint32_t number) const {
  const std::uint32_t begin = number == 0 ? 0 : term_end[number - 1];
  return std::string_view(arena).substr(begin, term_end[number] - begin);
}

std::size_t DocumentTerms::byte_size() const {
  return arena.size() + term_end.size() * sizeof term_end[0] + postings.size() * sizeof postings[0] +
         (chunk_end.size() + chunk_length.size()) * sizeof chunk_end[0];
}

struct TermCollector::State {
  explicit State(const FieldWeights& chosen) : weights(chosen) {}

  /// Counts a text's terms into `counts` and gives its length in words.
  std::uint32_t count(std::string_view text) {
    std::uint32_t length = 0;
    tokeniser.visit(text, [&](const text::Token& token) {
      // Pairs across a particle ("的水") are a tenth of a Chinese text's terms, and no question is made of them.
      if (token.kind == text::TokenKind::Bigram && token.stop_word) return;
      const std::uint32_t number = table.number_of(clamp_term(token.term));
      if (number >= counts.size()) counts.resize(number + 1);
      if (counts[number]++ == 0) touched.push_back(number);
      if (adds_length(token.kind)) ++length;
    });
    return length;
  }

  Field field_of(std::string_view text) {
    Field field;
    field.length = count(text);
    for (const std::uint32_t number : touched) {
      field.terms.push_back({number, counts[number]});
      counts[number] = 0;
    }
    touched.clear();
    return field;
  }

  void add(const Field& field, std::uint32_t weight) {
    if (weight == 0) return;
    for (const FieldTerm& entry : field.terms) {
      if (counts[entry.term] == 0) touched.push_back(entry.term);
      counts[entry.term] += entry.count * weight;
    }
  }

  FieldWeights weights;
  text::Tokeniser tokeniser;
  TermTable table;
  std::vector<std::uint32_t> counts;   ///< By term; all zero between chunks.
  std::vector<std::uint32_t> touched;  ///< Terms whose count is not zero.
  Field title;
  Field heading;
  std::string heading_text;
  DocumentTerms terms;
};

TermCollector::TermCollector(const FieldWeights& weights) : state_(std::make_unique<State>(weights)) {}
TermCollector::~TermCollector() = default;
TermCollector::TermCollector(TermCollector&&) noexcept = default;
TermCollector& TermCollector::operator=(TermCollector&&) noexcept = default;

void TermCollector::begin(std::string_view title) {
  state_->table.clear();
  state_->terms = {};
  state_->title = state_->field_of(title);
  state_->heading = {};
  state_->heading_text.clear();
}

void TermCollector::add(std::span<const std::string> heading, std::string_view body) {
  State& state = *state_;
  std::string heading_text;
  for (const std::string& part : heading) heading_text.append(part).append("\n");
  if (heading_text != state.heading_text) {
    state.heading = state.field_of(heading_text);
    state.heading_text = std::move(heading_text);
  }
  std::uint32_t length = state.count(body) * state.weights.body;
  for (const std::uint32_t number : state.touched) state.counts[number] *= state.weights.body;
  state.add(state.heading, state.weights.heading);
  state.add(state.title, state.weights.title);
  length += state.heading.length * state.weights.heading + state.title.length * state.weights.title;

  for (const std::uint32_t number : state.touched) {
    const std::uint32_t frequency = std::min<std::uint32_t>(state.counts[number], 255);
    state.counts[number] = 0;
    if (frequency > 0) state.terms.postings.push_back({number, static_cast<std::uint8_t>(frequency)});
  }
  state.touched.clear();
  state.terms.chunk_end.push_back(static_cast<std::uint32_t>(state.terms.postings.size()));
  state.terms.chunk_length.push_back(length);
}

DocumentTerms TermCollector::finish() {
  State& state = *state_;
  state.terms.arena = state.table.arena();
  state.terms.term_end = state.table.ends();
  state.table.clear();
  return std::move(state.terms);
}

}  // namespace openbook::index
