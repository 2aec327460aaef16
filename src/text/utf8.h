#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace openbook::text {

/// Decodes the code point at `at` and moves past it. Bytes that are not UTF-8 give U+FFFD and move by one.
/// `at` must be below text.size().
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

/// Replaces what is not UTF-8 by U+FFFD.
std::string to_valid_utf8(std::string_view text);

/// Number of code points.
std::size_t code_point_count(std::string_view text);

/// The longest prefix of at most `max_bytes` bytes that does not cut a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

}  // namespace openbook::text
