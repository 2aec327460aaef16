#include "read/html.h"

#include "read/encoding.h"
#include "read/finish.h"
#include "read/html_to_markdown.h"

namespace openbook::read {
namespace {

std::string charset_of(std::string_view media_type) {
  const std::size_t at = media_type.find("charset=");
  if (at == std::string_view::npos) return {};
  std::string_view name = media_type.substr(at + 8);
  name = name.substr(0, name.find_first_of("; "));
  if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
  return std::string(name);
}

class HtmlReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const override {
    const std::string from_http = charset_of(blob.media_type);
    const DecodedText text = decode_text(blob.bytes, from_http.empty() ? declared_encoding(blob.bytes) : from_http);
    book::Document document = begin_document(blob);
    note_encoding(text, document);
    OB_RETURN_IF_ERROR(append_html_as_markdown(text.utf8, {}, document));
    if (document.markdown.empty())
      document.notes.push_back("the page holds no text; its content may be made by scripts");
    finish_document(blob, "html", document);
    return sink(std::move(document));
  }
};

}  // namespace

std::unique_ptr<Reader> make_html_reader() {
  return std::make_unique<HtmlReader>();
}

bool sniff_html(std::string_view head) {
  std::string lower;
  for (const char c : head.substr(0, 2048)) {
    if (c == 0) continue;  // UTF-16
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  for (const std::string_view sign : {"<!doctype html", "<html", "<head>", "<body", "<meta charset", "<title>"})
    if (lower.find(sign) != std::string::npos) return true;
  const std::size_t begin = lower.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || lower[begin] != '<') return false;
  for (const std::string_view sign : {"<div", "<p>", "<table", "<h1", "<ul", "<article", "<section"})
    if (lower.compare(begin, sign.size(), sign) == 0) return true;
  return false;
}

}  // namespace openbook::read
