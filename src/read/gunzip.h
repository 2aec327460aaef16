#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace openbook::read {

inline constexpr std::size_t kMaxUnpacked = std::size_t{4} << 30;

bool is_gzip(std::string_view bytes);

/// Unpacks gzip data (several members too) piece by piece; `piece` is valid during the call only. Errors: Corrupt,
/// OverLimit above kMaxUnpacked bytes, and whatever `take` gives. What was unpacked before an error has been given out.
Status gunzip(std::string_view bytes, const std::function<Status(std::string_view piece)>& take);

}  // namespace openbook::read
