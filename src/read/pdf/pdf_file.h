#pragma once

#include <PDFDoc.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "read/layout.h"
#include "read/reader.h"

namespace openbook::read {

/// An open PDF. The bytes must outlive it. Errors: as make_pdf_reader().
Result<std::unique_ptr<PDFDoc>> open_pdf(std::string_view bytes, const ReadOptions& options);

/// Title, author, subject and dates that the file states, into document.metadata; the title, where it is not the name
/// that some program gave ("Microsoft Word - draft.doc"), also as document.title.
void add_metadata(PDFDoc& pdf, book::Document& document);

/// The bookmarks, at most a few thousand.
std::vector<OutlineEntry> outline_of(PDFDoc& pdf);

/// A page painted in grey, as PNM bytes, turned clockwise by `turn` quarters. Empty when that fails. `dpi` is lowered
/// for pages that would not fit.
struct PagePicture {
  std::string bytes;
  float dpi = 0;
};
PagePicture draw_page(PDFDoc& pdf, int page, float dpi, int turn = 0);

}  // namespace openbook::read
