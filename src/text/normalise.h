#pragma once

#include <string>
#include <string_view>

namespace openbook::text {

/// Unicode NFC: how Markdown is stored.
std::string to_nfc(std::string_view text);

/// The form in which words are compared: NFKC, case folded, diacritics removed, full width to half width,
/// Traditional Chinese to Simplified.
std::string fold(std::string_view text);

/// fold() of one code point; empty for combining marks. Cheap: tables are built once per process.
std::string_view fold_code_point(char32_t code_point);

}  // namespace openbook::text
