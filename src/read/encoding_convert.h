#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openbook::read {

/// A conversion as it came out, before normalising.
struct RawConversion {
  std::string utf8;
  std::size_t damaged = 0;
};

/// Converts with ICU, or with our own table where ICU has none (Johab). Nothing where the name is unknown.
std::optional<RawConversion> convert_raw(std::string_view bytes, const std::string& encoding);

/// The name that is shown: IANA's preferred one.
std::string display_name(const std::string& encoding);

/// Korean Johab (KS X 1001:1992 annex 3): Hangul syllables by their three letters. Hanja and symbols, which stand there
/// by table, go through EUC-KR's rows.
RawConversion convert_johab(std::string_view bytes);

}  // namespace openbook::read
