#pragma once

#include <span>
#include <vector>

#include "answer/question.h"
#include "book/evidence.h"
#include "text/tokenise.h"

/// A question that names an edition ("under the 2023 edition") wants what that edition says, not where it is named.
namespace openbook::answer {

struct NamedEdition {
  int year = 0;               ///< 0: none named, or no document of that year in the evidence.
  std::vector<float> shifts;  ///< For shift_passages(), one a passage; empty where year is 0.
};

/// Finds the edition, and discounts the question's terms that name it: its year, and what the documents' titles and
/// opening lines hold. A question of which nothing would be left keeps its weights.
NamedEdition read_named_edition(text::Tokeniser& tokeniser, std::span<const book::Passage> passages,
                                Question& question);

}  // namespace openbook::answer
