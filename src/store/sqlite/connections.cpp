#include "store/sqlite/connections.h"

#include "store/sqlite/schema.h"

namespace openbook::store {
namespace {
constexpr std::size_t kMaxIdle = 16;
}

Result<Database> Connections::open() const {
  const int flags = read_only_ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  return Database::open(path_, flags, options_.busy_timeout_ms);
}

Result<Database> Connections::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Database database = std::move(idle_.back());
      idle_.pop_back();
      return database;
    }
  }
  OB_TRY(Database database, open());
  OB_RETURN_IF_ERROR(configure(database));
  return database;
}

void Connections::give(Database database) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMaxIdle) idle_.push_back(std::move(database));
}

std::shared_ptr<const LibraryView> Connections::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

void Connections::set_view(std::shared_ptr<const LibraryView> view) {
  const std::lock_guard lock(mutex_);
  if (view_ == nullptr || view_->revision < view->revision) view_ = std::move(view);
}

}  // namespace openbook::store
