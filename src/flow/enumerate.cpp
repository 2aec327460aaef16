#include "flow/enumerate.h"

#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <unordered_set>

#include "base/files.h"
#include "net/http_client.h"

namespace openbook::flow {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIgnoreFile = ".openbookignore";
constexpr std::size_t kMaxIgnoreBytes = 1 << 20;

/// One line of an ignore file, and the folder that it stands in.
struct IgnoreRule {
  std::string pattern;
  std::string base;  ///< With a slash at the end.
  bool take_back = false;
  bool folders_only = false;
};

Error describe_errno(int code, std::string_view what) {
  const Code kind = code == ENOENT ? Code::NotFound : Code::Io;
  return Error{kind, std::string(what) + ": " + std::strerror(code), {}};
}

class Walker {
 public:
  Walker(const AddOptions& options, std::stop_token stop) : options_(options), stop_(std::move(stop)) {}

  void source(const std::string& source) {
    if (source == "-") {
      push({OriginKind::Stdin, "stdin:" + options_.stdin_name, options_.stdin_name, 0, 0});
    } else if (net::is_web_address(source)) {
      const std::string_view path = std::string_view(source).substr(0, source.find_first_of("?#"));
      const std::size_t slash = path.rfind('/');
      push({OriginKind::Url, source, std::string(path.substr(slash + 1)), 0, 0});
    } else {
      path(source);
    }
  }

  Enumeration take() { return std::move(found_); }

 private:
  void path(const std::string& given) {
    std::error_code error;
    fs::path absolute = fs::absolute(given, error).lexically_normal();
    struct stat info {};
    if (error || ::stat(absolute.c_str(), &info) != 0) {
      found_.failures.push_back({given, describe_errno(errno, "cannot be opened; check the path")});
    } else if (S_ISDIR(info.st_mode)) {
      std::string text = absolute.string();
      if (!text.ends_with('/')) text += '/';
      found_.folders.push_back(text);
      folder(text, text);
    } else {
      file(absolute.string(), absolute.filename().string(), info);
    }
  }

  void push(Origin origin) {
    if (seen_.insert(origin.uri).second) found_.origins.push_back(std::move(origin));
  }

  void file(const std::string& path, std::string name, const struct stat& info) {
    if (!S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode)) {
      found_.failures.push_back({path, Error{Code::Unsupported, "is neither a file nor a folder", {}}});
      return;
    }
    const Millis modified = Millis{info.st_mtim.tv_sec} * 1000 + info.st_mtim.tv_nsec / 1'000'000;
    push({OriginKind::File, path, std::move(name), static_cast<std::uint64_t>(info.st_size), modified});
  }

  void folder(const std::string& root, const std::string& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
      names.push_back(entry->path().filename().string());
    if (error) {
      found_.failures.push_back({folder, describe_errno(error.value(), "the folder cannot be listed")});
      return;
    }
    std::ranges::sort(names);
    const std::size_t rules_before = rules_.size();
    read_rules(folder);
    for (const std::string& name : names) {
      if (stop_.stop_requested()) break;
      if (!name.starts_with('.')) entry(root, folder, name);
    }
    rules_.resize(rules_before);
  }

  void entry(const std::string& root, const std::string& folder_path, const std::string& name) {
    const std::string path = folder_path + name;
    struct stat link {
    }, info{};
    if (::lstat(path.c_str(), &link) != 0 || ::stat(path.c_str(), &info) != 0) {
      found_.failures.push_back({path, describe_errno(errno, "cannot be opened")});
      return;
    }
    const bool is_folder = S_ISDIR(info.st_mode);
    if (ignored(path, is_folder)) return;
    if (is_folder) {
      if (!S_ISLNK(link.st_mode)) folder(root, path + "/");  // A linked folder may lead round in a circle.
    } else if (wanted(std::string_view(path).substr(root.size())) && S_ISREG(info.st_mode)) {
      file(path, name, info);
    }
  }

  bool wanted(std::string_view relative) const {
    const auto matches = [relative](const std::string& pattern) { return matches_glob(pattern, relative); };
    if (std::ranges::any_of(options_.exclude, matches)) return false;
    return options_.include.empty() || std::ranges::any_of(options_.include, matches);
  }

  void read_rules(const std::string& folder) {
    const std::string path = folder + kIgnoreFile;
    if (::access(path.c_str(), R_OK) != 0) return;
    const Result<std::string> text = read_whole(path, kMaxIgnoreBytes);
    if (!text) {
      found_.failures.push_back({path, text.error()});
      return;
    }
    for (std::size_t begin = 0; begin < text->size();) {
      const std::size_t end = std::min(text->find('\n', begin), text->size());
      std::string line = text->substr(begin, end - begin);
      begin = end + 1;
      while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) line.pop_back();
      if (line.empty() || line[0] == '#') continue;
      IgnoreRule rule{line, folder, false, false};
      if (rule.pattern[0] == '!') rule.take_back = true, rule.pattern.erase(0, 1);
      if (rule.pattern.ends_with('/')) rule.folders_only = true, rule.pattern.pop_back();
      if (rule.pattern.starts_with('/')) rule.pattern.erase(0, 1), rule.pattern.insert(0, "./");
      rules_.push_back(std::move(rule));
    }
  }

  bool ignored(std::string_view path, bool is_folder) const {
    bool ignored = false;
    for (const IgnoreRule& rule : rules_) {
      if (rule.folders_only && !is_folder) continue;
      const std::string_view relative = path.substr(rule.base.size());
      const bool anchored = rule.pattern.starts_with("./");
      const bool hit = anchored ? ::fnmatch(rule.pattern.c_str() + 2, std::string(relative).c_str(), FNM_PATHNAME) == 0
                                : matches_glob(rule.pattern, relative);
      if (hit) ignored = !rule.take_back;
    }
    return ignored;
  }

  const AddOptions& options_;
  std::stop_token stop_;
  Enumeration found_;
  std::unordered_set<std::string> seen_;
  std::vector<IgnoreRule> rules_;
};

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view relative_path) {
  const bool with_path = pattern.find('/') != std::string_view::npos;
  const std::string subject(with_path ? relative_path : relative_path.substr(relative_path.rfind('/') + 1));
  // "**/x" also means x itself, and "**" any depth: without FNM_PATHNAME a star crosses slashes.
  const std::string text(pattern);
  if (::fnmatch(text.c_str(), subject.c_str(), 0) == 0) return true;
  return text.starts_with("**/") && ::fnmatch(text.c_str() + 3, subject.c_str(), 0) == 0;
}

Enumeration enumerate(const std::vector<std::string>& sources, const AddOptions& options, std::stop_token stop) {
  Walker walker(options, std::move(stop));
  for (const std::string& source : sources) walker.source(source);
  return walker.take();
}

}  // namespace openbook::flow
