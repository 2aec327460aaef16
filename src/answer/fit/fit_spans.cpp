#include <algorithm>

#include "answer/fit/models.h"
#include "answer/fit/span_cases.h"

namespace openbook::answer::fit {
namespace {

/// A span is given for this share of the questions that ask for one; the least sure are answered by the sentence.
constexpr double kGivenShare = 0.85;

TrainOptions span_options() {
  TrainOptions options;
  options.hidden = 32;
  options.epochs = 12;
  options.decay = 0.1f;
  return options;
}

/// A span that is wholly right counts 1; a partly right one counts where nothing better is near.
float target_of(float f1) {
  if (f1 > 0.999f) return 1;
  return f1 > 0.5f ? 0.3f * f1 * f1 * f1 : 0.0f;
}

Net train_without_fold(const std::vector<Case>& cases, const std::vector<SpanCase>& spans, int fold) {
  Rows rows;
  rows.inputs = span_feature_count();
  const auto n = static_cast<std::size_t>(rows.inputs);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto& f1 = spans[i].f1;
    const bool any = std::any_of(f1.begin(), f1.end(), [](float f) { return target_of(f) > 0; });
    if (cases[i].labelled().held_out || cases[i].fold == fold || !any) continue;
    for (std::size_t k = 0; k < f1.size(); ++k)
      rows.add_row(std::span<const float>(spans[i].search.features).subspan(k * n, n), target_of(f1[k]));
    rows.end_group();
  }
  return train(rows, span_options());
}

}  // namespace

void fit_spans(const std::vector<Case>& cases, Models& models) {
  std::vector<SpanCase> spans = make_span_cases(cases);
  const Net without_first = train_without_fold(cases, spans, 0);
  std::vector<float> sureness;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const bool asks = cases[i].question.frame.wants_span() && !cases[i].labelled().held_out && cases[i].fold == 0;
    if (!asks || spans[i].f1.empty()) continue;
    score_spans(without_first.view(), spans[i].search);
    float best = kNoChance;
    for (const SpanCandidate& c : spans[i].search.candidates) best = std::max(best, c.log_probability);
    sureness.push_back(best);
  }
  std::sort(sureness.rbegin(), sureness.rend());
  if (!sureness.empty())
    models.span_threshold = sureness[static_cast<std::size_t>(kGivenShare * static_cast<double>(sureness.size() - 1))];
  models.span = train_without_fold(cases, spans, -1);
  round_weights(models.span);
}

}  // namespace openbook::answer::fit
