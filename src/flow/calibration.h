#pragma once

#include <optional>
#include <string>

#include "answer/decline.h"
#include "store/store.h"

namespace openbook::flow {

/// The calibration that the library was given, if it was given one for the scorers that this program has.
std::optional<answer::Calibration> stored_calibration(const store::Store& store);

/// How a calibration is kept with the library: scale, bias and the identity of the scorers that it corrects.
std::string to_setting(const answer::Calibration& calibration);

inline constexpr const char* kCalibrationSetting = "answer-calibration";

}  // namespace openbook::flow
