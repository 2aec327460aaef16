#include "cli/open_library.h"

#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "base/json.h"

namespace openbook::cli {

std::string knowledge_base_path(const std::string& name) {
  if (name.find('/') != std::string::npos || name.ends_with(".db")) return name;
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const std::string folder =
      data != nullptr && *data != '\0' ? data : std::string(home != nullptr ? home : ".") + "/.local/share";
  return folder + "/openbook/" + name + ".db";
}

Result<Library> open_library(const Context& context, LibraryOptions options) {
  options.thread_count = context.thread_count;
  options.programs_folder = context.programs_folder;
  std::error_code error;
  const std::filesystem::path path(context.knowledge_base);
  if (options.create && path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (!options.create && !std::filesystem::exists(path, error))
    return fail(Code::NotFound, "there is no knowledge base \"" + context.knowledge_base_name + "\" (" +
                                    context.knowledge_base + ") yet; `openbook add FOLDER` makes it");
  return Library::open(context.knowledge_base, options);
}

int report_error(const Context& context, const Error& error) {
  if (context.json)
    context.err << to_text(Json{{"error", {{"code", name_of(error.code)}, {"message", error.text()}}}}) << '\n';
  else
    context.err << "openbook: " << error.text() << '\n';
  return error.code == Code::InvalidInput ? kWrongUsage : kFailed;
}

}  // namespace openbook::cli
