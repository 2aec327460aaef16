#pragma once

#include "answer/choose.h"
#include "answer/decline.h"
#include "answer/spans.h"
#include "book/trace.h"

/// What the answerer saw and why it chose, in lines for a person.
namespace openbook::answer {

struct Decision {
  Signals signals{};
  float score = 0;
  float probability = 0;
  float threshold = 0;
};

book::TraceStep explain_question(const Question& question);
book::TraceStep explain_passages(const Reading& reading);
book::TraceStep explain_sentences(const Reading& reading);
book::TraceStep explain_decision(const Decision& decision);
book::TraceStep explain_choice(const Choice& choice);

}  // namespace openbook::answer
