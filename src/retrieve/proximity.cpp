#include "retrieve/proximity.h"

#include <algorithm>
#include <numeric>

namespace openbook::retrieve {
namespace {

using text::TokenKind;

// Chosen on scifact's train queries and on the even-numbered half (MD5 of the document's id) of squad11, squad20 and
// cmrc2018; each is flat for a factor of two around its value.
constexpr float kWindowWeight = 0.4F;
constexpr float kNeighbourWeight = 0.5F;
constexpr std::uint32_t kWindow = 60;
constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// Kinds that stand for a place in the text of their own; the others are readings of the same place.
bool has_place(TokenKind kind) {
  return kind != TokenKind::Part && kind != TokenKind::Bigram && kind != TokenKind::Segment;
}

float nearness(std::uint32_t distance) {
  switch (distance) {
    case 1:
      return 1;
    case 2:
      return 0.8F;
    case 3:
    case 4:
      return 0.5F;
    default:
      return 0;
  }
}

}  // namespace

Proximity::Proximity(std::vector<WeighedTerm> terms) : terms_(std::move(terms)) {
  sorted_.resize(terms_.size());
  std::iota(sorted_.begin(), sorted_.end(), 0U);
  std::ranges::sort(sorted_, {}, [this](std::uint32_t i) -> const std::string& { return terms_[i].term; });
  std::uint32_t last = kNone;
  for (std::uint32_t i = 0; i < terms_.size(); ++i) {
    const TokenKind kind = terms_[i].kind;
    if (kind == TokenKind::Character || kind == TokenKind::Bigram || kind == TokenKind::Part) continue;
    if (last != kNone) pairs_.emplace_back(last, i);
    last = i;
  }
}

std::uint32_t Proximity::number_of(std::string_view term) const {
  const auto found =
      std::ranges::lower_bound(sorted_, term, {}, [this](std::uint32_t i) { return std::string_view(terms_[i].term); });
  return found != sorted_.end() && terms_[*found].term == term ? *found : kNone;
}

std::vector<Proximity::Match> Proximity::matches_of(std::string_view text, text::Tokeniser& tokeniser) const {
  std::vector<Match> matches;
  std::uint32_t position = 0;
  tokeniser.visit(
      text,
      [&](const text::Token& token) {
        position += has_place(token.kind);
        if (const std::uint32_t term = number_of(token.term); term != kNone) matches.push_back({position, term});
      },
      text::Segments::No);  // The pairs of a Chinese word say where it stands; finding the word costs ten times as
                            // much.
  return matches;
}

float Proximity::best_window(const std::vector<Match>& matches) const {
  std::vector<std::uint32_t> count(terms_.size(), 0);
  float best = 0;
  float held = 0;
  std::size_t begin = 0;
  for (const Match& match : matches) {
    if (count[match.term]++ == 0) held += terms_[match.term].worth;
    for (; match.position - matches[begin].position > kWindow; ++begin)
      if (--count[matches[begin].term] == 0) held -= terms_[matches[begin].term].worth;
    best = std::max(best, held);
  }
  return best;
}

float Proximity::neighbours(const std::vector<Match>& title, const std::vector<Match>& text) const {
  float total = 0;
  for (const auto& [first, second] : pairs_) {
    float nearest = 0;
    for (const std::vector<Match>* matches : {&title, &text}) {
      std::uint32_t at = 0;
      for (const Match& match : *matches) {
        if (match.term == first)
          at = match.position;
        else if (match.term == second && at > 0)
          nearest = std::max(nearest, nearness(match.position - at));
      }
    }
    total += nearest * std::min(terms_[first].worth, terms_[second].worth);
  }
  return total;
}

float Proximity::score(std::string_view title, std::string_view text, text::Tokeniser& tokeniser) const {
  const std::vector<Match> in_title = matches_of(title, tokeniser);
  const std::vector<Match> in_text = matches_of(text, tokeniser);
  return kWindowWeight * best_window(in_text) + kNeighbourWeight * neighbours(in_title, in_text);
}

void rerank_by_proximity(std::vector<book::Passage>& passages, const Proximity& proximity, std::size_t limit,
                         text::Tokeniser& tokeniser) {
  for (book::Passage& passage : passages) {
    passage.signals.rerank = proximity.score(passage.document.title, passage.text, tokeniser);
    passage.score += passage.signals.rerank;
  }
  std::ranges::sort(passages, [](const book::Passage& a, const book::Passage& b) {
    return a.score != b.score ? a.score > b.score : a.chunk_id < b.chunk_id;
  });
  if (passages.size() > limit) passages.resize(limit);
}

}  // namespace openbook::retrieve
