#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "index/search.h"

namespace openbook::index {

/// Every term that begins with `prefix` and that a visible chunk holds, in byte order, with document_frequency() of it,
/// until `visit` gives false.
Status visit_terms(std::string_view prefix, std::span<const SearchSegment> segments,
                   const std::function<bool(std::string_view term, std::uint64_t frequency)>& visit);

}  // namespace openbook::index
