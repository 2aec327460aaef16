#include "read/xlsx_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

namespace openbook::read {
namespace {

/// Sections are parted by ";" outside quotes, brackets and escapes.
std::vector<std::string_view> sections_of(std::string_view code) {
  std::vector<std::string_view> sections;
  std::size_t begin = 0;
  bool quoted = false, bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"' && !bracketed) quoted = !quoted;
    if (quoted) continue;
    if (c == '\\') ++i;
    if (c == '[') bracketed = true;
    if (c == ']') bracketed = false;
    if (c == ';' && !bracketed) {
      sections.push_back(code.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  sections.push_back(code.substr(begin));
  return sections;
}

/// "[>=100]" at any place of a section.
std::optional<bool> condition_holds(std::string_view section, double value) {
  for (std::size_t at = section.find('['); at != std::string_view::npos; at = section.find('[', at + 1)) {
    const std::string rest(section.substr(at + 1, 40));
    const std::size_t sign = rest.find_first_not_of("<>=");
    if (sign == 0 || sign == std::string::npos || sign > 2) continue;
    const std::string_view mark = std::string_view(rest).substr(0, sign);
    const double bound = std::strtod(rest.c_str() + sign, nullptr);
    if (mark == "<") return value < bound;
    if (mark == "<=") return value <= bound;
    if (mark == ">") return value > bound;
    if (mark == ">=") return value >= bound;
    if (mark == "=") return value == bound;
    if (mark == "<>") return value != bound;
  }
  return std::nullopt;
}

/// Excel writes "General", other programs also "GENERAL".
bool is_general(std::string_view word) {
  constexpr std::string_view kWord = "general";
  return word.size() == kWord.size() &&
         std::equal(word.begin(), word.end(), kWord.begin(), [](char a, char b) { return (a | 0x20) == b; });
}

enum class Kind { Literal, Digit, Point, Comma, Percent, Exponent, Slash, General };

struct Piece {
  Kind kind = Kind::Literal;
  std::string text;  ///< Literal text, or the placeholder.
};

void add_bracket(std::string_view inside, std::vector<Piece>& pieces) {
  if (!inside.starts_with('$')) return;  // A colour or a condition.
  const std::size_t dash = inside.find('-');
  pieces.push_back({Kind::Literal, std::string(inside.substr(1, dash == std::string_view::npos ? dash : dash - 1))});
}

std::vector<Piece> pieces_of(std::string_view section) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < section.size(); ++i) {
    const char c = section[i];
    const auto until = [&](char mark) {
      const std::size_t end = std::min(section.find(mark, i + 1), section.size());
      const std::string_view inside = section.substr(i + 1, end - i - 1);
      i = end;
      return inside;
    };
    if (c == '"') {
      pieces.push_back({Kind::Literal, std::string(until('"'))});
    } else if (c == '[') {
      add_bracket(until(']'), pieces);
    } else if (c == '\\' || c == '!') {
      if (++i < section.size()) pieces.push_back({Kind::Literal, std::string(1, section[i])});
    } else if (c == '_') {
      ++i;  // A blank as wide as the next character.
      pieces.push_back({Kind::Literal, " "});
    } else if (c == '*') {
      ++i;  // Fills the cell's width.
    } else if (is_general(section.substr(i, 7))) {
      pieces.push_back({Kind::General, ""});
      i += 6;
    } else if (c == '0' || c == '#' || c == '?') {
      pieces.push_back({Kind::Digit, std::string(1, c)});
    } else if ((c == 'E' || c == 'e') && i + 1 < section.size() && (section[i + 1] == '+' || section[i + 1] == '-')) {
      pieces.push_back({Kind::Exponent, std::string(section.substr(i++, 2))});
    } else if (c == '.' || c == ',' || c == '%' || c == '/') {
      const Kind kind = c == '.' ? Kind::Point : c == ',' ? Kind::Comma : c == '%' ? Kind::Percent : Kind::Slash;
      pieces.push_back({kind, std::string(1, c)});
    } else if (c != '@') {
      pieces.push_back({Kind::Literal, std::string(1, c)});
    }
  }
  return pieces;
}

/// What the placeholders of a section ask for.
struct Layout {
  std::size_t point = 0;  ///< Index of the point, or of the end of the mantissa.
  std::size_t end = 0;    ///< Of the mantissa.
  std::size_t whole = 0, fraction = 0;
  std::size_t last_digit = 0;  ///< Of the whole part; 0 with whole == 0.
  int scale = 0, percents = 0;
  bool grouped = false, has_point = false;
};

Layout layout_of(const std::vector<Piece>& pieces) {
  Layout layout;
  layout.end = pieces.size();
  for (std::size_t i = pieces.size(); i-- > 0;) {
    if (pieces[i].kind == Kind::Exponent) layout.end = i;
    if (pieces[i].kind == Kind::Percent) ++layout.percents;
  }
  layout.point = layout.end;
  for (std::size_t i = layout.end; i-- > 0;)
    if (pieces[i].kind == Kind::Point) layout.point = i, layout.has_point = true;
  for (std::size_t i = 0; i < layout.end; ++i) {
    if (pieces[i].kind != Kind::Digit) continue;
    if (i < layout.point) {
      ++layout.whole;
      layout.last_digit = i;
    } else {
      ++layout.fraction;
    }
  }
  // A comma between digits groups them; commas behind the last digit divide by thousands.
  bool digit_before = false;
  std::size_t last = 0;
  for (std::size_t i = 0; i < layout.end; ++i)
    if (pieces[i].kind == Kind::Digit) last = i;
  for (std::size_t i = 0; i < layout.end; ++i) {
    digit_before = digit_before || pieces[i].kind == Kind::Digit;
    if (pieces[i].kind != Kind::Comma || !digit_before) continue;
    if (i < layout.last_digit) layout.grouped = true;
    if (i > last || (i > layout.last_digit && i < layout.point)) ++layout.scale;
  }
  return layout;
}

std::string grouped_digits(const std::string& digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

/// Writes the whole digits into the placeholders from the right; the first one takes all that are left.
std::string whole_part(const std::vector<Piece>& pieces, const Layout& layout, std::string digits) {
  if (digits == "0") digits.clear();
  if (layout.grouped) {
    std::size_t zeros = 0;
    for (std::size_t i = 0; i < layout.point; ++i) zeros += pieces[i].kind == Kind::Digit && pieces[i].text == "0";
    if (digits.size() < zeros) digits.insert(0, zeros - digits.size(), '0');
    std::string out;
    bool done = false;
    for (std::size_t i = 0; i < layout.point; ++i) {
      if (pieces[i].kind == Kind::Digit && !std::exchange(done, true)) out += grouped_digits(digits);
      if (pieces[i].kind == Kind::Literal || pieces[i].kind == Kind::Percent) out += pieces[i].text;
    }
    return out;
  }
  std::string reversed;
  std::size_t left = layout.whole;
  for (std::size_t i = layout.point; i-- > 0;) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::Literal || piece.kind == Kind::Percent)
      reversed.append(piece.text.rbegin(), piece.text.rend());
    if (piece.kind != Kind::Digit) continue;
    const bool first = --left == 0;
    do {
      if (!digits.empty()) {
        reversed += digits.back();
        digits.pop_back();
      } else if (piece.text != "#") {
        reversed += piece.text == "0" ? '0' : ' ';
      }
    } while (first && !digits.empty());
  }
  return {reversed.rbegin(), reversed.rend()};
}

std::string fraction_part(const std::vector<Piece>& pieces, const Layout& layout, const std::string& digits) {
  std::size_t keep = digits.size();
  std::vector<char> marks;
  for (std::size_t i = layout.point; i < layout.end; ++i)
    if (pieces[i].kind == Kind::Digit) marks.push_back(pieces[i].text[0]);
  while (keep > 0 && digits[keep - 1] == '0' && marks[keep - 1] != '0') --keep;
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = layout.point; i < layout.end; ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::Digit && at++ < keep) out += digits[at - 1];
    if (piece.kind == Kind::Point || piece.kind == Kind::Literal || piece.kind == Kind::Percent) out += piece.text;
  }
  return out;
}

std::string decimal_text(double value, const std::vector<Piece>& pieces, const Layout& layout) {
  char buffer[400];
  // A nudge of one part in 10^15 rounds 1.005 as the decimal number that was typed.
  const int places = static_cast<int>(std::min<std::size_t>(layout.fraction, 30));
  std::snprintf(buffer, sizeof buffer, "%.*f", places, value * (1 + 1e-15));
  const std::string number(buffer);
  const std::size_t point = number.find('.');
  std::string digits = point == std::string::npos ? "" : number.substr(point + 1);
  digits.resize(layout.fraction, '0');
  return whole_part(pieces, layout, number.substr(0, point)) + fraction_part(pieces, layout, digits);
}

std::string exponent_text(double value, const std::vector<Piece>& pieces, const Layout& layout) {
  int exponent = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(value)));
  const int step = static_cast<int>(std::max<std::size_t>(1, layout.whole));
  exponent -= ((exponent % step) + step) % step;
  std::string out = decimal_text(value / std::pow(10, exponent), pieces, layout);
  out += 'E';
  if (exponent < 0) out += '-';
  if (exponent >= 0 && pieces[layout.end].text[1] == '+') out += '+';
  std::size_t width = 0;
  for (std::size_t i = layout.end; i < pieces.size(); ++i) width += pieces[i].kind == Kind::Digit;
  const std::string digits = std::to_string(std::abs(exponent));
  return out + std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

/// "# ?/?": the nearest fraction whose denominator has as many digits as the format shows.
std::string fraction_text(double value, const std::vector<Piece>& pieces) {
  std::size_t slash = 0, width = 0, before = 0;
  std::string fixed;
  while (pieces[slash].kind != Kind::Slash) ++slash;
  for (std::size_t i = slash + 1; i < pieces.size(); ++i) {
    width += pieces[i].kind == Kind::Digit;
    if (pieces[i].kind == Kind::Literal && pieces[i].text.size() == 1 && std::isdigit(pieces[i].text[0]))
      fixed += pieces[i].text;
  }
  bool gap = false;
  for (std::size_t i = slash; i-- > 0;) {
    if (pieces[i].kind == Kind::Digit && gap) before = 1;
    if (pieces[i].kind == Kind::Literal && pieces[i].text == " ") gap = true;
  }
  double whole = before ? std::floor(value) : 0;
  const double rest = value - whole;
  const long limit = std::min<long>(static_cast<long>(std::pow(10, std::min<std::size_t>(width, 4))) - 1, 9999);
  long best = 1, numerator = std::lround(rest);
  const long only = fixed.empty() ? 0 : std::strtol(fixed.c_str(), nullptr, 10);
  for (long d = std::max(1L, only); d <= std::max(limit, only); ++d) {
    const long n = std::lround(rest * static_cast<double>(d));
    if (only == 0 && std::abs(rest - static_cast<double>(n) / static_cast<double>(d)) >=
                         std::abs(rest - static_cast<double>(numerator) / static_cast<double>(best)) - 1e-12)
      continue;
    best = d, numerator = n;
    if (only != 0) break;
  }
  if (before && numerator == best) whole += 1, numerator = 0;
  if (before && numerator == 0) return format_detail::general(whole);
  const std::string fraction = std::to_string(numerator) + "/" + std::to_string(best);
  return before && whole > 0 ? format_detail::general(whole) + " " + fraction : fraction;
}

std::string number_text(double value, std::string_view section) {
  const std::vector<Piece> pieces = pieces_of(section);
  const Layout layout = layout_of(pieces);
  const auto has = [&](Kind kind) {
    return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) { return piece.kind == kind; });
  };
  if (has(Kind::General) || (layout.whole + layout.fraction == 0 && !has(Kind::Slash))) {
    std::string out;
    for (const Piece& piece : pieces) {
      out += piece.kind == Kind::General ? format_detail::general(value) : piece.text;
    }
    return out;
  }
  value *= std::pow(100, layout.percents);
  value /= std::pow(1000, layout.scale);
  if (has(Kind::Slash) && layout.whole > 0) return fraction_text(value, pieces);
  if (layout.end < pieces.size()) return exponent_text(value, pieces, layout);
  return decimal_text(value, pieces, layout);
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string format_detail::general(double value) {
  if (!std::isfinite(value)) return "#NUM!";
  char buffer[64];
  const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
  std::snprintf(buffer, sizeof buffer, whole ? "%.0f" : "%.10g", value);
  return std::string(buffer) == "-0" ? "0" : buffer;
}

std::string formatted_number(double value, std::string_view code, DateSystem dates) {
  if (code.empty() || is_general(code) || code == "@" || !std::isfinite(value)) return format_detail::general(value);
  const std::vector<std::string_view> sections = sections_of(code);
  const std::size_t count = std::min<std::size_t>(sections.size(), 3);
  std::size_t chosen = 0;
  bool conditional = false, signed_by_section = false;
  for (std::size_t i = 0; i < count && !conditional; ++i)
    if (condition_holds(sections[i], value).value_or(false)) chosen = i, conditional = true;
  if (!conditional && condition_holds(sections[0], value).has_value()) {
    chosen = count - 1;  // No condition holds: the last section is for the rest.
  } else if (!conditional) {
    if (value < 0 && count >= 2) chosen = 1, signed_by_section = true;
    if (value == 0 && count >= 3) chosen = 2;
  }
  const std::string_view section = sections[chosen];
  if (trim(section).empty()) return {};
  if (format_detail::is_date_section(section)) return format_detail::date_text(value, section, dates);
  const std::string text = number_text(std::abs(value), section);
  const bool minus = value < 0 && !signed_by_section && text.find_first_of("123456789") != std::string::npos;
  return (minus ? "-" : "") + std::string(trim(text));
}

std::string formatted_text(std::string_view text, std::string_view code) {
  const std::vector<std::string_view> sections = sections_of(code);
  const std::string_view section = sections.size() == 4 ? sections[3] : sections.size() == 1 ? sections[0] : "@";
  const std::size_t place = section.find('@');
  if (place == std::string_view::npos || section == "@") return std::string(text);
  std::string out;
  for (const Piece& piece : pieces_of(section.substr(0, place))) out += piece.text;
  out += text;
  for (const Piece& piece : pieces_of(section.substr(place + 1))) out += piece.text;
  return std::string(trim(out));
}

std::string_view builtin_format(int id) {
  switch (id) {
    case 1:
      return "0";
    case 2:
      return "0.00";
    case 3:
      return "#,##0";
    case 4:
      return "#,##0.00";
    case 5:
    case 6:
      return "$#,##0;-$#,##0";
    case 7:
    case 8:
      return "$#,##0.00;-$#,##0.00";
    case 9:
      return "0%";
    case 10:
      return "0.00%";
    case 11:
      return "0.00E+00";
    case 12:
      return "# ?/?";
    case 13:
      return "# ?\?/??";
    case 14:
      return "yyyy-mm-dd";
    case 15:
      return "d-mmm-yy";
    case 16:
      return "d-mmm";
    case 17:
      return "mmm-yy";
    case 18:
      return "h:mm AM/PM";
    case 19:
      return "h:mm:ss AM/PM";
    case 20:
    case 32:
      return "h:mm";
    case 21:
    case 33:
      return "h:mm:ss";
    case 22:
      return "yyyy-mm-dd h:mm";
    case 37:
    case 38:
      return "#,##0;(#,##0)";
    case 39:
    case 40:
      return "#,##0.00;(#,##0.00)";
    case 41:
    case 42:
      return "#,##0;-#,##0;-";
    case 43:
    case 44:
      return "#,##0.00;-#,##0.00;-";
    case 45:
      return "mm:ss";
    case 46:
      return "[h]:mm:ss";
    case 47:
      return "mm:ss.0";
    case 48:
      return "##0.0E+0";
    case 49:
      return "@";
    default:
      return (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58) ? "yyyy-mm-dd" : "General";
  }
}

}  // namespace openbook::read
