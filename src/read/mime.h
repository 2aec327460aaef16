#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The parts of a mail, as RFC 2045 to 2047, 2231 and 5322 write them, and as mail programs really do.
namespace openbook::read {

/// One header value with its parameters: "text/plain; charset=utf-8".
struct MimeValue {
  std::string value;  ///< Lower case.
  std::vector<std::pair<std::string, std::string>>
      parameters;  ///< Names in lower case; RFC 2231 forms joined, decoded.

  std::string_view parameter(std::string_view name) const;
};

struct MimePart {
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case; values unfolded, not decoded.
  MimeValue type;                                            ///< "text/plain" where the part says nothing usable.
  MimeValue disposition;
  std::string file_name;        ///< Decoded; empty for a part that is no file.
  std::string bytes;            ///< Of a leaf, transfer encoding undone.
  std::vector<MimePart> parts;  ///< Of a multipart, or the one message of a message/rfc822.

  /// First header of that (lower case) name, decoded to UTF-8; empty if missing.
  std::string header(std::string_view name) const;
};

/// Parses a message. Never fails: nesting deeper than 30 and more than 2,000 parts are taken as text.
MimePart parse_mime(std::string_view message);

/// "=?utf-8?B?…?=" and raw 8-bit header text → UTF-8.
std::string decode_mime_words(std::string_view text);

std::string decode_base64(std::string_view text);
std::string decode_quoted_printable(std::string_view text, bool in_header = false);
std::string decode_uuencode(std::string_view text);

}  // namespace openbook::read
