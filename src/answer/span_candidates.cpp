#include "answer/span_candidates.h"

namespace openbook::answer {
namespace {

constexpr std::uint32_t kMaxWords = 12;
constexpr std::size_t kMaxCandidates = 1200;

bool can_begin(WordClass kind) {
  switch (kind) {
    case WordClass::Preposition:
    case WordClass::Conjunction:
    case WordClass::Comma:
    case WordClass::Close:
    case WordClass::Stop:
    case WordClass::Particle:
    case WordClass::Auxiliary:
      return false;
    default:
      return true;
  }
}

bool can_end(WordClass kind) {
  switch (kind) {
    case WordClass::Preposition:
    case WordClass::Conjunction:
    case WordClass::Comma:
    case WordClass::Open:
    case WordClass::Stop:
    case WordClass::Particle:
    case WordClass::Determiner:
    case WordClass::Auxiliary:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> span_candidates(const std::vector<Word>& words) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> spans;
  const auto count = static_cast<std::uint32_t>(words.size());
  for (std::uint32_t first = 0; first < count && spans.size() < kMaxCandidates; ++first) {
    if (!can_begin(words[first].kind)) continue;
    int depth = 0;
    for (std::uint32_t last = first; last < count && last < first + kMaxWords; ++last) {
      const WordClass kind = words[last].kind;
      if (kind == WordClass::Open) ++depth;
      if (kind == WordClass::Close && --depth < 0) break;  // The bracket was opened before the span.
      if (kind == WordClass::Stop && last + 1 < count && last > first && words[last + 1].kind != WordClass::Comma &&
          words[last].range.size() > 1)
        break;
      if (depth == 0 && can_end(kind)) spans.push_back({first, last});
    }
  }
  return spans;
}

}  // namespace openbook::answer
