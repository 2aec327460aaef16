#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace openbook::cli {

/// What the settings file may say; the command line says more and wins.
///
///   kb: handbooks
///   strictness: strict     # lenient, balanced, strict
///   limit: 20
///   threads: 2
struct Settings {
  std::string knowledge_base = "default";
  std::string strictness = "balanced";
  std::size_t limit = 10;
  std::size_t threads = 0;
};

/// Reads the file at `path`, or when that is empty $XDG_CONFIG_HOME/openbook/config.yaml if there is one. An unknown
/// key or a wrong value is InvalidInput, with its line.
Result<Settings> load_settings(const std::string& path);

}  // namespace openbook::cli
