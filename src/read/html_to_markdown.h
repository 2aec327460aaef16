#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "book/document.h"

/// HTML → Markdown, for web pages, EPUB chapters and mail bodies.
namespace openbook::read {

struct HtmlOptions {
  /// Web pages: drop navigation, banners, footers, side columns, cookie notices and blocks made of links. Off for
  /// EPUB and mail, where everything visible is content.
  bool main_content_only = true;
  std::uint32_t part = 0;  ///< SourceSpan::part of every span made.
  /// SourceSpan::line gets the line of the HTML source; off where lines mean nothing to a reader (decoded mail parts).
  bool keep_lines = true;
};

/// Appends the Markdown of a page to into.markdown and its spans to into.source; sets into.title from <title> or the
/// first heading, and metadata "author", "date", "description", "keywords" and "language" from <meta> and <html lang>,
/// where they are empty. Headings, lists, tables (row and column spans flattened), code, quotes, definition lists are
/// kept; scripts, styles, hidden elements and form controls are not. Invalid HTML is read as browsers do.
/// Errors: OverLimit (a page that needs more than 1 GiB when parsed). Depth and time are bounded for any input.
Status append_html_as_markdown(std::string_view utf8_html, const HtmlOptions& options, book::Document& into);

}  // namespace openbook::read
