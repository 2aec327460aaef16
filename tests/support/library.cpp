#include "support/library.h"

#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "support/temp_folder.h"

namespace openbook::e2e {

Outcome Library::command(std::vector<std::string> arguments, const RunOptions& options) const {
  arguments.insert(arguments.begin(), {"--kb", file_.string()});
  return run_openbook(std::move(arguments), options);
}

void Library::add(const std::vector<std::string>& paths) const {
  std::vector<std::string> arguments{"add"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  const Outcome outcome = command(arguments);
  if (outcome.exit_code != 0) throw std::runtime_error("add: " + outcome.text());
}

Json Library::json(std::vector<std::string> arguments) const {
  arguments.push_back("--json");
  const Outcome outcome = command(arguments);
  if (outcome.exit_code != 0) throw std::runtime_error(arguments[0] + ": " + outcome.text());
  return Json::parse(outcome.out);
}

Json Library::ask(const std::string& question) const {
  return json({"ask", question});
}

Json Library::search(const std::string& question, int limit) const {
  return json({"search", question, "--limit", std::to_string(limit)});
}

std::vector<ListedDocument> Library::list() const {
  std::vector<ListedDocument> documents;
  const Json listed = json({"list"});
  for (const Json& item : listed.at("documents"))
    documents.push_back({item.at("id"), item.at("uri"), item.at("version")});
  return documents;
}

std::string Library::markdown(std::int64_t id) const {
  return json({"show", std::to_string(id)}).at("markdown").get<std::string>();
}

std::string integrity_of(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  std::string verdict;
  if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    sqlite3_busy_timeout(database, 10'000);
    const auto keep = [](void* to, int, char** values, char**) {
      static_cast<std::string*>(to)->append(values[0] ? values[0] : "null");
      return 0;
    };
    char* message = nullptr;
    if (sqlite3_exec(database, "PRAGMA integrity_check", keep, &verdict, &message) != SQLITE_OK)
      verdict += message ? message : "integrity_check failed";
    sqlite3_free(message);
  } else {
    verdict = sqlite3_errmsg(database);
  }
  sqlite3_close(database);
  return verdict;
}

std::string bytes_with_logs(const std::filesystem::path& file) {
  std::string bytes;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    const std::filesystem::path path = file.string() + ending;
    if (std::filesystem::exists(path)) bytes += read_file(path);
  }
  return bytes;
}

bool contains_ignoring_case(std::string_view text, std::string_view needle) {
  const auto equal = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), needle.begin(), needle.end(), equal) != text.end();
}

}  // namespace openbook::e2e
