#pragma once

#include <memory>
#include <vector>

#include "answer/fit/data.h"
#include "answer/fit/search.h"
#include "answer/question.h"
#include "answer/ranking.h"

/// Questions with their evidence, features and labels: what every fitting step works on.
namespace openbook::answer::fit {

inline constexpr int kFolds = 5;
inline constexpr std::size_t kPassages = 20;

/// A set with its index. Neither copied nor moved: the library points at the set.
struct Source {
  Set set;
  std::unique_ptr<Library> library;
};

struct Case {
  const Source* source = nullptr;
  std::uint32_t question_index = 0;
  bool chinese = false;
  int fold = 0;  ///< By title, so that no article is in two folds.
  Question question;
  Found found;
  std::vector<PassageView> views;
  Ranking ranking;
  std::vector<std::string> answers;              ///< Comparable form.
  std::vector<std::vector<std::uint8_t>> right;  ///< [passage][unit]: holds an answer.
  int gold = -1;  ///< Place of the question's own passage among the views; -1: not found.

  std::string text;  ///< The question as asked.

  const LabelledQuestion& labelled() const { return source->set.questions[question_index]; }
};

enum class Hide { Nothing, Passage, Article };

/// Whole: all passages of the set. Small: a random sample of 30, 60 or 150, and the question's own passage. Short: as
/// Small, and the question is cut to two or three of its content words, at random.
enum class Sample { Whole, Small, Short };

/// Builds one case: search, overlaps, labels.
Case make_case(text::Tokeniser& tokeniser, const Source& source, std::uint32_t question_index, Hide hide,
               Sample sample = Sample::Whole);

/// Cases of the chosen questions, on two threads; the order is that of `questions`.
std::vector<Case> make_cases(const Source& source, const std::vector<std::uint32_t>& questions, Hide hide,
                             Sample sample = Sample::Whole);

Result<std::unique_ptr<Source>> load_source(const std::string& data, const std::string& name);

}  // namespace openbook::answer::fit
