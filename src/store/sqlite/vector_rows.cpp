#include "store/sqlite/vector_rows.h"

#include <bit>
#include <cstring>

namespace openbook::store {

static_assert(std::endian::native == std::endian::little,
              "vectors are stored as the memory of a little-endian machine");

Result<EmbedderRow> embedder_of(Database& database) {
  OB_TRY(Rows rows, database.query("SELECT identity, dimension FROM embedder"));
  OB_TRY(const bool found, rows.next());
  if (!found) return EmbedderRow{};
  return EmbedderRow{std::string(rows.text(0)), rows.number(1)};
}

std::string encode_vectors(std::span<const float> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

Status decode_vectors(std::string_view bytes, std::size_t count, std::size_t dimension, std::vector<float>& out) {
  if (bytes.size() != count * dimension * sizeof(float)) return fail(Code::Corrupt, "stored vectors have a wrong size");
  out.resize(count * dimension);
  std::memcpy(out.data(), bytes.data(), bytes.size());
  return {};
}

}  // namespace openbook::store
