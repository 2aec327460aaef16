#include "base/watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>

#include "base/descriptor.h"
#include "base/stop_signal.h"

namespace openbook {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_EXCL_UNLINK;

class Watcher {
 public:
  Status open() {
    queue_ = Descriptor(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!queue_.is_open()) return fail(system_error("cannot watch files (inotify)", errno));
    return {};
  }
  int descriptor() const { return queue_.get(); }

  /// Watches a path and the folders below it. `is_new`: what is found below appeared after watching began.
  Status add(const std::string& path, bool is_new) {
    // The watch comes first, the look inside second: what appears between the two is seen twice, never missed.
    const int number = ::inotify_add_watch(queue_.get(), path.c_str(), kEvents | IN_DONT_FOLLOW);
    if (number < 0 && is_new && errno != ENOSPC) return {};  // Gone again.
    if (number < 0) return fail(watch_error(path, errno));
    paths_[number] = path;
    std::error_code error;
    if (!fs::is_directory(fs::symlink_status(path, error))) return {};
    for (fs::directory_iterator entry(path, fs::directory_options::skip_permission_denied, error), end;
         !error && entry != end; entry.increment(error)) {
      const fs::file_status status = entry->symlink_status(error);
      if (fs::is_directory(status)) {
        OB_RETURN_IF_ERROR(add(entry->path().string(), is_new));
      } else if (is_new) {
        mark_changed(entry->path().string());
      }
    }
    return {};
  }

  /// Takes all events that stand in the queue.
  Status take_events() {
    alignas(inotify_event) char block[64 << 10];
    for (;;) {
      const ssize_t got = ::read(queue_.get(), block, sizeof block);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return {};
      if (got <= 0) return fail(system_error("cannot read file events", errno));
      for (const char* at = block; at < block + got;) {
        const auto* const event = reinterpret_cast<const inotify_event*>(at);
        OB_RETURN_IF_ERROR(take(*event));
        at += sizeof(inotify_event) + event->len;
      }
    }
  }

  const Changes& changes() const { return changes_; }
  Changes take_changes() { return std::exchange(changes_, {}); }

 private:
  static Error watch_error(const std::string& path, int error) {
    if (error != ENOSPC) return system_error("cannot watch " + path, error);
    return {Code::OverLimit,
            "more folders than this system lets a user watch; raise it: sysctl fs.inotify.max_user_watches=1000000",
            {}};
  }

  void mark_changed(const std::string& path) {
    changes_.removed.erase(path);
    changes_.changed.insert(path);
  }

  void mark_removed(const std::string& path) {
    changes_.changed.erase(path);
    changes_.removed.insert(path);
  }

  Status take(const inotify_event& event) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) changes_.lost = true;
    const auto watched = paths_.find(event.wd);
    if (watched == paths_.end()) return {};
    if ((event.mask & IN_IGNORED) != 0) {
      paths_.erase(watched);
      return {};
    }
    const std::string path = event.len == 0 ? watched->second : watched->second + "/" + event.name;
    if ((event.mask & (IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
      mark_removed(path);
      if ((event.mask & (IN_MOVED_FROM | IN_MOVE_SELF)) != 0) forget_below(path);
      return {};
    }
    if ((event.mask & IN_ISDIR) != 0) {
      changes_.removed.erase(path);
      return (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0 ? add(path, true) : Status{};
    }
    mark_changed(path);
    return {};
  }

  /// A folder that was moved away is still watched under its old name: stop that.
  void forget_below(const std::string& path) {
    for (const auto& [number, folder] : paths_) {
      if (folder == path || folder.starts_with(path + "/")) ::inotify_rm_watch(queue_.get(), number);
    }
  }

  Descriptor queue_;
  std::map<int, std::string> paths_;  ///< By watch number.
  Changes changes_;
};

}  // namespace

Status watch(const std::vector<std::string>& paths, const std::function<Status(const Changes&)>& report,
             std::stop_token stop, std::chrono::milliseconds settle) {
  Watcher watcher;
  OB_RETURN_IF_ERROR(watcher.open());
  for (const std::string& path : paths) OB_RETURN_IF_ERROR(watcher.add(path, false));
  const StopSignal stopping(stop);
  std::optional<Clock::time_point> first_event;
  while (!stop.stop_requested()) {
    pollfd watched[] = {{watcher.descriptor(), POLLIN, 0}, {stopping.descriptor(), POLLIN, 0}};
    const int ready = ::poll(watched, std::size(watched), first_event ? static_cast<int>(settle.count()) : 10'000);
    if (ready < 0 && errno != EINTR) return fail(system_error("cannot wait for file events", errno));
    if (watched[0].revents != 0 && ready > 0) OB_RETURN_IF_ERROR(watcher.take_events());
    if (!first_event && !watcher.changes().empty()) first_event = Clock::now();
    const bool waited_enough = first_event && Clock::now() - *first_event > 10 * settle;
    if (first_event && (ready == 0 || waited_enough)) {
      first_event.reset();
      OB_RETURN_IF_ERROR(report(watcher.take_changes()));
    }
  }
  return {};
}

}  // namespace openbook
