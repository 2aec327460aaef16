#include "read/docx.h"

#include <algorithm>

#include "read/docx_body.h"
#include "read/finish.h"
#include "read/ooxml.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

constexpr std::string_view kMainPart = "word/document.xml";

class DocxReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override;
};

/// A part that the main one names by a relation of that type, or that stands at its usual place.
std::optional<Xml> related(Package& package, const Relations& relations, std::string_view type) {
  const Relation* relation = Package::first_of(relations, type);
  return package.optional_xml(relation != nullptr ? relation->target : "word/" + std::string(type) + ".xml");
}

std::map<std::string, XmlNode> by_id(const std::optional<Xml>& xml) {
  std::map<std::string, XmlNode> nodes;
  if (xml)
    for (const XmlNode node : xml->root().children()) nodes.emplace(attribute(node, "id"), node);
  return nodes;
}

/// Does a title stand before the first heading?
bool begins_with_title(const DocxStyles& styles, XmlNode body) {
  for (const XmlNode node : body.children()) {
    const std::string_view style = attribute(child(child(node, "pPr"), "pStyle"), "val");
    if (styles.is_title(style) && !trimmed(text_of(node)).empty()) return true;
    if (styles.heading_level(style) > 0) return false;
  }
  return false;
}

void write_notes(DocxParts& parts, const Relations& relations, const std::optional<Xml>& footnotes,
                 const std::optional<Xml>& endnotes, MarkdownWriter& writer) {
  const auto own_relations = [&](std::string_view type) {
    const Relation* part = Package::first_of(relations, type);
    return part == nullptr ? Relations() : parts.package.relations(part->target);
  };
  const Relations feet_relations = own_relations("footnotes"), end_relations = own_relations("endnotes");
  const auto feet = by_id(footnotes), ends = by_id(endnotes);
  constexpr std::size_t kMaxNotes = 100'000;  // Notes may refer to further notes.
  for (std::size_t i = 0; i < parts.notes.order().size() && i < kMaxNotes; ++i) {
    const std::string key = parts.notes.order()[i];
    const auto& notes = key[0] == 'f' ? feet : ends;
    const auto found = notes.find(key.substr(1));
    if (found == notes.end()) continue;
    DocxBody body(parts, key[0] == 'f' ? feet_relations : end_relations, writer);
    writer.paragraph("[^" + std::to_string(i + 1) + "]: " + body.one_line(found->second), {}, TextForm::Markdown);
    body.end();
  }
}

/// Headers and footers say the same on every page: each distinct text once, at the end, unless the body says it too.
void write_margins(DocxParts& parts, const Relations& relations, book::Document& document, MarkdownWriter& writer) {
  std::set<std::string> seen;
  const std::string body_text = document.markdown;
  for (const auto& [id, relation] : relations) {
    if (relation.type != "header" && relation.type != "footer") continue;
    const std::optional<Xml> xml = parts.package.optional_xml(relation.target);
    if (!xml) continue;
    const Relations own_relations = parts.package.relations(relation.target);
    DocxBody body(parts, own_relations, writer);
    const std::string text(trimmed(body.one_line(xml->root())));
    std::string letters = text;
    std::erase_if(letters, [](char c) { return c >= 0 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); });
    if (letters.size() < 8 || !seen.insert(text).second || body_text.find(text) != std::string::npos) continue;
    writer.paragraph(text, {}, TextForm::Markdown);
  }
}

Status DocxReader::read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const {
  OB_TRY(Package package, Package::open(blob, options));
  OB_TRY(const std::string main, package.main_part(kMainPart));
  OB_TRY(const Xml xml, package.xml(main));
  const XmlNode body = child(xml.root(), "body");
  if (!body) return fail(Code::Corrupt, "part " + main + " has no body; the file is damaged or no Word document");
  const Relations relations = package.relations(main);
  const auto styles = related(package, relations, "styles");
  const auto numbering = related(package, relations, "numbering");
  const auto comments = related(package, relations, "comments");
  const auto footnotes = related(package, relations, "footnotes");
  const auto endnotes = related(package, relations, "endnotes");
  DocxParts parts{package,
                  styles ? DocxStyles(styles->root()) : DocxStyles(),
                  numbering ? DocxNumbering(numbering->root()) : DocxNumbering(),
                  {},
                  by_id(comments)};

  book::Document document = begin_document(blob);
  package.read_properties(document);
  MarkdownWriter writer(document);
  DocxBody walk(parts, relations, writer);
  walk.shift_headings(begins_with_title(parts.styles, body));
  walk.count_pages(static_cast<bool>(descendant(body, "lastRenderedPageBreak")));
  walk.blocks(body);
  walk.end();
  write_notes(parts, relations, footnotes, endnotes, writer);
  write_margins(parts, relations, document, writer);
  finish_package(blob, "docx", package, document);
  return sink(std::move(document));
}

}  // namespace

std::unique_ptr<Reader> make_docx_reader() {
  return std::make_unique<DocxReader>();
}

bool sniff_docx(std::string_view head) {
  return sniff_package(head, "word/");
}

}  // namespace openbook::read
