#pragma once

#include <array>
#include <string>
#include <vector>

#include "answer/fit/cases.h"
#include "answer/fit/train.h"

/// The fitting steps, in the order in which they depend on each other.
namespace openbook::answer::fit {

/// The scorers of one script. The fold nets are fitted without that fold's articles, so that what is fitted on top of
/// their scores sees them as they are on new text.
struct Models {
  Net sentence, passage, span, decline;
  std::array<Net, kFolds> sentence_folds, passage_folds;
  std::array<float, 3> thresholds{};
  float span_threshold = 0;
};

/// Fits the sentence and the passage scorer on the cases that are not held out, and ranks every case. `small`: further
/// cases of the same questions, in small libraries; they count half.
void fit_ranking(std::vector<Case>& cases, std::vector<Case>& small, Models& models);

/// Ranks a case by the nets that have not seen it.
void rank_unseen(const Models& models, Case& c);

/// Fits the span scorer on ranked cases, and the log probability below which no span is given.
void fit_spans(const std::vector<Case>& cases, Models& models);

/// Fits the decision on the questions with their passage, without it, without its article, and in small libraries; the
/// thresholds of a script keep that script's shares of the answerable ones.
void fit_decline(const Source& source, const std::vector<std::uint32_t>& questions, bool chinese, Models& models);

/// Rounds weights to the digits that are shipped.
void round_weights(Net& net);

/// Writes weights_table.cpp for the two scripts. Errors: Io.
Status write_table(const std::string& path, const Models& spaced, const Models& chinese);

}  // namespace openbook::answer::fit
