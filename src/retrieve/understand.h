#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "book/query.h"
#include "book/trace.h"
#include "retrieve/spelling.h"
#include "retrieve/vocabulary.h"
#include "text/tokenise.h"

/// From the words of a question to what is searched for. Works without a model: spelling from the library's own
/// vocabulary, parts by punctuation and question words, terms by the tokeniser.
namespace openbook::retrieve {

/// What understanding made of a question, and the corrections it rests on.
struct Understanding {
  book::Query query;
  std::vector<Correction> corrections;
};

/// `trace` may be null.
Understanding understand(std::string_view question, const book::Filter& filter, text::Tokeniser& tokeniser,
                         const Vocabulary& vocabulary, book::Trace* trace);

/// The query for one part of a double question: its own terms, and lightly those of the whole where the part leaves
/// its subject out.
book::Query query_for_part(const book::Query& whole, std::size_t part, text::Tokeniser& tokeniser);

/// Terms of a text as they are searched for: each once, weighted by kind and count; function words only where there
/// is nothing else.
std::vector<book::QueryTerm> query_terms(std::string_view text, text::Tokeniser& tokeniser);

}  // namespace openbook::retrieve
