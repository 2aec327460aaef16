#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace openbook {

/// Half-open range of bytes. In this house it nearly always means a range of a document's Markdown, which is how a
/// quotation is carried from the reader to the citation without ever being searched for again.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(ByteRange other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(ByteRange other) const { return begin < other.end && other.begin < end; }
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
  auto operator<=>(const ByteRange&) const = default;
};

}  // namespace openbook
