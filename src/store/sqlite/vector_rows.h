#pragma once

#include <span>
#include <vector>

#include "store/sqlite/database.h"

namespace openbook::store {

/// The one embedder whose vectors the library holds.
struct EmbedderRow {
  std::string identity;
  std::size_t dimension = 0;  ///< 0: none.
};
Result<EmbedderRow> embedder_of(Database& database);

/// Rows [count, dimension] as little-endian fp32.
std::string encode_vectors(std::span<const float> numbers);
Status decode_vectors(std::string_view bytes, std::size_t count, std::size_t dimension, std::vector<float>& out);

}  // namespace openbook::store
