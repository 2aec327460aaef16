#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "answer/net.h"
#include "answer/question.h"
#include "answer/words.h"

/// The few words inside a sentence that answer: candidates, what is seen of each, and their scores.
namespace openbook::answer {

/// A sentence that may hold the span. The unit and its text must outlive the search for spans.
struct SpanSource {
  const Unit* unit = nullptr;
  std::string_view text;      ///< The unit's bytes.
  float log_probability = 0;  ///< Of the sentence.
};

struct SpanCandidate {
  std::uint32_t sentence = 0;  ///< Index of its source.
  ByteRange range;             ///< Of the sentence's text.
  std::uint32_t first = 0;     ///< Index of its first word.
  std::uint32_t last = 0;      ///< Index of its last word.
  float log_probability = 0;   ///< Among all candidates, after scoring.
};

/// Number of values that span_features writes for each candidate.
int span_feature_count();

struct SpanSearch {
  std::vector<SpanCandidate> candidates;
  std::vector<float> features;  ///< [candidate][span_feature_count()]
};

/// Candidates of at most twelve words within each sentence, with their features.
SpanSearch read_spans(WordFinder& finder, const Question& question, std::span<const SpanSource> sentences);

/// Fills the log probabilities of the candidates.
void score_spans(const NetView& net, SpanSearch& search);

}  // namespace openbook::answer
