#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace openbook {

/// RFC 4648 base64 with padding, without line breaks.
std::string to_base64(std::string_view bytes);

/// Back again. Corrupt for any other character or a wrong length.
Result<std::string> from_base64(std::string_view text);

}  // namespace openbook
