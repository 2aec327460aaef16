#pragma once

#include <span>

#include "answer/question.h"
#include "answer/ranking.h"

/// "What is the next step after X": the step that follows shares no word with the question, so that the decision to
/// decline, which looks for shared words, is too strict.
namespace openbook::answer {

/// Does the question ask what comes next, and does the likeliest passage hold a list with X in one of its items, under
/// a title that the question names, while no other passage holds more of the question? `views` as ranked.
bool holds_next_step(const Question& question, std::span<const PassageView> views, const Ranking& ranking);

}  // namespace openbook::answer
