#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

/// Office files with a password: an OLE container (MS-CFB) that holds the encrypted package (MS-OFFCRYPTO).
namespace openbook::read {

/// The ZIP bytes inside. Knows agile and standard encryption (Office 2007 and later); an empty password stands for
/// Office's built-in one. Errors: Unsupported (wrong or no password, an old binary .doc/.xls/.ppt, another scheme),
/// Corrupt (damaged container), OverLimit.
Result<std::string> decrypt_package(std::string_view ole_bytes, std::string_view password);

}  // namespace openbook::read
