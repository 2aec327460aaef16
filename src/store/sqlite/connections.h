#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite/database.h"
#include "store/sqlite/view.h"
#include "store/store.h"

namespace openbook::store {

/// What the snapshots of one store share: idle reading connections, opened segments, the newest view. Safe
/// concurrently.
class Connections {
 public:
  Connections(std::string path, bool read_only, StoreOptions options)
      : path_(std::move(path)), read_only_(read_only), options_(std::move(options)) {}

  const std::string& path() const { return path_; }
  const StoreOptions& options() const { return options_; }
  SegmentCache& segments() { return segments_; }

  /// A new connection, not yet configured. Makes the file unless it is to be read only.
  Result<Database> open() const;
  /// A configured connection for reading, idle or new. It may write unless the store is read only, so that whichever
  /// connection closes last moves the log into the file.
  Result<Database> take();
  void give(Database database);

  /// The newest view that was made, or null.
  std::shared_ptr<const LibraryView> view() const;
  void set_view(std::shared_ptr<const LibraryView> view);

 private:
  std::string path_;
  bool read_only_;
  StoreOptions options_;
  SegmentCache segments_;
  mutable std::mutex mutex_;
  std::vector<Database> idle_;
  std::shared_ptr<const LibraryView> view_;
};

}  // namespace openbook::store
