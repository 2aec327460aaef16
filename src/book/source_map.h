#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"
#include "base/result.h"

namespace openbook::book {

/// A rectangle on a page in points (1/72 inch), origin at the page's top left corner. All zero: unknown.
struct Box {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool known() const { return x1 > x0 && y1 > y0; }
  bool operator==(const Box&) const = default;
};

/// The smallest box that holds both; an unknown box adds nothing.
Box united(const Box& a, const Box& b);

/// Where one stretch of Markdown stood in the source. Zero means "does not apply" in every number.
struct SourceSpan {
  ByteRange range;           ///< Of the document's Markdown.
  std::uint32_t page = 0;    ///< PDF page, slide: 1-based.
  std::uint32_t line = 0;    ///< Line of a text file where the stretch begins: 1-based.
  std::uint32_t row = 0;     ///< Row of a sheet or table file: 1-based.
  std::uint32_t column = 0;  ///< Column of the stretch's first cell: 1-based.
  std::uint32_t part = 0;    ///< 1-based index into SourceMap::parts: sheet, EPUB chapter file, e-mail part.
  Box box;
  bool operator==(const SourceSpan&) const = default;
};

/// What a range of Markdown resolves to.
struct Location {
  std::uint32_t page = 0;
  std::uint32_t last_page = 0;  ///< Of a range that runs over pages; otherwise equal to page.
  std::uint32_t line = 0;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::string part;
  Box box;  ///< United over the spans of the first page.
};

/// From byte ranges of a document's Markdown back to page and box, line, sheet and cell. Spans are sorted, do not
/// overlap, and need not cover everything (Markdown marks that the reader added have no source).
struct SourceMap {
  std::vector<SourceSpan> spans;
  std::vector<std::string> parts;

  /// Appends a span; its range must begin at or after the end of the last one, else it is cut to fit (or dropped).
  void add(SourceSpan span);

  /// Number of `name` in parts (1-based), added when new.
  std::uint32_t part_number(std::string_view name);

  /// All spans that overlap the range, united. An empty map gives an empty location.
  Location resolve(ByteRange range) const;

  /// The spans that overlap `range`, as a map of its own (ranges unchanged).
  SourceMap clipped(ByteRange range) const;
};

/// Compact bytes, as stored (docs/formats/source-map.md), and back. Damaged bytes are Corrupt.
std::string encode(const SourceMap& map);
Result<SourceMap> decode_source_map(std::string_view bytes);

}  // namespace openbook::book
