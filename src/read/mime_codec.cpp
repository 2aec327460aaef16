#include <algorithm>
#include <array>

#include "read/encoding.h"
#include "read/mime.h"

namespace openbook::read {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
  return -1;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

struct Word {
  std::string charset, bytes;
  std::size_t end = 0;  ///< One past "?="; 0: no encoded word stands there.
};

Word encoded_word(std::string_view text, std::size_t at) {
  Word word;
  const std::size_t charset_end = text.find('?', at + 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return word;
  const char kind = static_cast<char>(text[charset_end + 1] | 0x20);
  const std::size_t end = text.find("?=", charset_end + 3);
  if (end == std::string_view::npos || (kind != 'b' && kind != 'q')) return word;
  const std::string_view body = text.substr(charset_end + 3, end - charset_end - 3);
  if (body.find_first_of("\r\n") != std::string_view::npos || charset_end - at > 42) return word;
  word.charset = text.substr(at + 2, charset_end - at - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));  // RFC 2231 language
  word.bytes = kind == 'b' ? decode_base64(body) : decode_quoted_printable(body, true);
  word.end = end + 2;
  return word;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 3 / 4);
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) {
      if (c == '=') bits = 0, count = 0;  // Joined pieces of base64 each end with their own padding.
      continue;
    }
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

std::string decode_quoted_printable(std::string_view text, bool in_header) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_header && c == '_') {
      out += ' ';
    } else if (c != '=') {
      out += c;
    } else if (i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      // A soft line break, with blanks that mail programs leave before the line's end.
      std::size_t end = i + 1;
      while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
      if (end < text.size() && text[end] == '\r') ++end;
      if (end < text.size() && text[end] == '\n')
        i = end;
      else if (end >= text.size())
        i = end;
      else if (text[end - 1] == '\r')
        i = end - 1;
      else
        out += c;
    }
  }
  return out;
}

std::string decode_uuencode(std::string_view text) {
  std::string out;
  std::size_t at = text.find("begin ");
  if (at == std::string_view::npos) return out;
  at = std::min(text.find('\n', at), text.size());
  while (++at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end;
    if (line.starts_with("end") || line.empty()) break;
    const auto value = [&](std::size_t i) { return i < line.size() ? static_cast<unsigned>(line[i] - 32) & 63u : 0u; };
    const std::size_t size = value(0);
    std::string bytes;
    for (std::size_t i = 1; bytes.size() < size && i < line.size(); i += 4) {
      const unsigned bits = value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
      for (const int shift : {16, 8, 0}) bytes += static_cast<char>(bits >> shift & 0xFF);
    }
    out.append(bytes, 0, size);
  }
  return out;
}

std::string decode_mime_words(std::string_view text) {
  // Bytes beyond ASCII outside of encoded words are against the rules, and frequent.
  std::string raw;
  if (std::any_of(text.begin(), text.end(), [](char c) { return c < 0; })) {
    raw = decode_text(text).utf8;
    text = raw;
  }
  std::string out, pending, charset;
  const auto flush = [&] {
    if (pending.empty()) return;
    const auto converted = convert_to_utf8(pending, charset);
    out += converted && converted->damaged == 0 ? converted->utf8 : decode_text(pending, charset).utf8;
    pending.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 2) == "=?") {
      if (Word word = encoded_word(text, at); word.end > 0) {
        // Words of one charset are joined before converting: some programs cut characters in two.
        if (word.charset != charset) flush();
        charset = std::move(word.charset);
        pending += word.bytes;
        at = word.end;
        std::size_t next = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
        if (text.substr(next, 2) == "=?" && encoded_word(text, next).end > 0) at = next;
        continue;
      }
    }
    flush();
    out += text[at++];
  }
  flush();
  return out;
}

}  // namespace openbook::read
