#pragma once

#include <cstdint>
#include <string_view>

#include "answer/passage_text.h"
#include "answer/question.h"

/// The kind of thing that an answer must hold: a question about a price is not answered by a sentence without a number.
namespace openbook::answer {

enum class AnswerKind : std::uint8_t { Any, Quantity, Money, Time, Person, Place };
const char* name_of(AnswerKind kind);

/// Any where the question leaves the kind open.
AnswerKind kind_asked(const Question& question);

/// Does the unit, with its table header, hold a candidate that the question does not hold itself? Generous: a wrong yes
/// costs less than a wrong no.
bool holds_kind(AnswerKind kind, const Question& question, const Unit& unit);

}  // namespace openbook::answer
