#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

/// XML parts of office documents and books, as pugixml trees. Names are compared without their prefix: the transitional
/// and the strict form of OOXML differ only in namespaces, and prefixes are the writer's free choice.
namespace openbook::read {

using XmlNode = pugi::xml_node;

/// A tree and the text it stands in.
class Xml {
 public:
  XmlNode root() const { return tree_->document_element(); }
  bool declares_entities() const { return declares_entities_; }

 private:
  friend Result<Xml> parse_xml(std::string bytes, std::string_view part_name);
  std::unique_ptr<pugi::xml_document> tree_;
  bool declares_entities_ = false;
};

/// Parses one part. Entities of a document type are never expanded nor fetched (they stay "&name;"), so that XML bombs
/// cost nothing. A part cut off in the middle gives what stands before the cut, if there is any.
/// Errors: Corrupt (no XML), OverLimit (elements nested deeper than 400, more than 128 MiB).
Result<Xml> parse_xml(std::string bytes, std::string_view part_name);

std::string_view local_name(XmlNode node);
bool is(XmlNode node, std::string_view name);

/// First child element of that local name; a null node if none. Reading on from a null node is safe.
XmlNode child(XmlNode node, std::string_view name);
/// First descendant of that local name, in document order.
XmlNode descendant(XmlNode node, std::string_view name);

/// Value of the attribute of that local name, "" if there is none. With a prefixed and a plain attribute of the same
/// local name ("id" and "r:id"), plain_attribute() and prefixed_attribute() tell them apart.
std::string_view attribute(XmlNode node, std::string_view name);
std::string_view plain_attribute(XmlNode node, std::string_view name);
std::string_view prefixed_attribute(XmlNode node, std::string_view name);
/// As a whole number; `otherwise` if absent or not a number.
long long number_attribute(XmlNode node, std::string_view name, long long otherwise);

/// An on/off property as OOXML writes it: `<w:b/>`, `val="true"`, "1", "on". A null node is off.
bool is_on(XmlNode node);

/// All text below a node.
std::string text_of(XmlNode node);

/// Valid UTF-8 in NFC without control characters, soft hyphens and byte order marks; no-break spaces become blanks.
std::string clean_text(std::string_view text);

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace openbook::read
