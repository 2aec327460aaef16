#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "book/evidence.h"

/// Which of two documents stands when they disagree.
namespace openbook::answer {

enum class Standing : std::uint8_t { Unrelated, FirstIsNewer, SecondIsNewer };

/// The year of an edition in a title or file name ("fares-2026.csv" → 2026); 0 if none. The last one counts.
int edition_year(std::string_view text);

/// The year of the edition that a question asks about ("under the 2023 edition", 2023年版): a year and a word for
/// editions; 0 if it names none.
int edition_named(std::string_view question);

/// Of the document's title, else of its file name; 0 if neither names a year.
int edition_of(const book::DocumentRef& document);

/// Are the titles or the file names equal but for years and version numbers?
bool same_work(const book::DocumentRef& a, const book::DocumentRef& b);

/// Two editions are of one work when their titles or file names are equal but for years and version numbers; or when a
/// passage of one says that it supersedes or replaces (取代, 替代, 废止) what bears the other's title.
Standing standing_of(const book::Passage& first, const book::Passage& second, std::span<const book::Passage> evidence);

}  // namespace openbook::answer
