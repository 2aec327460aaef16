#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "split/splitter.h"

/// Any bytes as a document to divide, into passages small enough that short inputs have several.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto splitter = split::make_structure_splitter(
      {.max_tokens = 32, .small_tokens = 8, .overlap_tokens = 6, .parent_tokens = 64, .max_sentence_tokens = 48});
  std::uint32_t begin = 0;
  for (const book::Chunk& chunk : splitter->split(bytes)) {
    if (chunk.range.begin < begin || chunk.range.end <= chunk.range.begin || chunk.range.end > size) std::abort();
    if (chunk.lead.end > chunk.range.begin || chunk.parent.end > size) std::abort();
    if (chunk.parent.begin > chunk.range.begin || chunk.parent.end < chunk.range.end) std::abort();
    begin = chunk.range.begin;
    chunk.text_of(bytes);
    split::heading_path_at(bytes, chunk.range.begin);
  }
  return 0;
}
