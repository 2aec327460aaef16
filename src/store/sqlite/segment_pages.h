#pragma once

#include "index/pages.h"
#include "store/sqlite/database.h"

namespace openbook::store {

/// Reads a segment's bytes from the table segment_page. The database must outlive it.
class SegmentSource final : public index::ByteSource {
 public:
  SegmentSource(Database& database, std::int64_t segment) : database_(&database), segment_(segment) {}
  Status read(std::uint64_t offset, std::size_t size, std::string& out) override;

 private:
  Database* database_;
  std::int64_t segment_;
};

/// Writes a segment's bytes, page after page.
class SegmentSink final : public index::ByteSink {
 public:
  SegmentSink(Database& database, std::int64_t segment) : database_(&database), segment_(segment) {}
  Status write(std::string_view bytes) override;
  /// Writes the last, partly filled page.
  Status finish();

 private:
  Status write_page(std::string_view bytes);

  Database* database_;
  std::int64_t segment_;
  std::int64_t next_page_ = 0;
  std::string pending_;
};

}  // namespace openbook::store
