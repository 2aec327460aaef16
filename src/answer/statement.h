#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "answer/passage_text.h"
#include "answer/question.h"
#include "answer/ranking.h"

/// From a ranked unit to what is shown and quoted.
namespace openbook::answer {

/// One statement of the answer. The quote is the passage's bytes at `range`.
struct Statement {
  std::uint32_t passage = 0;
  std::uint32_t unit = 0;
  ByteRange range;      ///< Of the passage's text: all that is quoted, the sentence before included.
  std::string context;  ///< The sentence before, where the subject stands there; as plain text, else empty.
  std::string text;     ///< Plain text: a sentence; a table row as "header: cell; …"; a list with its lines.
  float log_probability = 0;
};

/// `text`: the passage's text, which `view` was read from. Carries the sentence before when the unit begins with a
/// word that points back.
Statement statement_of(const Question& question, std::string_view text, const PassageText& view,
                       const RankedSentence& sentence);

/// The whole list around or after the sentence, with the line that leads into it; false if there is no list of two or
/// more items.
bool widen_to_list(std::string_view text, const PassageText& view, Statement& statement);

/// The cell of a table row under the column that the question asks for; empty if no column stands out.
std::string cell_asked_for(const Question& question, std::string_view text, const Unit& row);

/// What the footnote that the statement points to begins with ("[^1]:"); empty if it points to none.
std::string footnote_of(std::string_view text, const Statement& statement);

/// Do two texts say the same, but for case, marks and spaces?
bool same_statement(std::string_view a, std::string_view b);

}  // namespace openbook::answer
