#include "read/eml.h"

#include <algorithm>

#include "read/encoding.h"
#include "read/finish.h"
#include "read/html_to_markdown.h"
#include "read/markdown_writer.h"
#include "read/mime.h"
#include "read/plain.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxTextAttachment = std::size_t{16} << 20;

bool is_text(const MimePart& part) {
  return part.type.value.starts_with("text/");
}
bool is_html(const MimePart& part) {
  return part.type.value == "text/html";
}
bool is_attachment(const MimePart& part) {
  return part.disposition.value == "attachment" || (!part.file_name.empty() && !is_text(part)) ||
         (part.parts.empty() && !is_text(part) && part.type.value != "message/delivery-status" &&
          part.type.value != "message/rfc822");
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// A header as people write it: a lone address without its brackets, a date without the comment at its end.
std::string header_text(const MimePart& message, std::string_view name) {
  const std::string decoded = message.header(name);
  std::string_view value = trimmed(decoded);
  if (value.starts_with('<') && value.ends_with('>') && value.find('<', 1) == std::string_view::npos)
    value = value.substr(1, value.size() - 2);
  if (name == "date" && value.ends_with(')')) value = trimmed(value.substr(0, value.rfind('(')));
  return std::string(value);
}

class Message {
 public:
  explicit Message(book::Document& into) : into_(into), writer_(into) {}

  Status write(const MimePart& message, int level) {
    headers(message, level);
    // A message/rfc822 holds one more message; its attachments are listed with their own message.
    const std::size_t first_attachment = attachments_.size();
    OB_RETURN_IF_ERROR(body(message, level));
    const std::vector<const MimePart*> own(attachments_.begin() + static_cast<long>(first_attachment),
                                           attachments_.end());
    list_attachments(own, level);
    attachments_.resize(first_attachment);
    return {};
  }

 private:
  void headers(const MimePart& message, int level) {
    const std::string subject = message.header("subject");
    if (level == 1 && into_.title.empty()) into_.title = std::string(trimmed(subject));
    if (!trimmed(subject).empty()) writer_.heading(level, subject);
    std::string block;
    for (const auto& [name, label] : {std::pair{"from", "From"}, {"to", "To"}, {"cc", "Cc"}, {"date", "Date"}}) {
      const std::string value = header_text(message, name);
      if (value.empty()) continue;
      block.append(label).append(": ").append(value).append("\n");
      if (level == 1) into_.metadata[name] = value;
    }
    if (const std::string id = message.header("message-id"); level == 1 && !id.empty())
      into_.metadata["message-id"] = id;
    writer_.paragraph(block);
  }

  Status body(const MimePart& part, int level) {
    if (part.type.value == "multipart/alternative") return alternative(part, level);
    if (part.type.value.starts_with("message/") && !part.parts.empty())
      return write(part.parts.front(), std::min(level + 1, 6));
    if (!part.parts.empty()) {
      for (const MimePart& inner : part.parts) OB_RETURN_IF_ERROR(body(inner, level));
      return {};
    }
    if (is_attachment(part)) {
      attachments_.push_back(&part);
      return {};
    }
    return text(part);
  }

  /// Plain text is what the author wrote, unless the HTML form has structure or much more to say.
  Status alternative(const MimePart& part, int level) {
    const MimePart* plain = nullptr;
    const MimePart* rich = nullptr;
    const MimePart* other = nullptr;
    for (const MimePart& inner : part.parts) {
      if (inner.type.value == "text/plain")
        plain = &inner;
      else if (is_html(inner))
        rich = &inner;
      else if (!inner.parts.empty())
        other = &inner;
      else if (!is_text(inner))
        attachments_.push_back(&inner);
    }
    const bool plain_says_something = plain && trimmed(plain->bytes).size() > 20;
    if (other && !rich) return plain_says_something && !holds_html(*other) ? text(*plain) : body(*other, level);
    if (rich && (!plain_says_something || has_structure(rich->bytes))) return text(*rich);
    if (plain) return text(*plain);
    for (const MimePart& inner : part.parts)
      if (is_text(inner)) return text(inner);
    return {};
  }

  static bool holds_html(const MimePart& part) {
    return is_html(part) || std::any_of(part.parts.begin(), part.parts.end(), holds_html);
  }

  static bool has_structure(std::string_view html) {
    for (const std::string_view tag : {"<table", "<TABLE", "<ul", "<UL", "<ol", "<h1", "<h2", "<h3", "<pre", "<li"})
      if (html.find(tag) != std::string_view::npos) return true;
    return false;
  }

  Status text(const MimePart& part) {
    std::string declared(part.type.parameter("charset"));
    if (declared.empty() && is_html(part)) declared = declared_encoding(part.bytes);
    const DecodedText decoded = decode_text(part.bytes, declared);
    if (trimmed(decoded.utf8).empty()) return {};
    if (!into_.metadata.contains("encoding") || into_.metadata["encoding"] == "UTF-8")
      into_.metadata["encoding"] = decoded.encoding;
    if (decoded.damaged > 0)
      into_.notes.push_back(std::to_string(decoded.damaged) + " stretches of a part are not valid " + decoded.encoding);
    const std::string name =
        part.file_name.empty() ? "part " + std::to_string(into_.source.parts.size() + 1) : part.file_name;
    const std::uint32_t number = into_.source.part_number(name);
    if (is_html(part)) {
      HtmlOptions options;
      options.main_content_only = false;
      options.part = number;
      options.keep_lines = false;
      return append_html_as_markdown(decoded.utf8, options, into_);
    }
    PlainOptions options;
    options.part = number;
    options.first_line = 0;
    options.find_headings = false;
    append_plain_text_as_markdown(decoded.utf8, options, into_);
    return {};
  }

  /// Names of all; text files are readable as they are and follow in full.
  void list_attachments(const std::vector<const MimePart*>& attachments, int level) {
    std::string names;
    for (const MimePart* part : attachments) {
      if (!names.empty()) names += ", ";
      names += part->file_name.empty() ? part->type.value : part->file_name;
    }
    if (!names.empty()) writer_.paragraph("Attachments: " + names);
    for (const MimePart* part : attachments) {
      if (!is_text(*part) || is_html(*part) || part->bytes.size() > kMaxTextAttachment || !part->parts.empty())
        continue;
      const std::string name = part->file_name.empty() ? part->type.value : part->file_name;
      writer_.heading(level + 1, name);
      if (const Status status = text(*part); !status)
        into_.notes.push_back("attachment " + name + ": " + status.error().text());
    }
  }

  book::Document& into_;
  MarkdownWriter writer_;
  std::vector<const MimePart*> attachments_;
};

class EmlReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const override {
    book::Document document = begin_document(blob);
    const MimePart message = parse_mime(blob.bytes);
    if (message.headers.empty()) document.notes.push_back("the file has no mail headers; all of it was read as text");
    OB_RETURN_IF_ERROR(Message(document).write(message, 1));
    finish_document(blob, "eml", document);
    return sink(std::move(document));
  }
};

}  // namespace

std::unique_ptr<Reader> make_eml_reader() {
  return std::make_unique<EmlReader>();
}

bool sniff_eml(std::string_view head) {
  std::size_t known = 0;
  for (std::size_t at = 0, line = 0; at < head.size() && line < 40; ++line) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    std::string name;
    for (const char c : head.substr(at, std::min(head.find(':', at), end) - at).substr(0, 30))
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    if (end - at <= 1) break;
    for (const std::string_view header : {"from", "to", "subject", "date", "received", "message-id", "mime-version",
                                          "return-path", "content-type", "delivered-to"})
      known += name == header;
    at = end + 1;
  }
  return known >= 3;
}

}  // namespace openbook::read
