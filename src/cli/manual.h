#pragma once

#include <string>

namespace CLI {
class App;
}

namespace openbook::cli {

/// The manual page of the program, in roff (man(7)), from what the command line itself says of its commands.
std::string manual_page(const CLI::App& app);

/// A bash completion script for its commands and options.
std::string bash_completion(const CLI::App& app);

}  // namespace openbook::cli
