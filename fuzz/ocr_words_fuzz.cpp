#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "read/ocr.h"
#include "read/ocr_layout.h"

/// Any bytes as the frame of recognised words, and any such words laid out as a page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  const auto words = read::decode_ocr_words({reinterpret_cast<const char*>(data), size});
  if (!words) return 0;
  const auto again = read::decode_ocr_words(encode(*words));
  if (!again || again->size() != words->size()) std::abort();
  std::vector<read::PageLayout> pages;
  pages.push_back(read::lay_out_recognised(*words, 1, 600, 800, 72, static_cast<int>(size % 4)));
  book::Document document;
  read::write_pages(std::move(pages), {}, document);
  for (const book::SourceSpan& span : document.source.spans)
    if (span.range.begin > span.range.end || span.range.end > document.markdown.size()) std::abort();
  return 0;
}
