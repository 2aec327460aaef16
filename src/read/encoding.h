#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "book/document.h"

/// From bytes in whatever encoding to UTF-8.
namespace openbook::read {

struct DecodedText {
  std::string utf8;         ///< NFC, without byte order mark, line ends as they were.
  std::string encoding;     ///< IANA name: "UTF-8", "GB18030", "Shift_JIS", "windows-1252", …
  std::size_t damaged = 0;  ///< Stretches that are not of the encoding; each became U+FFFD.
};

/// Finds the encoding and converts. In this order: a byte order mark; `declared` (from MIME, HTML or XML; any alias)
/// unless the bytes contradict it; UTF-8 where valid; UTF-16/32 by their zero bytes; ISO-2022 and HZ by their escapes;
/// then whichever of the encodings of Chinese, Japanese, Korean and of the single-byte code pages gives the most likely
/// text. Never fails: the last resort is windows-1252.
DecodedText decode_text(std::string_view bytes, std::string_view declared = {});

/// Converts from a named encoding (any alias that ICU knows, "x-johab" and "unknown-8bit" handled); nothing where the
/// name is unknown.
std::optional<DecodedText> convert_to_utf8(std::string_view bytes, std::string_view encoding);

/// The encoding that a page declares for itself: <meta charset>, <meta http-equiv>, <?xml encoding?>; looked for in the
/// first 4,096 bytes. Empty where it declares none.
std::string declared_encoding(std::string_view page);

/// Puts the encoding into the document's metadata, and a note where bytes were damaged.
void note_encoding(const DecodedText& text, book::Document& into);

}  // namespace openbook::read
