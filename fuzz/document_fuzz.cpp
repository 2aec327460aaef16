#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "book/document.h"

/// Any bytes as the frame of a document that a reader process sent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  const auto document = book::decode_document({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  for (const book::SourceSpan& span : document->source.spans)
    if (span.range.begin >= span.range.end || span.range.end > document->markdown.size()) std::abort();
  const auto again = book::decode_document(encode(*document));
  if (!again || again->markdown != document->markdown || again->metadata != document->metadata) std::abort();
  return 0;
}
