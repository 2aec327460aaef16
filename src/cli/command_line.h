#pragma once

#include <iosfwd>
#include <stop_token>

namespace openbook::cli {

/// Parses the command line, runs its command and gives the exit code. The one source of `--help`, of the manual page
/// (`openbook help --man`) and of the completions (`openbook help --completion`).
int run(int argument_count, const char* const* arguments, std::ostream& out, std::ostream& err, std::stop_token stop);

}  // namespace openbook::cli
