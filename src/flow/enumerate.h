#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "openbook/library.h"

namespace openbook::flow {

enum class OriginKind : std::uint8_t { File, Url, Stdin };

/// One thing to read.
struct Origin {
  OriginKind kind = OriginKind::File;
  std::string uri;   ///< Absolute path, URL, or "stdin:NAME".
  std::string name;  ///< File name.
  std::uint64_t size = 0;
  Millis modified = 0;
};

/// What the sources named come to.
struct Enumeration {
  std::vector<Origin> origins;        ///< Each uri once, in the order of the sources, folders sorted by name.
  std::vector<std::string> folders;   ///< Absolute, with a slash at the end: where vanished files are looked for.
  std::vector<std::string> vanished;  ///< Known files that are no longer there (filled by who knows them).
  std::vector<Failure> failures;      ///< Paths that do not exist or cannot be listed.
};

/// Walks files, folders (recursively, hidden files and symbolic links to folders left out), URLs and "-". A folder's
/// `.openbookignore` holds one glob a line ("#" comments, a trailing "/" for folders, "!" to take back), for that
/// folder and what lies below it.
Enumeration enumerate(const std::vector<std::string>& sources, const AddOptions& options, std::stop_token stop);

/// Shell glob as fnmatch(3): a pattern without "/" is matched with the file name, one with "/" with the path.
bool matches_glob(std::string_view pattern, std::string_view relative_path);

}  // namespace openbook::flow
