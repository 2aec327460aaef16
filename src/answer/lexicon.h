#pragma once

#include <cstdint>
#include <string_view>

/// The few closed word lists that reading a question needs, in English and Chinese. All words are lower case.
namespace openbook::answer {

/// What a noun after "which" or "what" asks for; None where the lists do not know it.
enum class NounClass : std::uint8_t { None, Person, Place, Time, Number, Cause, Manner };

/// Class of an English noun ("river" → Place). Plural "s" is understood.
NounClass english_noun_class(std::string_view lower_word);

/// Class of the Chinese text that follows 什么, 哪个 and the like, by its first characters ("城市" → Place).
NounClass chinese_noun_class(std::string_view text_after);

bool is_english_auxiliary(std::string_view lower_word);  ///< Forms of be, do, have; modal verbs.
bool is_english_preposition(std::string_view lower_word);
bool is_english_pronoun(std::string_view lower_word);           ///< Words that point back: "he", "this", "its".
bool is_english_personal_pronoun(std::string_view lower_word);  ///< "he", "its" …
bool is_english_determiner(std::string_view lower_word);
bool is_english_month(std::string_view lower_word);        ///< Full names and three-letter forms.
bool is_english_number_word(std::string_view lower_word);  ///< "two" to "billion", "dozen", "half".
bool is_english_degree(std::string_view lower_word);       ///< After "how", asks for a number: "many", "long", "old".
bool is_english_negation(std::string_view lower_word);

/// Words that give a reason ("because", "due to", "因为", "由于") or a manner ("through", "通过").
bool holds_reason(std::string_view lower_text);
bool holds_manner(std::string_view lower_text);

/// Does a Chinese sentence begin with a word that points back (他, 该, 此, 其, 这)?
bool begins_with_chinese_pronoun(std::string_view text);
bool begins_with_chinese_personal_pronoun(std::string_view text);  ///< 他, 她, 它, 该, 此, 其.

/// Function characters of Chinese, which carry little of a question's matter: 的, 了, 是, 在 ….
bool is_chinese_function_character(char32_t character);
bool is_chinese_surname(char32_t character);
bool is_chinese_place_suffix(char32_t character);  ///< 省, 市, 县, 国, 河 ….
bool is_chinese_numeral(char32_t character);       ///< 一 to 十, 百, 千, 万, 亿, 两, 零, 〇, 半.

}  // namespace openbook::answer
