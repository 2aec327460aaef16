#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "read/reader.h"
#include "text/utf8.h"

/// What the tests of readers share.
namespace openbook::read {

inline Result<std::vector<book::Document>> read_all(const Reader& reader, std::string_view bytes,
                                                    std::string name = "file", std::string media_type = "") {
  std::vector<book::Document> documents;
  const book::Blob blob{"/" + name, name, std::move(media_type), bytes};
  const Status status = reader.read(blob, {}, [&](book::Document document) -> Status {
    documents.push_back(std::move(document));
    return {};
  });
  if (!status) return fail(status.error());
  return documents;
}

/// The one document of a file that must be readable.
inline book::Document read_one(const Reader& reader, std::string_view bytes, std::string name = "file") {
  auto documents = read_all(reader, bytes, std::move(name));
  EXPECT_TRUE(documents.has_value()) << (documents ? "" : documents.error().text());
  if (!documents || documents->size() != 1) {
    ADD_FAILURE() << "one document expected, got " << (documents ? documents->size() : 0);
    return {};
  }
  return std::move(documents->front());
}

/// Spans are in order, do not overlap, lie inside; text is UTF-8.
inline void expect_sound(const book::Document& document) {
  EXPECT_TRUE(text::is_valid_utf8(document.markdown));
  std::uint32_t end = 0;
  for (const book::SourceSpan& span : document.source.spans) {
    EXPECT_LE(end, span.range.begin);
    EXPECT_LT(span.range.begin, span.range.end);
    end = span.range.end;
  }
  EXPECT_LE(end, document.markdown.size());
}

/// Each prefix of a good file gives documents or an Error with a message, and never crashes.
inline void expect_every_prefix_to_be_survived(const Reader& reader, std::string_view bytes, std::string name) {
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string prefix(bytes.substr(0, size));  // Its own memory: reading past the end is seen.
    const auto documents = read_all(reader, prefix, name);
    if (!documents) {
      EXPECT_FALSE(documents.error().message.empty());
      continue;
    }
    for (const book::Document& document : *documents) expect_sound(document);
  }
}

}  // namespace openbook::read
