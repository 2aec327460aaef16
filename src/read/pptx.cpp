#include "read/pptx.h"

#include <algorithm>

#include "read/finish.h"
#include "read/pptx_slide.h"

namespace openbook::read {
namespace {

class PptxReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override;
};

/// Parts of the slides in the order of the show.
std::vector<std::string> slide_parts(const Xml& presentation, const Relations& relations) {
  std::vector<std::string> parts;
  for (const XmlNode node : child(presentation.root(), "sldIdLst").children()) {
    const auto found = relations.find(prefixed_attribute(node, "id"));
    if (found != relations.end() && !found->second.external) parts.push_back(found->second.target);
  }
  return parts;
}

/// Comments of the old form (cmLst/cm/text) and of the new one (cmLst/cm/txBody, with replies below).
void write_comments(Package& package, const std::string& part, std::uint32_t slide, MarkdownWriter& writer) {
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  book::SourceSpan at;
  at.page = slide;
  const auto write = [&](XmlNode comment, const char* what) {
    std::string text = clean_text(text_of(child(comment, "text")));
    for (const XmlNode paragraph : child(comment, "txBody").children())
      for (const XmlNode run : paragraph.children())
        if (is(run, "r")) text += clean_text(text_of(child(run, "t")));
    if (!trimmed(text).empty()) writer.quote(what + std::string(trimmed(text)), at);
  };
  for (const XmlNode comment : xml->root().children()) {
    if (!is(comment, "cm")) continue;
    write(comment, "Comment: ");
    for (const XmlNode reply : child(comment, "replyLst").children()) write(reply, "Reply: ");
  }
}

void write_slide(Package& package, const std::string& part, std::uint32_t number, MarkdownWriter& writer) {
  if (!package.archive().contains(part))
    return package.note("slide " + std::to_string(number) + " is missing from the file");
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  const std::string_view show = attribute(xml->root(), "show");
  if (show == "0" || show == "false")
    package.note("slide " + std::to_string(number) + " is hidden in the show; it was read too");
  const Relations relations = package.relations(part);
  PptxSlide(package, relations, number, writer).write(xml->root());
  for (const auto& [id, relation] : relations) {
    if (relation.type == "notesSlide") {
      const std::optional<Xml> notes = package.optional_xml(relation.target);
      const Relations own = package.relations(relation.target);
      if (notes) PptxSlide(package, own, number, writer).write_notes(notes->root());
    }
    if (relation.type == "comments") write_comments(package, relation.target, number, writer);
  }
}

Status PptxReader::read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const {
  OB_TRY(Package package, Package::open(blob, options));
  OB_TRY(const std::string main, package.main_part("ppt/presentation.xml"));
  OB_TRY(const Xml presentation, package.xml(main));
  const std::vector<std::string> slides = slide_parts(presentation, package.relations(main));
  const bool any =
      std::any_of(slides.begin(), slides.end(), [&](const auto& s) { return package.archive().contains(s); });
  if (!any && !slides.empty())
    return fail(Code::Corrupt,
                "none of the " + std::to_string(slides.size()) + " slides is in the file; fetch it again");
  book::Document document = begin_document(blob);
  package.read_properties(document);
  MarkdownWriter writer(document);
  constexpr std::size_t kMaxSlides = 20'000;
  for (std::size_t i = 0; i < slides.size() && i < kMaxSlides; ++i)
    write_slide(package, slides[i], static_cast<std::uint32_t>(i + 1), writer);
  finish_package(blob, "pptx", package, document);
  return sink(std::move(document));
}

}  // namespace

std::unique_ptr<Reader> make_pptx_reader() {
  return std::make_unique<PptxReader>();
}

bool sniff_pptx(std::string_view head) {
  return sniff_package(head, "ppt/");
}

}  // namespace openbook::read
