#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace openbook::e2e {

/// A folder of its own under the system's temporary folder, removed with all it holds when the object goes.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Writes a whole file, parent folders included. The test fails (throws) where the system refuses.
void write_file(const std::filesystem::path& path, std::string_view bytes);

std::string read_file(const std::filesystem::path& path);

}  // namespace openbook::e2e
