#pragma once

#include <string>
#include <string_view>

namespace openbook::read {

/// The most likely encoding of bytes that are neither UTF-8 nor marked: a name for convert_raw(). Looks at 64 KiB.
/// How: each multi-byte encoding is tried and its text judged by how much of it are characters that real Chinese,
/// Japanese or Korean is mostly made of; where none convinces, uchardet's opinion on single-byte code pages counts,
/// checked for symbols inside words and for letters of two scripts in one word.
std::string guess_encoding(std::string_view bytes);

}  // namespace openbook::read
