#pragma once

#include <string>
#include <vector>

/// Files that a reader must survive.
namespace openbook::e2e {

enum class Fate {
  Refused,    ///< Listed with its name and a reason; exit code 3 beside a good file.
  Read,       ///< Must be added.
  Noted,      ///< Added or refused, but named in any case.
  EitherWay,  ///< May be added or refused, but it ends in time, within memory, and is named when refused.
};

struct BadFile {
  std::string name;
  std::string bytes;
  Fate fate;
};

std::vector<BadFile> bad_files();

}  // namespace openbook::e2e
