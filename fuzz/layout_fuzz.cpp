#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "read/layout.h"

/// Any marks on up to a few pages: eight bytes a glyph or line. The source map must stay within the Markdown.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  std::vector<read::PageLayout> pages;
  read::PageContent page;
  page.width = 600;
  page.height = 800;
  for (; size >= 8; data += 8, size -= 8) {
    const auto x = static_cast<float>(data[1] * 3), y = static_cast<float>(data[2] * 3);
    if (data[0] == 0xFF) {
      pages.push_back(read::lay_out(page));
      page = {page.number + 1, page.width, page.height, {}, {}};
    } else if (data[0] >= 0xE0) {
      page.rules.push_back({x, y, x + static_cast<float>(data[3]), y + static_cast<float>(data[4] % 4)});
    } else {
      read::Glyph glyph;
      glyph.character = static_cast<char32_t>(data[3] | (data[4] << 8));
      glyph.x = x;
      glyph.y = y;
      glyph.size = static_cast<float>(data[5] % 40) + 0.5F;
      glyph.advance = static_cast<float>(data[6] % 30);
      glyph.turn = data[7] & 3;
      glyph.style = (data[7] >> 2) & 7;
      page.glyphs.push_back(glyph);
    }
  }
  pages.push_back(read::lay_out(page));
  book::Document document;
  read::write_pages(std::move(pages), {}, document);
  for (const book::SourceSpan& span : document.source.spans)
    if (span.range.begin > span.range.end || span.range.end > document.markdown.size()) std::abort();
  return 0;
}
