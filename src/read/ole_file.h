#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

/// OLE containers (MS-CFB): a small file system in a file, in which Office keeps encrypted packages.
namespace openbook::read {

bool is_ole_file(std::string_view bytes);

/// Content of the stream of that name, in whichever folder. Chains that loop or leave the file are cut off with an
/// error. Errors: Corrupt, NotFound.
Result<std::string> read_ole_stream(std::string_view ole_bytes, std::string_view name);

}  // namespace openbook::read
