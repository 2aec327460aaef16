#include "read/encoding.h"

#include <algorithm>
#include <array>

#include "read/encoding_convert.h"
#include "read/encoding_guess.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

struct Mark {
  std::string_view bytes, encoding;
};
constexpr Mark kMarks[] = {{{"\xFF\xFE\0\0", 4}, "UTF-32LE"},    {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                           {{"\x84\x31\x95\x33", 4}, "GB18030"}, {{"\xEF\xBB\xBF", 3}, "UTF-8"},
                           {{"\xFF\xFE", 2}, "UTF-16LE"},        {{"\xFE\xFF", 2}, "UTF-16BE"}};

/// How much of what is beyond ASCII is well-formed UTF-8, and how many stretches are not.
struct Utf8Check {
  std::size_t sequences = 0, damaged = 0;
};

Utf8Check check_utf8(std::string_view bytes) {
  Utf8Check check;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(bytes, at);
    if (c == 0xFFFD && at - begin == 1)
      ++check.damaged;
    else
      ++check.sequences;
  }
  return check;
}

/// UTF-16 and UTF-32 without a mark. Latin text shows by its zero bytes; Chinese by blanks, line ends and full stops,
/// which come out right in one byte order only.
std::string wide_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 8192);
  if (head.size() < 4) return {};
  std::array<std::size_t, 4> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 4] += head[i] == 0;
  const std::size_t quarter = head.size() / 4, most = quarter * 9 / 10;
  if (bytes.size() % 4 == 0 && zeros[3] > most && zeros[2] > most && zeros[0] < quarter / 4) return "UTF-32LE";
  if (bytes.size() % 4 == 0 && zeros[0] > most && zeros[1] > most && zeros[3] < quarter / 4) return "UTF-32BE";
  const std::size_t even = zeros[0] + zeros[2], odd = zeros[1] + zeros[3], half = head.size() / 2;
  if (odd > half / 2 && even < half / 20) return "UTF-16LE";
  if (even > half / 2 && odd < half / 20) return "UTF-16BE";
  if (even + odd == 0) return {};
  std::size_t little = 0, big = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    const auto a = static_cast<unsigned char>(head[i]), b = static_cast<unsigned char>(head[i + 1]);
    const auto speaks = [](unsigned unit) {
      return unit == 0x20 || unit == 0x0A || unit == 0x0D || unit == 0x3002 || unit == 0xFF0C || unit == 0x3001 ||
             (unit >= 0x3041 && unit <= 0x30FE) || (unit >= 0x4E00 && unit <= 0x9FA5) ||
             (unit >= 0x21 && unit <= 0x7E) || (unit >= 0xAC00 && unit <= 0xD7A3);
    };
    little += speaks(a | b << 8);
    big += speaks(a << 8 | b);
  }
  if (10 * little >= 9 * half && little > big) return "UTF-16LE";
  if (10 * big >= 9 * half && big > little) return "UTF-16BE";
  return {};
}

/// Seven-bit encodings say what they are by their escapes.
std::string escaped_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 65536);
  if (head.find("\x1B$)C") != std::string_view::npos) return "ISO-2022-KR";
  if (head.find("\x1B$)A") != std::string_view::npos || head.find("\x1B$)G") != std::string_view::npos)
    return "ISO-2022-CN";
  for (const std::string_view escape : {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B(I", "\x1B$(D"})
    if (head.find(escape) != std::string_view::npos) return "ISO-2022-JP";
  if (const auto begin = head.find("~{"); begin != std::string_view::npos) {
    const auto end = std::min({head.find("~}", begin), head.find('\n', begin), head.size()});
    if ((end - begin) % 2 == 0 && end - begin >= 6 &&
        head.substr(begin, end - begin).find_first_of(" \n") == std::string_view::npos)
      return "HZ-GB-2312";
  }
  return {};
}

DecodedText finished(RawConversion raw, const std::string& encoding) {
  DecodedText out;
  out.encoding = display_name(encoding);
  out.damaged = raw.damaged;
  std::string_view text = raw.utf8;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() == raw.utf8.size() && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; }))
    out.utf8 = std::move(raw.utf8);
  else
    out.utf8 = text::to_nfc(text);
  return out;
}

DecodedText as_utf8(std::string_view bytes, std::size_t damaged) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return finished({damaged ? text::to_valid_utf8(bytes) : std::string(bytes), damaged}, "UTF-8");
}

/// A declaration counts unless the bytes contradict it.
std::optional<DecodedText> as_declared(std::string_view bytes, std::string_view declared) {
  if (declared.empty() || declared.size() > 40) return std::nullopt;
  auto raw = convert_raw(bytes, std::string(declared));
  if (!raw) return std::nullopt;
  std::size_t beyond = 0;
  for (const char c : bytes) beyond += c < 0;
  if (raw->damaged > 2 && 50 * raw->damaged > beyond) return std::nullopt;
  return finished(std::move(*raw), std::string(declared));
}

}  // namespace

std::optional<DecodedText> convert_to_utf8(std::string_view bytes, std::string_view encoding) {
  auto raw = convert_raw(bytes, std::string(encoding));
  if (!raw) return std::nullopt;
  return finished(std::move(*raw), std::string(encoding));
}

DecodedText decode_text(std::string_view bytes, std::string_view declared) {
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    const std::string_view rest = bytes.substr(mark.bytes.size());
    if (mark.encoding == "UTF-8") return as_utf8(rest, check_utf8(rest).damaged);
    if (auto raw = convert_raw(rest, std::string(mark.encoding)))
      return finished(std::move(*raw), std::string(mark.encoding));
  }
  const Utf8Check check = check_utf8(bytes);
  const bool has_zeros = bytes.substr(0, 8192).find('\0') != std::string_view::npos;
  const bool is_ascii = check.sequences + check.damaged == 0;
  if (const std::string wide = has_zeros ? wide_encoding(bytes) : std::string(); !wide.empty())
    if (auto raw = convert_raw(bytes, wide)) return finished(std::move(*raw), wide);
  if (is_ascii)
    if (const std::string escaped = escaped_encoding(bytes); !escaped.empty())
      if (auto raw = convert_raw(bytes, escaped)) return finished(std::move(*raw), escaped);
  // Text that is valid UTF-8 with characters beyond ASCII is nothing else, whatever it declares.
  if (check.damaged == 0) return as_utf8(bytes, 0);
  if (auto text = as_declared(bytes, declared)) return std::move(*text);
  if (check.sequences > 20 * check.damaged || (check.damaged <= 2 && check.sequences >= 3))
    return as_utf8(bytes, check.damaged);
  const std::string guess = guess_encoding(bytes);
  if (auto raw = convert_raw(bytes, guess)) return finished(std::move(*raw), guess);
  return as_utf8(bytes, check.damaged);
}

std::string declared_encoding(std::string_view page) {
  std::string head(page.substr(0, 4096));
  for (char& c : head)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  for (const std::string_view key : {"encoding=", "charset="}) {
    std::size_t at = head.find(key);
    if (key == "encoding=" && (!head.starts_with("<?xml") || at > head.find("?>"))) continue;
    if (at == std::string::npos) continue;
    at = head.find_first_not_of(" \"'", at + key.size());
    if (at == std::string::npos) continue;
    return head.substr(at, std::min(head.find_first_of(" \"'>;/?\n\r", at), at + 40) - at);
  }
  return {};
}

void note_encoding(const DecodedText& text, book::Document& into) {
  into.metadata["encoding"] = text.encoding;
  if (text.damaged > 0)
    into.notes.push_back(std::to_string(text.damaged) + " stretches are not valid " + text.encoding +
                         "; each is shown as U+FFFD");
}

}  // namespace openbook::read
