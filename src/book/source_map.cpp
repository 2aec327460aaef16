#include "book/source_map.h"

#include <algorithm>
#include <cmath>

#include "base/bytes.h"

namespace openbook::book {
namespace {

constexpr std::uint8_t kFormat = 1;

// Which fields of a span follow its flag byte (docs/formats/source-map.md).
enum Flag : std::uint8_t { kGap = 1, kPage = 2, kLine = 4, kRow = 8, kColumn = 16, kPart = 32, kBox = 64 };

/// A box in quarter points, rounded outwards so that it still holds everything.
struct QuarterBox {
  std::int64_t x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

constexpr float kFarthest = 1e7F;  // Points; 3.5 km of paper. Keeps the arithmetic defined for hostile PDFs.

std::int64_t quarters(float points, float (*round)(float)) {
  if (!std::isfinite(points)) return 0;
  return static_cast<std::int64_t>(round(std::clamp(points, -kFarthest, kFarthest) * 4));
}

QuarterBox to_quarters(const Box& box) {
  const auto down = [](float value) { return std::floor(value); };
  const auto up = [](float value) { return std::ceil(value); };
  return {quarters(box.x0, down), quarters(box.y0, down), quarters(box.x1, up), quarters(box.y1, up)};
}

float to_points(std::int64_t quarters) {
  return static_cast<float>(quarters) / 4;
}

std::int64_t difference(std::uint32_t value, std::uint32_t previous) {
  return static_cast<std::int64_t>(value) - static_cast<std::int64_t>(previous);
}

std::uint8_t flags_of(const SourceSpan& span, const SourceSpan& previous) {
  std::uint8_t flags = 0;
  if (span.range.begin != previous.range.end) flags |= kGap;
  if (span.page != previous.page) flags |= kPage;
  if (span.line != previous.line) flags |= kLine;
  if (span.row != previous.row) flags |= kRow;
  if (span.column != previous.column) flags |= kColumn;
  if (span.part != previous.part) flags |= kPart;
  if (span.box.known()) flags |= kBox;
  return flags;
}

void write_span(ByteWriter& out, const SourceSpan& span, const SourceSpan& previous, QuarterBox& last_box) {
  const std::uint8_t flags = flags_of(span, previous);
  out.u8(flags);
  if (flags & kGap) out.varint(span.range.begin - previous.range.end);
  out.varint(span.range.size());
  if (flags & kPage) out.zigzag(difference(span.page, previous.page));
  if (flags & kLine) out.zigzag(difference(span.line, previous.line));
  if (flags & kRow) out.zigzag(difference(span.row, previous.row));
  if (flags & kColumn) out.zigzag(difference(span.column, previous.column));
  if (flags & kPart) out.varint(span.part);
  if (!(flags & kBox)) return;
  const QuarterBox box = to_quarters(span.box);
  out.zigzag(box.x0 - last_box.x0);
  out.zigzag(box.y0 - last_box.y0);
  out.varint(static_cast<std::uint64_t>(std::max<std::int64_t>(box.x1 - box.x0, 0)));
  out.varint(static_cast<std::uint64_t>(std::max<std::int64_t>(box.y1 - box.y0, 0)));
  last_box = box;
}

/// value = previous + delta; false when that is no 32-bit number.
bool apply(std::uint32_t& value, std::int64_t delta) {
  if (delta < -static_cast<std::int64_t>(UINT32_MAX) || delta > static_cast<std::int64_t>(UINT32_MAX)) return false;
  const std::int64_t sum = static_cast<std::int64_t>(value) + delta;
  value = static_cast<std::uint32_t>(sum);
  return sum >= 0 && sum <= static_cast<std::int64_t>(UINT32_MAX);
}

bool read_box(ByteReader& in, QuarterBox& last) {
  constexpr std::int64_t kLimit = static_cast<std::int64_t>(kFarthest) * 16;
  const auto within = [](std::int64_t value) { return value >= -kLimit && value <= kLimit; };
  const std::int64_t dx = in.zigzag(), dy = in.zigzag();
  const std::uint64_t width = in.varint(), height = in.varint();
  if (!within(dx) || !within(dy) || width > kLimit || height > kLimit) return false;
  last.x0 += dx;
  last.y0 += dy;
  last.x1 = last.x0 + static_cast<std::int64_t>(width);
  last.y1 = last.y0 + static_cast<std::int64_t>(height);
  return within(last.x0) && within(last.y0);
}

/// Reads one span on top of the one before it; false when it is impossible.
bool read_span(ByteReader& in, SourceSpan& span, QuarterBox& last_box) {
  const std::uint8_t flags = in.u8();
  const std::uint64_t gap = (flags & kGap) ? in.varint() : 0;
  const std::uint64_t size = in.varint();
  if (flags >= 128 || size == 0 || gap > UINT32_MAX || size > UINT32_MAX) return false;
  const std::uint64_t begin = span.range.end + gap;
  if (begin + size > UINT32_MAX) return false;
  span.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
  if ((flags & kPage) && !apply(span.page, in.zigzag())) return false;
  if ((flags & kLine) && !apply(span.line, in.zigzag())) return false;
  if ((flags & kRow) && !apply(span.row, in.zigzag())) return false;
  if ((flags & kColumn) && !apply(span.column, in.zigzag())) return false;
  if (flags & kPart) span.part = static_cast<std::uint32_t>(std::min<std::uint64_t>(in.varint(), UINT32_MAX));
  span.box = {};
  if (!(flags & kBox)) return !in.failed();
  if (!read_box(in, last_box)) return false;
  span.box = {to_points(last_box.x0), to_points(last_box.y0), to_points(last_box.x1), to_points(last_box.y1)};
  if (!span.box.known()) span.box = {};
  return !in.failed();
}

/// The spans that overlap a range, which are neighbours since spans are sorted.
std::pair<std::size_t, std::size_t> overlapping(const std::vector<SourceSpan>& spans, ByteRange range) {
  // A point counts as the byte that it stands before.
  const std::uint32_t last = range.empty() && range.end < UINT32_MAX ? range.end + 1 : range.end;
  const auto ends_later = [](std::uint32_t at, const SourceSpan& span) { return at < span.range.end; };
  const auto begins_before = [](const SourceSpan& span, std::uint32_t at) { return span.range.begin < at; };
  const auto first = std::upper_bound(spans.begin(), spans.end(), range.begin, ends_later);
  const auto end = std::lower_bound(first, spans.end(), last, begins_before);
  return {static_cast<std::size_t>(first - spans.begin()), static_cast<std::size_t>(end - spans.begin())};
}

}  // namespace

Box united(const Box& a, const Box& b) {
  if (!a.known()) return b;
  if (!b.known()) return a;
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

void SourceMap::add(SourceSpan span) {
  if (!spans.empty()) span.range.begin = std::max(span.range.begin, spans.back().range.end);
  if (span.range.begin < span.range.end) spans.push_back(span);
}

std::uint32_t SourceMap::part_number(std::string_view name) {
  // The last one first: readers go through a file part by part.
  const auto found = std::find(parts.rbegin(), parts.rend(), name);
  if (found != parts.rend()) return static_cast<std::uint32_t>(parts.rend() - found);
  parts.emplace_back(name);
  return static_cast<std::uint32_t>(parts.size());
}

Location SourceMap::resolve(ByteRange range) const {
  Location location;
  const auto [first, end] = overlapping(spans, range);
  for (std::size_t i = first; i < end; ++i) {
    const SourceSpan& span = spans[i];
    if (location.page == 0) location.page = span.page;
    location.last_page = std::max(location.last_page, span.page);
    if (location.line == 0) location.line = span.line;
    if (location.row == 0) location.row = span.row;
    if (location.column == 0) location.column = span.column;
    if (location.part.empty() && span.part > 0 && span.part <= parts.size()) location.part = parts[span.part - 1];
    if (span.page == location.page) location.box = united(location.box, span.box);
  }
  return location;
}

SourceMap SourceMap::clipped(ByteRange range) const {
  SourceMap map;
  const auto [first, end] = overlapping(spans, range);
  map.spans.assign(spans.begin() + static_cast<std::ptrdiff_t>(first),
                   spans.begin() + static_cast<std::ptrdiff_t>(end));
  for (SourceSpan& span : map.spans) {
    if (span.part > parts.size()) span.part = 0;
    if (span.part > 0) span.part = map.part_number(parts[span.part - 1]);
  }
  return map;
}

std::string encode(const SourceMap& map) {
  SourceMap sorted;  // What a reader filled by hand is held to add()'s promise here.
  const SourceMap* source = &map;
  const auto out_of_order = [](const SourceSpan& a, const SourceSpan& b) { return b.range.begin < a.range.end; };
  const auto is_empty = [](const SourceSpan& span) { return span.range.begin >= span.range.end; };
  if (std::adjacent_find(map.spans.begin(), map.spans.end(), out_of_order) != map.spans.end() ||
      std::any_of(map.spans.begin(), map.spans.end(), is_empty)) {
    for (const SourceSpan& span : map.spans) sorted.add(span);
    source = &sorted;
  }
  ByteWriter out;
  out.u8(kFormat);
  out.varint(map.parts.size());
  for (const std::string& part : map.parts) out.text(part);
  out.varint(source->spans.size());
  SourceSpan previous;
  QuarterBox last_box;
  for (const SourceSpan& span : source->spans) {
    write_span(out, span, previous, last_box);
    previous = span;
  }
  return out.take();
}

Result<SourceMap> decode_source_map(std::string_view bytes) {
  ByteReader in(bytes);
  if (const std::uint8_t format = in.u8(); in.failed() || format != kFormat) {
    return fail(Code::Corrupt, "source map of format " + std::to_string(format) + "; this version reads format " +
                                   std::to_string(kFormat) + "; add the document again to rebuild it");
  }
  SourceMap map;
  // Counts are believed only as far as the bytes left could hold them: one byte a part, two a span.
  const std::uint64_t part_count = in.varint();
  if (part_count > in.remaining()) return fail(Code::Corrupt, "source map is cut off in its list of parts");
  map.parts.reserve(part_count);
  for (std::uint64_t i = 0; i < part_count; ++i) map.parts.emplace_back(in.text());
  const std::uint64_t span_count = in.varint();
  if (in.failed() || span_count > in.remaining() / 2)
    return fail(Code::Corrupt, "source map is cut off before its spans");
  map.spans.reserve(span_count);
  SourceSpan span;
  QuarterBox last_box;
  for (std::uint64_t i = 0; i < span_count; ++i) {
    if (!read_span(in, span, last_box) || span.part > map.parts.size()) {
      return fail(Code::Corrupt,
                  "source map is damaged at span " + std::to_string(i + 1) + " of " + std::to_string(span_count));
    }
    map.spans.push_back(span);
  }
  if (in.remaining() != 0) return fail(Code::Corrupt, "source map has bytes after its last span");
  return map;
}

}  // namespace openbook::book
