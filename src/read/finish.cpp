#include "read/finish.h"

#include "text/language.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

/// Text of the first ATX heading outside of code.
std::string first_heading(std::string_view markdown) {
  bool in_code = false;
  for (std::size_t at = 0; at < markdown.size() && at < 65536;) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view line = markdown.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("```") || line.starts_with("~~~")) in_code = !in_code;
    const std::size_t text = line.find_first_not_of('#');
    if (in_code || text == 0 || text == std::string_view::npos || text > 6 || line[text] != ' ') continue;
    if (std::string title = text::heading_text(line); !title.empty()) return title;
  }
  return {};
}

}  // namespace

book::Document begin_document(const book::Blob& blob) {
  book::Document document;
  document.uri = blob.uri;
  return document;
}

void finish_document(const book::Blob& blob, std::string_view format, book::Document& document) {
  document.format = format;
  if (document.title.empty()) document.title = first_heading(document.markdown);
  if (document.title.empty()) {
    const std::size_t dot = blob.name.rfind('.');
    document.title = dot == std::string::npos || dot == 0 ? blob.name : blob.name.substr(0, dot);
  }
  if (document.language.empty()) document.language = text::language_of(document.markdown);
}

}  // namespace openbook::read
