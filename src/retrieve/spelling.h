#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"
#include "retrieve/vocabulary.h"
#include "text/tokenise.h"

namespace openbook::retrieve {

/// A term of a question that the library does not have, and the nearest one that it has.
struct Correction {
  ByteRange range;   ///< Of the question.
  std::string term;  ///< The library's term (folded and stemmed for Latin words; one character for Chinese).
};

/// Corrections for the Latin words and Chinese characters of a question that occur nowhere in the library, by
/// Damerau-Levenshtein distance (at most 1 below eight letters, 2 from there) for words, and by what the library writes
/// between the same neighbours, with the same sound (text/pinyin.h), for Chinese characters. Identifiers, numbers and
/// words of fewer than four letters are left alone.
std::vector<Correction> corrections_for(std::string_view question, const std::vector<text::OwnedToken>& tokens,
                                        const Vocabulary& vocabulary);

/// Damerau-Levenshtein distance (optimal string alignment) of two byte strings, or limit + 1 if it is larger.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace openbook::retrieve
