#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/markdown.h"
#include "text/sentences.h"

/// Any bytes as Markdown: blocks, sentences and cells are in order and inside.
namespace {

void check_ordered(const std::vector<openbook::ByteRange>& ranges, std::size_t end) {
  std::size_t last = 0;
  for (const openbook::ByteRange range : ranges) {
    if (range.begin < last || range.end < range.begin || range.end > end) std::abort();
    last = range.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<ByteRange> ranges;
  for (const text::Block& block : text::blocks_of(bytes)) {
    ranges.push_back(block.range);
    const std::string_view inside = bytes.substr(block.range.begin, block.range.end - block.range.begin);
    check_ordered(text::sentences_of(inside), inside.size());
    if (block.kind == text::BlockKind::Table) check_ordered(text::table_cells(inside), inside.size());
    if (block.kind == text::BlockKind::Heading) text::heading_text(inside);
  }
  check_ordered(ranges, size);
  check_ordered(text::sentences_of(bytes), size);
  text::plain_text(bytes);
  text::escape_markdown(bytes);
  text::escape_markdown(bytes, true);
  return 0;
}
