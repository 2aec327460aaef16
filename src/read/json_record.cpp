#include "read/json_record.h"

#include "read/finish.h"
#include "read/markdown.h"
#include "read/plain.h"
#include "text/language.h"
#include "text/markdown.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

namespace dom = simdjson::dom;
constexpr std::size_t kMaxMetadata = 500;

bool is_text_key(std::string_view key) {
  return key == "text" || key == "contents" || key == "content" || key == "body" || key == "passage";
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (c < 0) return false;
  return true;
}

std::string normalised(std::string_view text) {
  return is_ascii(text) ? std::string(text) : text::to_nfc(text);
}

std::string scalar_text(const dom::element& value) {
  std::string_view text;
  if (!value.get(text)) return std::string(text);
  if (value.is_array() || value.is_object() || value.is_null()) return {};
  return simdjson::minify(value);
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  for (const std::string_view end : ends)
    if (text.ends_with(end)) return true;
  return false;
}

/// "zh-Hans" → "zh"; empty for what is no language tag.
std::string primary_tag(std::string_view tag) {
  const std::size_t end = std::min(tag.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), tag.size());
  const bool ends_well = end == tag.size() || tag[end] == '-' || tag[end] == '_';
  return (end == 2 || end == 3) && ends_well ? std::string(tag.substr(0, end)) : std::string();
}

/// The text becomes Markdown: as it is where its path or its looks say so, else escaped as plain text.
void append_text(std::string_view text, std::string_view path, std::uint32_t line, book::Document& into) {
  const std::string body = normalised(text);
  if (ends_with_any(path, {".md", ".markdown", ".mdx"}) || (path.empty() && sniff_markdown(body.substr(0, 4096)))) {
    append_markdown(body, 0, into);
  } else {
    PlainOptions options;
    options.first_line = 0;
    append_plain_text_as_markdown(body, options, into);
  }
  book::SourceSpan span;
  span.line = line;
  span.range = {0, static_cast<std::uint32_t>(into.markdown.size())};
  if (!into.markdown.empty()) into.source.add(span);
}

}  // namespace

JsonRecords::Outcome JsonRecords::read(std::string_view json, std::uint32_t line, book::Document& document,
                                       std::string& problem) {
  padded_.reserve(json.size() + simdjson::SIMDJSON_PADDING);
  padded_.assign(json);
  dom::element root;
  if (const auto error = parser_.parse(padded_.data(), padded_.size(), false).get(root)) {
    problem = simdjson::error_message(error);
    return Outcome::Bad;
  }
  dom::object object;
  if (root.get(object)) return Outcome::NoText;
  std::string_view text, text_key, path, title;
  std::string id, language;
  for (const auto& [key, value] : object) {
    std::string_view string;
    const bool is_string = !value.get(string);
    if (is_string && is_text_key(key) && (text_key.empty() || key == "text")) text = string, text_key = key;
    if (is_string && key == "path") path = string;
    if (is_string && key == "title") title = string;
    if (is_string && (key == "lang" || key == "language")) language = primary_tag(string);
    if (key == "_id" || (key == "id" && id.empty())) id = scalar_text(value);
  }
  if (text_key.empty()) return Outcome::NoText;
  document = begin_document(blob_);
  document.uri += "#" + (id.empty() ? std::to_string(line) : id);
  document.title = normalised(title);
  document.language = language;
  for (const auto& [key, value] : object) {
    if (key == text_key || key == "title") continue;
    std::string scalar = scalar_text(value);
    if (!scalar.empty() && scalar.size() <= kMaxMetadata) document.metadata[std::string(key)] = std::move(scalar);
  }
  append_text(text, path, line, document);
  book::Blob named{document.uri, {}, {}, {}};
  named.name = !path.empty() ? path.substr(path.rfind('/') + 1) : id.empty() ? blob_.name : id;
  finish_document(named, "json", document);
  return Outcome::Document;
}

}  // namespace openbook::read
