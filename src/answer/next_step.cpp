#include "answer/next_step.h"

#include <algorithm>
#include <cmath>

namespace openbook::answer {
namespace {

/// By hand: a passage that is likelier than all others together, and holds most of what any of them holds.
constexpr float kChance = 0.5f;
constexpr float kShareOfHeld = 0.7f;
constexpr float kTitled = 0.1f;

bool asks_next(const Question& question) {
  static constexpr std::string_view kCues[] = {"next step", "comes next", "do next", "step after", "下一步", "接下来"};
  return std::any_of(std::begin(kCues), std::end(kCues),
                     [&](auto cue) { return question.lower.find(cue) != std::string::npos; });
}

/// An item that holds a term of the question which the title does not hold, with an item after it.
bool has_step_before_another(const PassageText& text, const PassageOverlap& overlap) {
  for (std::size_t u = 0; u + 1 < text.units.size(); ++u)
    if (text.units[u].kind == UnitKind::ListItem && text.units[u + 1].kind == UnitKind::ListItem &&
        (overlap.units[u].matched & ~overlap.titled).any())
      return true;
  return false;
}

}  // namespace

bool holds_next_step(const Question& question, std::span<const PassageView> views, const Ranking& ranking) {
  if (ranking.sentences.empty() || !asks_next(question)) return false;
  const std::size_t p = ranking.sentences.front().passage;
  const PassageFeatures& f = ranking.passage_features[p];
  const auto value = [&](PassageFeature feature) { return f[static_cast<std::size_t>(feature)]; };
  return std::exp(ranking.passage_log_probability[p]) >= kChance &&
         value(PassageFeature::ShareOfHeld) >= kShareOfHeld && value(PassageFeature::TitleCoverage) >= kTitled &&
         has_step_before_another(*views[p].text, ranking.overlaps[p]);
}

}  // namespace openbook::answer
