#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/program.h"

/// One knowledge base, used through the built program's commands and nothing else.
namespace openbook::e2e {

using Json = nlohmann::ordered_json;

struct ListedDocument {
  std::int64_t id = 0;
  std::string uri;
  int version = 0;

  std::string file_name() const { return std::filesystem::path(uri).filename().string(); }
};

class Library {
 public:
  explicit Library(std::filesystem::path file) : file_(std::move(file)) {}

  const std::filesystem::path& file() const { return file_; }

  /// `openbook --kb FILE arguments…`
  Outcome command(std::vector<std::string> arguments, const RunOptions& options = {}) const;

  /// Adds files or folders; throws with the program's words when its exit code is not 0.
  void add(const std::vector<std::string>& paths) const;

  /// `ask --json`, `search --json`: the object printed; throws when the exit code is not 0 or it is not JSON.
  Json ask(const std::string& question) const;
  Json search(const std::string& question, int limit = 20) const;

  std::vector<ListedDocument> list() const;

  /// The Markdown of a document's newest version, as `show --json` gives it.
  std::string markdown(std::int64_t id) const;

 private:
  Json json(std::vector<std::string> arguments) const;

  std::filesystem::path file_;
};

/// What integrity_check says of a SQLite file: "ok", or the trouble.
std::string integrity_of(const std::filesystem::path& file);

/// The bytes of the file and of the log files beside it (-wal, -shm, -journal).
std::string bytes_with_logs(const std::filesystem::path& file);

/// Is `needle` in `text`, ASCII letters compared without case?
bool contains_ignoring_case(std::string_view text, std::string_view needle);

}  // namespace openbook::e2e
