#include <array>
#include <string>
#include <string_view>

#include "read/docx_numbering.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

std::string letters(int number, char first) {
  // Word counts a … z, aa, bb … zz, aaa: the letter is repeated, not a positional system.
  const int index = (number - 1) % 26, repeats = std::min((number - 1) / 26 + 1, 40);
  return std::string(static_cast<std::size_t>(repeats), static_cast<char>(first + index));
}

std::string roman(int number, bool upper) {
  constexpr std::pair<int, const char*> kSteps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                                                    {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                                                    {5, "v"},    {4, "iv"},   {1, "i"}};
  std::string text;
  for (const auto& [value, mark] : kSteps)
    for (; number >= value; number -= value) text += mark;
  if (upper)
    for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
  return text;
}

constexpr std::array<std::string_view, 10> kChineseDigits = {"〇", "一", "二", "三", "四",
                                                             "五", "六", "七", "八", "九"};

/// 1 … 9999 in words: 一, 十, 二十一, 一百零三.
std::string chinese(int number) {
  constexpr std::pair<int, std::string_view> kUnits[] = {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
  std::string text;
  bool gap = false;
  const int whole = number;
  for (const auto& [unit, name] : kUnits) {
    const int digit = number / unit;
    number %= unit;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += "零";
    gap = false;
    if (!(unit == 10 && digit == 1 && whole < 20)) text += kChineseDigits[static_cast<std::size_t>(digit)];
    text += name;
  }
  return text;
}

std::string from_table(int number, std::u32string_view table) {
  std::string text;
  text::append_utf8(text, table[static_cast<std::size_t>(number - 1) % table.size()]);
  return text;
}

std::string ordinal(int number) {
  const int tens = number % 100, ones = number % 10;
  const char* suffix = tens >= 11 && tens <= 13 ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
  return std::to_string(number) + suffix;
}

std::string shifted_digits(int number, char32_t zero) {
  std::string text;
  for (const char c : std::to_string(number)) text::append_utf8(text, zero + static_cast<char32_t>(c - '0'));
  return text;
}

std::string east_asian(int number, std::string_view format) {
  if (format == "chineseCounting" || format == "chineseCountingThousand" || format == "taiwaneseCountingThousand" ||
      format == "taiwaneseCounting" || format == "japaneseCounting" || format == "ideographDigital" ||
      format == "japaneseDigitalTenThousand")
    return chinese(number);
  if (format == "ideographTraditional") return from_table(number, U"甲乙丙丁戊己庚辛壬癸");
  if (format == "ideographZodiac") return from_table(number, U"子丑寅卯辰巳午未申酉戌亥");
  if (format == "aiueo" || format == "aiueoFullWidth")
    return from_table(number,
                      U"アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン");
  if (format == "iroha" || format == "irohaFullWidth")
    return from_table(
        number, U"イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン");
  if (format == "ganada") return from_table(number, U"가나다라마바사아자차카타파하");
  if (format == "chosung") return from_table(number, U"ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ");
  return {};
}

}  // namespace

std::string formatted_number(int number, std::string_view format) {
  const std::string decimal = std::to_string(number);
  if (format == "none") return {};
  if (number < 1 || number > 9999) return decimal;
  if (format == "upperLetter") return letters(number, 'A');
  if (format == "lowerLetter") return letters(number, 'a');
  if (format == "upperRoman") return roman(number, true);
  if (format == "lowerRoman") return roman(number, false);
  if (format == "decimalZero") return number < 10 ? "0" + decimal : decimal;
  if (format == "ordinal") return ordinal(number);
  if (format == "decimalFullWidth" || format == "decimalFullWidth2") return shifted_digits(number, U'０');
  if (format == "hindiNumbers") return shifted_digits(number, U'٠');
  if (format.starts_with("decimalEnclosedCircle") && number <= 20) {
    std::string text;
    text::append_utf8(text, U'①' + static_cast<char32_t>(number - 1));
    return text;
  }
  if (format == "russianLower") return from_table(number, U"абвгдежзиклмнопрстуфхцчшщыэюя");
  if (format == "russianUpper") return from_table(number, U"АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ");
  if (format == "arabicAlpha" || format == "arabicAbjad") return from_table(number, U"أبجدهوزحطيكلمنسعفصقرشتثخذضظغ");
  if (format == "hebrew1" || format == "hebrew2") return from_table(number, U"אבגדהוזחטיכלמנסעפצקרשת");
  const std::string asian = east_asian(number, format);
  return asian.empty() ? decimal : asian;
}

}  // namespace openbook::read
