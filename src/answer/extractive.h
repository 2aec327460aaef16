#pragma once

#include <memory>
#include <optional>

#include "answer/answerer.h"
#include "answer/decline.h"

/// Answers by quoting: no language model, no network.
namespace openbook::answer {

struct ExtractiveOptions {
  /// From calibrate() on the knowledge base's own questions; without it, as fitted on the public sets.
  std::optional<Calibration> calibration;
};

/// Reads at most the first 20 passages of the evidence that are not dropped. Safe concurrently. Costs about half a
/// millisecond a passage. Errors: none; evidence that holds nothing gives an answer with answered = false.
std::unique_ptr<Answerer> make_extractive_answerer(ExtractiveOptions options = {});

/// The decision net's score for a question: what calibrate() takes. The first part of a double question counts.
float decision_score(const book::Query& query, const book::Evidence& evidence);

/// Probability at or above which a question is answered. On the public sets' held-out halves (models/answerer/README.md
/// has all figures): Lenient keeps about 98 in 100 answerable questions, for readers who judge themselves; Balanced
/// about 93 (Chinese 95); Strict about 80 (85), and declines most of what only comes near.
float threshold_of(Strictness strictness, bool chinese);

}  // namespace openbook::answer
