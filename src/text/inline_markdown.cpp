#include <array>
#include <utility>

#include "text/characters.h"
#include "text/markdown.h"
#include "text/utf8.h"

namespace openbook::text {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities = {
    {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}, {"&#39;", "'"}}};

bool is_ascii_punctuation(char c) {
  return c > ' ' && c < 0x7F && class_of(static_cast<unsigned char>(c)) == CharacterClass::Punctuation;
}

/// Is the character of `text` at `at` a letter or digit (of any script)? Out of range: no.
bool is_word_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  if (static_cast<unsigned char>(text[at]) >= 0x80) return true;
  const CharacterClass c = class_of(static_cast<unsigned char>(text[at]));
  return c == CharacterClass::Letter || c == CharacterClass::Digit;
}

bool is_space_at(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == ' ' || text[at] == '\n' || text[at] == '\t';
}

/// End of "](target)" whose "]" is at `at`, or npos.
std::size_t link_end(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at + 1] != '(') return std::string_view::npos;
  int depth = 0;
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

/// End of an HTML tag or comment that begins at `at`, or npos.
std::size_t tag_end(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return std::string_view::npos;
  const char next = text[at + 1];
  const bool tag = next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  if (!tag) return std::string_view::npos;
  const std::size_t close = text.find('>', at);
  return close == std::string_view::npos || close - at > 2048 ? std::string_view::npos : close + 1;
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  std::size_t open_links = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\\' && at + 1 < text.size() && is_ascii_punctuation(text[at + 1])) {
      plain += text[at + 1];
      at += 2;
    } else if (c == '`' || c == '*') {
      const bool starred = c == '*' && is_space_at(text, at + 1) && (at == 0 || is_space_at(text, at - 1));
      if (starred) plain += c;  // "2 * 3" keeps its star.
      ++at;
    } else if (c == '_' && !(at > 0 && is_word_at(text, at - 1) && is_word_at(text, at + 1))) {
      ++at;
    } else if (c == '!' && at + 1 < text.size() && text[at + 1] == '[') {
      ++at;
    } else if (c == '[') {
      const std::size_t close = text.find(']', at);
      const bool link = close != std::string_view::npos && link_end(text, close) != std::string_view::npos;
      if (link)
        ++open_links;
      else
        plain += c;
      ++at;
    } else if (c == ']') {
      const std::size_t end = open_links > 0 ? link_end(text, at) : std::string_view::npos;
      if (end == std::string_view::npos)
        plain += c;
      else
        --open_links;
      at = end == std::string_view::npos ? at + 1 : end;
    } else if (c == '<') {
      const std::size_t end = tag_end(text, at);
      if (end == std::string_view::npos) plain += c;
      at = end == std::string_view::npos ? at + 1 : end;
    } else if (c == '&') {
      std::size_t used = 1;
      std::string_view meant = "&";
      for (const auto& [entity, value] : kEntities)
        if (text.substr(at).starts_with(entity)) used = entity.size(), meant = value;
      plain += meant;
      at += used;
    } else {
      plain += c;
      ++at;
    }
  }
  return plain;
}

std::string escape_markdown(std::string_view text, bool in_table) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 16);
  bool line_begins = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool opens = !is_space_at(text, at + 1) || (at > 0 && !is_space_at(text, at - 1));
    bool special = false;
    switch (c) {
      case '`':
        special = true;
        break;
      case '*':
        special = opens;
        break;
      case '_':
        special = opens && !(at > 0 && is_word_at(text, at - 1) && is_word_at(text, at + 1));
        break;
      case '|':
        special = in_table;
        break;
      case '<':
        special = tag_end(text, at) != std::string_view::npos;
        break;
      case '[': {
        const std::size_t close = text.find(']', at);
        special = close != std::string_view::npos && link_end(text, close) != std::string_view::npos;
        break;
      }
      default:
        break;
    }
    if (line_begins && !in_table) {
      const std::string_view rest = text.substr(at, 16);
      const std::size_t digits = rest.find_first_not_of("0123456789");
      if (c == '#' || c == '>' || c == '~') special = true;
      if ((c == '-' || c == '+' || c == '=') && (is_space_at(text, at + 1) || text[at + 1] == c)) special = true;
      if (digits != 0 && digits != std::string_view::npos && digits < 10 &&
          (rest[digits] == '.' || rest[digits] == ')') && is_space_at(text, at + digits + 1)) {
        escaped += rest.substr(0, digits);  // "1. " would begin a list: the mark goes before the full stop.
        escaped += '\\';
        at += digits;
        escaped += text[at];
        line_begins = false;
        continue;
      }
    }
    if (special) escaped += '\\';
    escaped += c;
    line_begins = c == '\n' || (line_begins && (c == ' ' || c == '\t'));
  }
  return escaped;
}

}  // namespace openbook::text
