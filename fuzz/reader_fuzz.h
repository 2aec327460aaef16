#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "read/reader.h"
#include "text/utf8.h"

/// What the fuzz targets of readers share: whatever the bytes, a reader gives sound documents or an Error.
namespace openbook::read {

inline int fuzz_reader(const Reader& reader, const char* name, const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const book::Blob blob{std::string("/") + name, name, {}, bytes};
  const Status status = reader.read(blob, {}, [](book::Document document) -> Status {
    if (!text::is_valid_utf8(document.markdown)) std::abort();
    std::uint32_t end = 0;
    for (const book::SourceSpan& span : document.source.spans) {
      if (span.range.begin < end || span.range.end <= span.range.begin) std::abort();
      end = span.range.end;
    }
    if (end > document.markdown.size()) std::abort();
    return {};
  });
  if (!status && status.error().message.empty()) std::abort();
  return 0;
}

}  // namespace openbook::read
