#pragma once

#include <span>
#include <string>
#include <vector>

#include "answer/answerer.h"
#include "answer/statement.h"

/// Which statements make the answer, from the ranked sentences: merged, ordered, limited.
namespace openbook::answer {

/// A statement with every place that makes it.
struct Chosen {
  Statement statement;
  std::vector<Statement> also;  ///< The same statement in other documents.
  bool older = false;           ///< Of an edition that another chosen statement's document replaces.
};

struct Choice {
  std::vector<Chosen> chosen;        ///< Best first; at most AnswerOptions::max_sources.
  std::vector<std::string> dropped;  ///< For `explain`: what was left out, and why.
};

/// What reading the question and the evidence gave; everything must outlive the call.
struct Reading {
  const Question& question;
  std::span<const book::Passage> passages;  ///< In the order of the views.
  std::span<const PassageView> views;
  const Ranking& ranking;
};

Choice choose(const Reading& reading, const AnswerOptions& options);

}  // namespace openbook::answer
