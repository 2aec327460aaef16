#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// Plain text in any encoding. Lines wrapped at some column become paragraphs; underlined, numbered and chapter lines
/// become headings where that is beyond doubt; indented code and drawn tables keep their lines.
std::unique_ptr<Reader> make_plain_reader();

/// Does the content look like text rather than bytes of some other kind?
bool sniff_plain(std::string_view head);

/// How running text of another format (a mail's body, <pre>) becomes Markdown.
struct PlainOptions {
  std::uint32_t part = 0;
  std::uint32_t first_line = 1;  ///< Of the source: number of the text's first line; 0: lines are not kept.
  bool find_headings = true;
};
void append_plain_text_as_markdown(std::string_view utf8_text, const PlainOptions& options, book::Document& into);

}  // namespace openbook::read
