#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

/// The one place that says how JSON is read and written. Include it in .cpp files; headers use json_forward.h.
namespace openbook {

using Json = nlohmann::ordered_json;

/// Parses a whole JSON text; an error says where it went wrong.
Result<Json> parse_json(std::string_view text);

/// Writes JSON; bytes that are not UTF-8 become U+FFFD, so that printing never fails.
std::string to_text(const Json& json, int indent = -1);

}  // namespace openbook
