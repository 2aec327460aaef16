#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "text/tokenise.h"

namespace openbook::book {

/// One term of a query after understanding.
struct QueryTerm {
  std::string term;    ///< As the tokeniser writes it into the index.
  float weight = 1;    ///< Multiplies the term's BM25 contribution.
  std::string origin;  ///< The question's own word (for `explain`), or "correction of X".
  text::TokenKind kind = text::TokenKind::Word;
};

/// What a question may be restricted to. Empty means everything.
struct Filter {
  std::string language;
  std::string uri_prefix;
  std::optional<Millis> as_of;  ///< The library as it was at this moment.
};

/// A question on its way: the words the user wrote and what was understood of them.
struct Query {
  std::string text;                ///< As given.
  std::string corrected;           ///< With misspelt words replaced from the library's vocabulary; equals text if none.
  std::string language;            ///< "en", "zh", …
  std::vector<std::string> parts;  ///< Stand-alone questions it splits into; one (the corrected text) if it does not.
  std::vector<QueryTerm> terms;    ///< Of the whole corrected text.
  Filter filter;
};

}  // namespace openbook::book
