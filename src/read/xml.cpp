#include "read/xml.h"

#include <algorithm>
#include <charconv>

#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxXmlBytes = 128u << 20;
constexpr int kMaxDepth = 400;

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The next node in document order below `top`, without recursion; keeps `depth` (top's children: 1).
XmlNode next_in_order(XmlNode node, XmlNode top, int& depth) {
  if (const XmlNode down = node.first_child()) {
    ++depth;
    return down;
  }
  while (node != top && node) {
    if (const XmlNode right = node.next_sibling()) return right;
    node = node.parent();
    --depth;
  }
  return {};
}

bool is_too_deep(XmlNode top) {
  int depth = 0;
  for (XmlNode node = next_in_order(top, top, depth); node; node = next_in_order(node, top, depth))
    if (depth > kMaxDepth) return true;
  return false;
}

enum class Prefix { Any, Required, Forbidden };

std::string_view find_attribute(XmlNode node, std::string_view name, Prefix prefix) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view full = attribute.name();
    if (without_prefix(full) != name) continue;
    const bool prefixed = full.size() != name.size();
    if (prefix == Prefix::Any || prefixed == (prefix == Prefix::Required)) return attribute.value();
  }
  return {};
}

}  // namespace

Result<Xml> parse_xml(std::string bytes, std::string_view part_name) {
  if (bytes.size() > kMaxXmlBytes)
    return fail(Code::OverLimit, "part " + std::string(part_name) + " holds " + std::to_string(bytes.size() >> 20) +
                                     " MiB of XML, limit " + std::to_string(kMaxXmlBytes >> 20));
  Xml xml;
  xml.declares_entities_ = std::string_view(bytes).substr(0, 65536).find("<!ENTITY") != std::string_view::npos;
  xml.tree_ = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result parsed =
      xml.tree_->load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!xml.tree_->document_element() || (!parsed && !xml.tree_->document_element().first_child()))
    return fail(Code::Corrupt, "part " + std::string(part_name) + " is not XML (" + parsed.description() + " at byte " +
                                   std::to_string(parsed.offset) + ")");
  if (is_too_deep(xml.tree_->root()))
    return fail(Code::OverLimit, "part " + std::string(part_name) + " nests elements deeper than " +
                                     std::to_string(kMaxDepth) + ", as no real document does");
  return xml;
}

std::string_view local_name(XmlNode node) {
  return without_prefix(node.name());
}

bool is(XmlNode node, std::string_view name) {
  return local_name(node) == name;
}

XmlNode child(XmlNode node, std::string_view name) {
  for (const XmlNode candidate : node.children())
    if (is(candidate, name)) return candidate;
  return {};
}

XmlNode descendant(XmlNode top, std::string_view name) {
  int depth = 0;
  for (XmlNode node = next_in_order(top, top, depth); node; node = next_in_order(node, top, depth))
    if (is(node, name)) return node;
  return {};
}

std::string_view attribute(XmlNode node, std::string_view name) {
  return find_attribute(node, name, Prefix::Any);
}
std::string_view plain_attribute(XmlNode node, std::string_view name) {
  return find_attribute(node, name, Prefix::Forbidden);
}
std::string_view prefixed_attribute(XmlNode node, std::string_view name) {
  return find_attribute(node, name, Prefix::Required);
}

long long number_attribute(XmlNode node, std::string_view name, long long otherwise) {
  const std::string_view value = attribute(node, name);
  long long number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc() && end != value.data() ? number : otherwise;
}

bool is_on(XmlNode node) {
  if (!node) return false;
  const std::string_view value = attribute(node, "val");
  return value.empty() || value == "1" || value == "true" || value == "on";
}

std::string text_of(XmlNode top) {
  std::string text;
  int depth = 0;
  for (XmlNode node = next_in_order(top, top, depth); node; node = next_in_order(node, top, depth))
    text += node.value();
  return text;
}

std::string clean_text(std::string_view text) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t'; });
  if (plain) return std::string(text);
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (c == U'\u00A0' || c == U'\u202F' || c == U'\r') {
      clean += ' ';
    } else if (c == U'\u2028' || c == U'\u2029' || c == U'\v') {
      clean += '\n';
    } else if (c != U'\u00AD' && c != U'\uFEFF' && c != U'\u200B' && (c >= U' ' || c == U'\n' || c == U'\t') &&
               (c < U'\u007F' || c > U'\u009F')) {
      text::append_utf8(clean, c);
    }
  }
  return text::to_nfc(clean);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

}  // namespace openbook::read
