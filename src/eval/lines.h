#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json_forward.h"
#include "base/result.h"

/// Files of lines, plain or gzip: what data sets come in.
namespace openbook::eval {

/// `path` or, when that is not there, `path`.gz. NotFound if neither is.
Result<std::string> plain_or_gzip(const std::string& path);

/// Gives each line (without its end) with its number from 1. Errors: Io, Corrupt (damaged gzip), OverLimit (a line of
/// more than 64 MB), and what `take` gives.
Status each_line(const std::string& path, const std::function<Status(std::string_view line, int number)>& take);

/// Gives each line's JSON object; empty lines are passed over. Corrupt, with the line, where there is none.
Status each_object(const std::string& path, const std::function<Status(const Json& object)>& take);

/// The member as text: a string as it is, a number as JSON writes it; empty if it is absent or neither.
std::string text_member(const Json& object, const char* name);

}  // namespace openbook::eval
