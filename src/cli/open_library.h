#pragma once

#include "cli/context.h"
#include "openbook/library.h"

namespace openbook::cli {

/// Opens the knowledge base that the command line names. `create` also makes its folder.
Result<Library> open_library(const Context& context, LibraryOptions options = {});

/// Path of a knowledge base: a name without "/" and ".db" lies in the user's data folder (XDG Base Directory: data
/// home, then openbook/NAME.db).
std::string knowledge_base_path(const std::string& name_or_path);

}  // namespace openbook::cli
