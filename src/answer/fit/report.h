#pragma once

#include "answer/fit/models.h"

namespace openbook::answer::fit {

/// Prints the figures of the held-out questions: retrieval, sentences, spans, declining, each with its interval.
void report(const Source& source, std::vector<Case>& cases, const std::vector<std::uint32_t>& questions,
            const Models& models);

/// Prints how well unanswerable questions that were written for a passage (SQuAD 2.0) are told from answerable ones.
void report_near_misses(const Source& source, const Models& models);

}  // namespace openbook::answer::fit
