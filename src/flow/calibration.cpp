#include "flow/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "answer/extractive.h"
#include "answer/weights.h"
#include "flow/library_state.h"
#include "openbook/library.h"

namespace openbook {
namespace flow {

std::string to_setting(const answer::Calibration& calibration) {
  char numbers[64];
  std::snprintf(numbers, sizeof numbers, "%.9g %.9g ", static_cast<double>(calibration.scale),
                static_cast<double>(calibration.bias));
  return std::string(numbers) + answer::weights_identity();
}

std::optional<answer::Calibration> stored_calibration(const store::Store& store) {
  const Result<std::string> setting = store.setting(kCalibrationSetting);
  answer::Calibration calibration;
  int used = 0;
  if (!setting || std::sscanf(setting->c_str(), "%f %f %n", &calibration.scale, &calibration.bias, &used) != 2)
    return std::nullopt;
  const bool same_scorers = setting->substr(static_cast<std::size_t>(used)) == answer::weights_identity();
  if (!same_scorers || !std::isfinite(calibration.scale) || !std::isfinite(calibration.bias)) return std::nullopt;
  return calibration;
}

}  // namespace flow

namespace {

constexpr std::size_t kFolds = 5;
constexpr std::size_t kFewestQuestions = 10;

using Cases = std::vector<answer::CalibrationCase>;

double loss_of(const Cases& cases, const answer::Calibration& calibration) {
  double loss = 0;
  for (const answer::CalibrationCase& c : cases) {
    const double p = std::clamp(static_cast<double>(calibration.probability(c.score)), 1e-6, 1 - 1e-6);
    loss -= std::log(c.answerable ? p : 1 - p);
  }
  return loss;
}

/// Mean log loss of calibrations that have not seen the question: each fold is judged by a fit to the others.
double unseen_loss(const Cases& cases) {
  double loss = 0;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    Cases seen, unseen;
    for (std::size_t i = 0; i < cases.size(); ++i) (i % kFolds == fold ? unseen : seen).push_back(cases[i]);
    loss += loss_of(unseen, answer::calibrate(seen, {}));
  }
  return loss / static_cast<double>(cases.size());
}

}  // namespace

Result<CalibrationReport> Library::calibrate(const std::vector<OwnQuestion>& questions) {
  const std::lock_guard lock(state_->writing);
  CalibrationReport report{.questions = questions.size()};
  if (questions.empty()) {
    OB_RETURN_IF_ERROR(state_->store->put_setting(flow::kCalibrationSetting, ""));
    return report;
  }
  const auto answerable = static_cast<std::size_t>(std::ranges::count(questions, true, &OwnQuestion::answerable));
  if (questions.size() < kFewestQuestions || answerable == 0 || answerable == questions.size())
    return fail(Code::InvalidInput, std::to_string(questions.size()) + " questions, " + std::to_string(answerable) +
                                        " of them answerable; at least 10 are needed, and some of both kinds");
  Cases cases;
  for (const OwnQuestion& own : questions) {
    book::Query query;
    OB_TRY(const book::Evidence evidence, this->evidence(own.question, {}, &query));
    cases.push_back({answer::decision_score(query, evidence), own.answerable});
  }
  report.loss_before = loss_of(cases, {}) / static_cast<double>(cases.size());
  report.loss_after = unseen_loss(cases);
  report.adopted = report.loss_after < report.loss_before;
  if (report.adopted)
    OB_RETURN_IF_ERROR(
        state_->store->put_setting(flow::kCalibrationSetting, flow::to_setting(answer::calibrate(cases, {}))));
  return report;
}

}  // namespace openbook
