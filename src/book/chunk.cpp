#include "book/chunk.h"

namespace openbook::book {
namespace {

/// A chunk read from a damaged library may point beyond its document; that gives no text rather than a crash.
std::string_view piece(std::string_view markdown, ByteRange range) {
  return range.begin <= range.end && range.end <= markdown.size() ? range.of(markdown) : std::string_view();
}

}  // namespace

std::string Chunk::text_of(std::string_view markdown) const {
  const std::string_view body = piece(markdown, range);
  if (lead.empty()) return std::string(body);
  std::string text;
  text.reserve(lead.size() + 1 + body.size());
  text.append(piece(markdown, lead)).append(1, '\n').append(body);
  return text;
}

}  // namespace openbook::book
