#include "book/document.h"

#include "base/bytes.h"

namespace openbook::book {
namespace {

// Both ends of the pipe come from one build; the byte tells stray programs apart, not versions.
constexpr std::uint8_t kFrame = 0xD1;

}  // namespace

std::string encode(const Document& document) {
  ByteWriter out;
  out.u8(kFrame);
  out.text(document.uri);
  out.text(document.title);
  out.text(document.language);
  out.text(document.format);
  out.text(document.markdown);
  out.text(encode(document.source));
  out.varint(document.metadata.size());
  for (const auto& [name, value] : document.metadata) {
    out.text(name);
    out.text(value);
  }
  out.varint(document.notes.size());
  for (const std::string& note : document.notes) out.text(note);
  return out.take();
}

Result<Document> decode_document(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.u8() != kFrame) return fail(Code::Corrupt, "not a document frame");
  Document document;
  document.uri = in.text();
  document.title = in.text();
  document.language = in.text();
  document.format = in.text();
  document.markdown = in.text();
  const std::string_view source = in.text();
  if (in.failed()) return fail(Code::Corrupt, "document frame is cut off");
  OB_TRY(document.source, decode_source_map(source));
  for (std::uint64_t count = in.varint(); count > 0 && !in.failed(); --count) {
    std::string name(in.text());
    document.metadata[std::move(name)] = in.text();
  }
  for (std::uint64_t count = in.varint(); count > 0 && !in.failed(); --count) document.notes.emplace_back(in.text());
  if (in.failed() || in.remaining() != 0) return fail(Code::Corrupt, "document frame is damaged");
  if (!document.source.spans.empty() && document.source.spans.back().range.end > document.markdown.size()) {
    return fail(Code::Corrupt,
                "source map reaches beyond the document's " + std::to_string(document.markdown.size()) + " bytes");
  }
  return document;
}

}  // namespace openbook::book
