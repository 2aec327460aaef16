#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace openbook {

/// What has happened below the watched paths since the last report. A file that was written and removed is in
/// `removed`; one that was removed and written again is in `changed`. Paths are below the paths as they were given.
struct Changes {
  std::set<std::string> changed;  ///< Files that were made, written or moved in.
  std::set<std::string> removed;  ///< Files or folders that are gone (a folder stands for all that was in it).
  bool lost = false;              ///< The system dropped events: look at everything anew.
  bool empty() const { return changed.empty() && removed.empty() && !lost; }
};

/// Watches files and folders, with the folders below them (inotify; symbolic links are not followed; a file that is
/// replaced by another of its name is lost from view, so watch its folder rather), and calls
/// `report` on this thread whenever things have been quiet for `settle`, or ten times that after the first event if
/// they are never quiet. Returns when the token asks for it, or with the first error of `report`. Errors: NotFound, Io,
/// OverLimit (more folders than fs.inotify.max_user_watches).
Status watch(const std::vector<std::string>& paths, const std::function<Status(const Changes&)>& report,
             std::stop_token stop, std::chrono::milliseconds settle = std::chrono::milliseconds(300));

}  // namespace openbook
