#pragma once

#include <span>
#include <string>
#include <string_view>

/// How a given answer is compared with what was expected: SQuAD's rules for words, single characters for Chinese.
namespace openbook::eval {

/// The form in which answers are compared: text::fold, no punctuation, no English articles, words parted by one space
/// and with a space at both ends; each Chinese, Japanese or Korean character is a word.
std::string comparable(std::string_view text);

/// Does the text hold one of the answers as whole words? All in comparable form.
bool contains_any(std::string_view text, std::span<const std::string> answers);

/// Is it one of the answers, or, for F1, how much does it share with the most alike (harmonic mean of precision and
/// recall over words, a Chinese character being one)? All in comparable form.
bool equals_any(std::string_view text, std::span<const std::string> answers);
double best_f1(std::string_view text, std::span<const std::string> answers);

}  // namespace openbook::eval
