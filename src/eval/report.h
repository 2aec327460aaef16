#pragma once

#include "base/json_forward.h"
#include "eval/metrics.h"

namespace openbook::eval {

/// A figure in JSON; null where it does not exist (NaN).
Json figure_json(double figure);
/// [low, high].
Json interval_json(const Estimate& estimate);

}  // namespace openbook::eval
