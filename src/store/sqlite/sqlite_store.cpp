#include <filesystem>
#include <thread>

#include "store/sqlite/forget.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/snapshot.h"
#include "store/sqlite/writer.h"

namespace openbook::store {
namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(std::shared_ptr<Connections> connections, OpenMode mode)
      : connections_(std::move(connections)), mode_(mode) {}

  Result<std::unique_ptr<Snapshot>> snapshot(std::optional<Millis> as_of) const override {
    return SqliteSnapshot::open(connections_, as_of);
  }
  Result<std::unique_ptr<Writer>> writer() override {
    if (mode_ == OpenMode::ReadOnly) return fail(Code::InvalidInput, "the knowledge base was opened for reading only");
    return SqliteWriter::open(connections_);
  }

  Result<std::string> setting(std::string_view name) const override {
    OB_TRY(Database database, connections_->take());
    auto value = meta_text(database, setting_key(name));
    connections_->give(std::move(database));
    return value;
  }
  Status put_setting(std::string_view name, std::string_view value) override {
    if (mode_ == OpenMode::ReadOnly) return fail(Code::InvalidInput, "the knowledge base was opened for reading only");
    OB_TRY(Database database, connections_->take());
    Status put = set_meta_text(database, setting_key(name), value);
    connections_->give(std::move(database));
    return put;
  }

 private:
  static std::string setting_key(std::string_view name) { return "setting:" + std::string(name); }

  std::shared_ptr<Connections> connections_;
  OpenMode mode_;
};

/// Changing a new file to WAL mode does not wait for another process that does the same: try for a while.
Status configure_patiently(Database& database, int busy_timeout_ms) {
  const Stopwatch watch;
  while (true) {
    Status status = configure(database);
    if (status || status.error().code != Code::Unavailable || watch.millis() > busy_timeout_ms) return status;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Status prepare(Database& database, OpenMode mode, const StoreOptions& options) {
  if (mode != OpenMode::ReadOnly) OB_RETURN_IF_ERROR(shape_new_file(database));
  OB_RETURN_IF_ERROR(configure_patiently(database, options.busy_timeout_ms));
  OB_RETURN_IF_ERROR(mode == OpenMode::ReadOnly ? check_schema(database) : migrate(database));
  if (options.identity_check == IdentityCheck::Refuse) OB_RETURN_IF_ERROR(check_identity(database, options));
  if (mode == OpenMode::ReadOnly) return {};
  finish_forgetting(database, options.busy_timeout_ms);
  OB_TRY(const std::string tokeniser, meta_text(database, "tokeniser"));
  return tokeniser.empty() ? store_identity(database, options) : Status{};
}

Status check_presence(const std::string& path, OpenMode mode) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status))
    return fail(Code::InvalidInput, path + " is a folder, not a knowledge base");
  if (mode != OpenMode::Create && !std::filesystem::exists(status))
    return fail(Code::NotFound, "no knowledge base at " + path + "; `openbook add` makes one");
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& path, OpenMode mode, const StoreOptions& options) {
  OB_RETURN_IF_ERROR(check_presence(path, mode));
  auto connections = std::make_shared<Connections>(path, mode == OpenMode::ReadOnly, options);
  OB_TRY(Database database, connections->open());
  if (Status status = prepare(database, mode, options); !status) return fail(std::move(status).error().at(path));
  connections->give(std::move(database));
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(std::move(connections), mode));
}

}  // namespace openbook::store
