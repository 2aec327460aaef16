#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite/database.h"
#include "store/sqlite/segments.h"

namespace openbook::store {

/// A byte string that a forgotten document held and that is looked for afterwards.
struct Needle {
  std::string kind;
  std::string text;
  std::uint64_t count = 0;
};

/// Shorter strings turn up in a large file by chance and prove nothing.
constexpr std::size_t kMinNeedleBytes = 8;

/// Counts each needle in every text, title, uri, heading, hash, source map and vocabulary term of the tables.
Status count_in_tables(Database& database, const std::vector<SegmentRow>& segments, std::vector<Needle>& needles);

/// Counts each needle in the raw bytes of a file, those of an absent file being none. The number of bytes read.
Result<std::uint64_t> count_in_file(const std::string& path, std::vector<Needle>& needles);

}  // namespace openbook::store
