#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "book/source_map.h"

/// Any bytes as a stored source map: what is accepted keeps the promises of SourceMap and survives a round trip.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  const auto map = book::decode_source_map({reinterpret_cast<const char*>(data), size});
  if (!map) return 0;
  std::uint32_t end = 0;
  for (const book::SourceSpan& span : map->spans) {
    if (span.range.begin < end || span.range.end <= span.range.begin || span.part > map->parts.size()) std::abort();
    end = span.range.end;
    map->resolve(span.range);
  }
  map->clipped({end / 3, end});
  const auto again = book::decode_source_map(encode(*map));
  if (!again || again->spans.size() != map->spans.size() || again->parts != map->parts) std::abort();
  return 0;
}
