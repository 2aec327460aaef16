#pragma once

#include <array>

#include "answer/answerer.h"
#include "answer/net.h"

namespace openbook::answer {

/// The fitted scorers of one script. Made by models/answerer (its README says from what); the table is generated.
struct AnswererWeights {
  NetView sentence;
  NetView passage;
  NetView span;
  NetView decline;
  std::array<float, 3> thresholds;  ///< Probabilities for Lenient, Balanced, Strict: answer at or above.
  float span_threshold = 0;         ///< Log probability: below it no span is given.
};

/// Weights for questions in Chinese, Japanese or Korean characters, or for all others.
AnswererWeights weights_for(bool chinese);

/// "openbook-answerer/1 …": changes when the weights do.
const char* weights_identity();

}  // namespace openbook::answer
