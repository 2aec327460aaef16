#pragma once

#include <memory>

#include "read/reader.h"

/// PDF → Document. Compiled only into the program openbook-reader-pdf, because poppler is GPL.
namespace openbook::read {

/// Text layer with page and box of every block, reading order, headings, lists and tables (read/layout.h); scanned
/// pages through ReadOptions::ocr. Errors: Corrupt (no page can be reached), Unsupported (encrypted and the password
/// is missing or wrong), OverLimit (more than ReadOptions::max_pages). Pages that cannot be read become notes.
std::unique_ptr<Reader> make_pdf_reader();

/// Loads what every reader of the process shares (poppler's settings), so that forked children find it done.
void warm_up_pdf();

}  // namespace openbook::read
