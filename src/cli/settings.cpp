#include "cli/settings.h"

#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>

namespace openbook::cli {
namespace {

std::string default_path() {
  const char* folder = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  const std::string base =
      folder != nullptr && *folder != '\0' ? folder : std::string(home != nullptr ? home : ".") + "/.config";
  return base + "/openbook/config.yaml";
}

std::unexpected<Error> refuse(const std::string& path, const YAML::Mark& mark, const std::string& message) {
  return fail(Error{Code::InvalidInput, message, {"line " + std::to_string(mark.line + 1), path}});
}

Status set(Settings& settings, const std::string& key, const YAML::Node& value, const std::string& path) {
  if (!value.IsScalar()) return refuse(path, value.Mark(), "\"" + key + "\" wants one value");
  if (key == "kb") {
    settings.knowledge_base = value.as<std::string>();
  } else if (key == "strictness") {
    settings.strictness = value.as<std::string>();
    if (settings.strictness != "lenient" && settings.strictness != "balanced" && settings.strictness != "strict")
      return refuse(path, value.Mark(),
                    "strictness \"" + settings.strictness + "\"; it may be lenient, balanced or strict");
  } else if (key == "limit") {
    settings.limit = value.as<std::size_t>();
  } else if (key == "threads") {
    settings.threads = value.as<std::size_t>();
  } else {
    return refuse(path, value.Mark(), "unknown setting \"" + key + "\"; known are kb, strictness, limit, threads");
  }
  return {};
}

}  // namespace

Result<Settings> load_settings(const std::string& given) {
  Settings settings;
  const std::string path = given.empty() ? default_path() : given;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    if (given.empty()) return settings;
    return fail(Code::NotFound, "the settings file " + path + " does not exist");
  }
  try {
    const YAML::Node root = YAML::LoadFile(path);
    if (root.IsNull()) return settings;
    if (!root.IsMap()) return refuse(path, root.Mark(), "the settings are not \"key: value\" lines");
    for (const auto& entry : root) OB_RETURN_IF_ERROR(set(settings, entry.first.as<std::string>(), entry.second, path));
  } catch (const YAML::Exception& error) {
    return refuse(path, error.mark, error.msg);
  }
  return settings;
}

}  // namespace openbook::cli
