#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/json_forward.h"
#include "eval/corpus.h"
#include "eval/metrics.h"
#include "eval/questions.h"

/// How good the answers are, and how well the library's silence is told from its knowledge.
namespace openbook::eval {

/// What is kept from the answerer for the questions whose id has an odd MD5.
enum class Hide { Nothing, Passage, Title };
/// Which questions count: by the MD5 of the id of the document that they were written for.
enum class Half { Whole, Even, Odd };

struct AnswerMeasureOptions {
  std::string corpus;  ///< As load_questions has it.
  Hide hide = Hide::Nothing;
  Half half = Half::Whole;
  Strictness strictness = Strictness::Balanced;  ///< For precision and recall of declining.
  std::size_t limit = 0;                         ///< At most so many questions; 0: all.
};

struct AnswerReport {
  std::string set;
  std::size_t questions = 0;
  std::size_t answerable = 0;  ///< With their passage in reach.
  // Over the answerable questions, whatever the decision about declining was:
  Estimate sentence_contains;  ///< The first sentence shown holds an answer.
  Estimate top3_contains;      ///< One of three does: those shown, and the next ones chosen where fewer are shown.
  Estimate span_given;         ///< A span is given at all.
  Estimate exact_match, f1;    ///< Of the span, where one is given.
  Estimate retrieved_1, retrieved_5;  ///< A passage with the answer is the best, or among the best five.
  Estimate answered_right;            ///< Answered at the given strictness, and the first sentence holds an answer.
  // Declining, positive being what should be declined; NaN where all questions are of one kind:
  Estimate auroc, declined_at_90, precision, recall, kept;  ///< kept: share of the answerable that are answered.
  std::size_t citation_count = 0;
  double citation_exact = 0;  ///< Share of all citations whose quote stands in the cited document at the stated range.
};

/// Adds the corpus to a knowledge base of its own and asks it every question. Where something is hidden, questions
/// that were unanswerable from the start are left out: near misses are another matter than absent knowledge.
/// Intervals are over passages. Errors: those of load_questions and Corpus::add; InvalidInput when no question is left.
Result<AnswerReport> measure_answers(const std::string& path, const AnswerMeasureOptions& options,
                                     const Setting& setting, std::stop_token stop);

/// The fixed form of `eval answers --json`; intervals stand beside it under "intervals".
Json to_json(const AnswerReport& report);

}  // namespace openbook::eval
