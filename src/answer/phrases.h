#pragma once

#include <string>
#include <string_view>

/// The answerer's own words, in the language of the question. Everything else that it says is quoted.
namespace openbook::answer {

/// "The library does not hold an answer to this question."
std::string not_held_text(std::string_view language);

/// "The library does not say: “part”." For one half of a double question.
std::string part_not_held_text(std::string_view language, std::string_view part);

/// "An older edition, “title”, says: quote" and "A newer …".
std::string older_edition_text(std::string_view language, std::string_view title, std::string_view quote);

/// What stands between two sentences: a space, or nothing in Chinese and Japanese.
std::string_view sentence_gap(std::string_view language);

}  // namespace openbook::answer
