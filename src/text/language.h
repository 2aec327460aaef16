#pragma once

#include <string>
#include <string_view>

namespace openbook::text {

/// Main language by script and function words: "en", "zh", "ja", "ko", "de", "fr", "es", "ru", … or "und".
/// Looks at the first 1,024 code points.
std::string language_of(std::string_view text);

/// Is more than a fifth of the letters Chinese, Japanese or Korean?
bool is_mostly_cjk(std::string_view text);

}  // namespace openbook::text
