#include "eval/report.h"

#include <cmath>

#include "base/json.h"

namespace openbook::eval {

Json figure_json(double figure) {
  return std::isfinite(figure) ? Json(figure) : Json();
}

Json interval_json(const Estimate& estimate) {
  return Json::array({figure_json(estimate.low), figure_json(estimate.high)});
}

}  // namespace openbook::eval
