#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "eval/answers.h"

namespace openbook::eval {

/// What came of one question.
struct Asked {
  bool answerable = true;  ///< With its passage in reach.
  bool answered = false;   ///< At the strictness asked for.
  double confidence = 0;
  bool sentence_contains = false;
  bool top3_contains = false;
  bool span_given = false;
  bool exact_match = false;
  double f1 = 0;
  bool retrieved_1 = false, retrieved_5 = false;
  std::size_t citations = 0, exact_citations = 0;
};

/// Asks questions of a set, each as a user would, and compares. Safe concurrently. Both must outlive it.
class Asker {
 public:
  Asker(const Corpus& corpus, const QuestionSet& set, const AnswerMeasureOptions& options);

  Result<Asked> ask(const LabelledQuestion& question) const;

 private:
  bool is_hidden(const LabelledQuestion& question) const;
  std::vector<std::string> hidden_uris(const LabelledQuestion& question) const;
  Status compare(const LabelledQuestion& question, const AskOptions& options, book::Answer answer, Asked& asked) const;
  Status check_citations(const book::Answer& answer, Asked& asked) const;

  const Corpus& corpus_;
  const AnswerMeasureOptions& options_;
  const QuestionSet& set_;
  std::unordered_map<std::string, std::vector<std::string>> by_title_;  ///< Title → document ids.
};

}  // namespace openbook::eval
