#pragma once

#include <span>

#include "store/sqlite/segments.h"
#include "store/store.h"

namespace openbook::store {

/// Writer::forget, once nothing is pending. `path` is the database's file.
Result<Receipt> forget_documents(Database& database, SegmentCache& cache, const std::string& path,
                                 std::span<const book::DocumentId> ids);

/// Finishes a forget that was cut off between erasing and emptying the file, if there was one. Waits for nobody: when
/// another process is at work, the next one that opens the file tries again.
void finish_forgetting(Database& database, int busy_timeout_ms);

}  // namespace openbook::store
