#include "read/mime.h"

#include <algorithm>
#include <map>

#include "read/encoding.h"

namespace openbook::read {
namespace {

constexpr int kMaxDepth = 30;
constexpr std::size_t kMaxParts = 2000;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Takes one line off the front, its end included.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_header_name(std::string_view name) {
  if (name.empty() || name.size() > 76) return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return c > 32 && c < 127 && c != ':'; });
}

/// Reads the headers and leaves the body in `text`. A line that is no header begins the body.
std::vector<std::pair<std::string, std::string>> take_headers(std::string_view& text) {
  std::vector<std::pair<std::string, std::string>> headers;
  while (!text.empty()) {
    std::string_view rest = text;
    const std::string_view line = take_line(rest);
    if (line.empty()) {
      text = rest;
      break;
    }
    if ((line[0] == ' ' || line[0] == '\t') && !headers.empty()) {
      headers.back().second.append(" ").append(trimmed(line));
    } else if (headers.empty() && (line.starts_with("From ") || line.starts_with(">From "))) {
      // The line that mbox files put before each message.
    } else {
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || !is_header_name(trimmed(line.substr(0, colon)))) break;
      headers.emplace_back(lower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
    }
    text = rest;
  }
  return headers;
}

std::string percent_decoded(std::string_view text) {
  std::string quoted(text);
  std::replace(quoted.begin(), quoted.end(), '%', '=');
  return decode_quoted_printable(quoted);
}

/// "name*0*=utf-8''a%20", "name*1=b" → name = "a b".
void join_continuations(MimeValue& value) {
  struct Pieces {
    std::map<int, std::pair<std::string, bool>> pieces;  ///< By number: text, and whether it is percent-encoded.
  };
  std::map<std::string, Pieces> joined;
  std::vector<std::pair<std::string, std::string>> plain;
  for (auto& [name, text] : value.parameters) {
    const std::size_t star = name.find('*');
    if (star == std::string::npos) {
      plain.emplace_back(name, decode_mime_words(text));
      continue;
    }
    const bool encoded = name.ends_with('*');
    const int number = star + 1 < name.size() && name[star + 1] >= '0' && name[star + 1] <= '9'
                           ? std::atoi(name.c_str() + star + 1)
                           : 0;
    joined[name.substr(0, star)].pieces[number] = {text, encoded};
  }
  for (auto& [name, found] : joined) {
    std::string bytes, charset;
    for (auto& [number, piece] : found.pieces) {
      std::string_view text = piece.first;
      if (piece.second && number == 0) {
        const std::size_t first = text.find('\''), second = text.find('\'', first + 1);
        if (first != std::string_view::npos && second != std::string_view::npos) {
          charset = text.substr(0, first);
          text.remove_prefix(second + 1);
        }
      }
      bytes += piece.second ? percent_decoded(text) : std::string(text);
    }
    plain.emplace_back(name, charset.empty() ? decode_mime_words(bytes) : decode_text(bytes, charset).utf8);
  }
  value.parameters = std::move(plain);
}

MimeValue parse_value(std::string_view text) {
  MimeValue value;
  const std::size_t end = std::min(text.find(';'), text.size());
  value.value = lower(trimmed(text.substr(0, end)));
  std::size_t at = end;
  while (at < text.size()) {
    at = text.find_first_not_of("; \t\r\n", at);
    if (at == std::string_view::npos) break;
    const std::size_t equals = text.find_first_of("=;", at);
    if (equals == std::string_view::npos) break;
    if (text[equals] == ';') {
      at = equals;
      continue;
    }
    const std::string name = lower(trimmed(text.substr(at, equals - at)));
    at = std::min(text.find_first_not_of(" \t", equals + 1), text.size());
    std::string content;
    if (at < text.size() && text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        content += text[at];
      }
      at = std::min(text.find(';', at), text.size());
    } else {
      const std::size_t stop = std::min(text.find(';', at), text.size());
      content = trimmed(text.substr(at, stop - at));
      at = stop;
    }
    value.parameters.emplace_back(name, std::move(content));
  }
  join_continuations(value);
  return value;
}

/// Raw value of the first header of a name.
std::string_view raw_header(const MimePart& part, std::string_view name) {
  for (const auto& [key, value] : part.headers)
    if (key == name) return value;
  return {};
}

class Parser {
 public:
  MimePart part(std::string_view text, int depth, std::string_view default_type) {
    MimePart part;
    ++part_count_;
    part.headers = take_headers(text);
    part.type = parse_value(raw_header(part, "content-type"));
    if (std::any_of(part.type.value.begin(), part.type.value.end(), [](char c) { return c < 32 || c > 126; }))
      part.type.value = "application/octet-stream";
    if (part.type.value.find('/') == std::string::npos)
      part.type.value = part.type.value == "text" ? "text/plain" : default_type;
    part.disposition = parse_value(raw_header(part, "content-disposition"));
    part.file_name = part.disposition.parameter("filename");
    if (part.file_name.empty()) part.file_name = part.type.parameter("name");
    const bool may_nest = depth < kMaxDepth && part_count_ < kMaxParts;
    const std::string_view boundary = part.type.parameter("boundary");
    if (may_nest && part.type.value.starts_with("multipart/") && !boundary.empty()) {
      multipart(text, boundary, depth, part);
      if (!part.parts.empty()) return part;
      part.type.value = "text/plain";
    }
    const std::string encoding = lower(trimmed(raw_header(part, "content-transfer-encoding")));
    part.bytes = decoded(text, encoding);
    if (may_nest && (part.type.value == "message/rfc822" || part.type.value == "message/global"))
      part.parts.push_back(this->part(part.bytes, depth + 1, "text/plain"));
    return part;
  }

 private:
  static std::string decoded(std::string_view text, const std::string& encoding) {
    if (encoding.find("base64") != std::string::npos) return decode_base64(text);
    if (encoding.find("quoted-printable") != std::string::npos) return decode_quoted_printable(text);
    if (encoding.find("uue") != std::string::npos) return decode_uuencode(text);
    return std::string(text);
  }

  void multipart(std::string_view text, std::string_view boundary, int depth, MimePart& into) {
    const std::string_view default_type = into.type.value == "multipart/digest" ? "message/rfc822" : "text/plain";
    const std::string mark = "--" + std::string(boundary);
    std::string_view rest = text;
    const char* begin = nullptr;
    while (!rest.empty()) {
      const char* line_begin = rest.data();
      const std::string_view line = take_line(rest);
      if (!line.starts_with(mark)) continue;
      const std::string_view after = trimmed(line.substr(mark.size()));
      if (!after.empty() && after != "--") continue;  // A longer boundary that begins alike.
      if (begin) add_part({begin, static_cast<std::size_t>(line_begin - begin)}, depth, default_type, into);
      begin = after == "--" ? nullptr : rest.data();
      if (after == "--") return;
    }
    if (begin)
      add_part({begin, static_cast<std::size_t>(text.data() + text.size() - begin)}, depth, default_type, into);
  }

  void add_part(std::string_view text, int depth, std::string_view default_type, MimePart& into) {
    if (part_count_ >= kMaxParts) return;
    if (text.ends_with("\r\n"))
      text.remove_suffix(2);
    else if (text.ends_with('\n'))
      text.remove_suffix(1);
    into.parts.push_back(part(text, depth + 1, default_type));
  }

  std::size_t part_count_ = 0;
};

}  // namespace

std::string_view MimeValue::parameter(std::string_view name) const {
  for (const auto& [key, content] : parameters)
    if (key == name) return content;
  return {};
}

std::string MimePart::header(std::string_view name) const {
  return decode_mime_words(raw_header(*this, name));
}

MimePart parse_mime(std::string_view message) {
  return Parser().part(message, 0, "text/plain");
}

}  // namespace openbook::read
