#pragma once

#include <iosfwd>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace openbook::cli {

/// The exit codes of the program; other programs rely on them.
enum ExitCode : int { kDone = 0, kFailed = 1, kWrongUsage = 2, kPartlyDone = 3 };

/// What every command gets. Results go to `out`, everything else to `err`.
struct Context {
  std::string knowledge_base;       ///< Path of the file.
  std::string knowledge_base_name;  ///< As the user gave it.
  bool json = false;
  std::size_t thread_count = 0;
  std::string programs_folder;  ///< From OPENBOOK_LIBEXEC: where openbook-reader lies; empty: beside the program.
  std::ostream& out;
  std::ostream& err;
  std::stop_token stop;
};

/// Prints an error as a person (or with --json a program) wants it, and gives the exit code.
int report_error(const Context& context, const Error& error);

}  // namespace openbook::cli
