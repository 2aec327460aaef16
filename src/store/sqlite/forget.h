#pragma once

#include <span>

#include "store/sqlite/segments.h"
#include "store/store.h"

namespace openbook::store {

/// Writer::forget, once nothing is pending. `path` is the database's file.
Result<Receipt> forget_documents(Database& database, SegmentCache& cache, const std::string& path,
                                 std::span<const book::DocumentId> ids);

}  // namespace openbook::store
