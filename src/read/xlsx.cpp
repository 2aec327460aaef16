#include "read/xlsx.h"

#include "read/finish.h"
#include "read/ooxml_chart.h"
#include "read/xlsx_rows.h"
#include "read/xlsx_tables.h"

namespace openbook::read {
namespace {

class XlsxReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override;
};

/// Text boxes and charts of a drawing part.
void write_drawing(Package& package, const std::string& part, std::uint32_t sheet, MarkdownWriter& writer) {
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  const Relations relations = package.relations(part);
  book::SourceSpan at;
  at.part = sheet;
  for (const XmlNode anchor : xml->root().children()) {
    for (const XmlNode paragraph : descendant(anchor, "txBody").children()) {
      std::string text;
      for (const XmlNode run : paragraph.children()) text += text_of(child(run, "t"));
      writer.paragraph(clean_text(text), at);
    }
    const auto chart = relations.find(prefixed_attribute(descendant(anchor, "chart"), "id"));
    if (chart != relations.end()) write_chart(package, chart->second.target, at, writer);
  }
}

void write_comments(Package& package, const std::string& part, bool has_discussions, std::uint32_t sheet,
                    MarkdownWriter& writer) {
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  std::vector<std::string> authors;
  for (const XmlNode author : child(xml->root(), "authors").children()) authors.push_back(clean_text(text_of(author)));
  for (const XmlNode comment : child(xml->root(), "commentList").children()) {
    const std::string_view cell = attribute(comment, "ref");
    const auto author = static_cast<std::size_t>(std::max(0LL, number_attribute(comment, "authorId", -1)));
    std::string name = author < authors.size() ? authors[author] : "";
    if (name.starts_with("tc={") && has_discussions) continue;  // Stands in a part of its own, too.
    if (name.starts_with("tc={")) name.clear();
    book::SourceSpan at;
    const CellReference reference = parse_reference(cell);
    at.row = reference.row;
    at.column = reference.column;
    at.part = sheet;
    std::string text = clean_text(text_of(child(comment, "text")));
    if (name.size() + 1 < text.size() && !name.empty() && text.starts_with(name + ":")) text.erase(0, name.size() + 1);
    if (trimmed(text).empty()) continue;
    writer.quote(
        "Comment on " + std::string(cell) + (name.empty() ? "" : " by " + name) + ": " + std::string(trimmed(text)),
        at);
  }
}

/// Discussions of newer Excels: comments with answers.
void write_discussions(Package& package, const std::string& part, std::uint32_t sheet, MarkdownWriter& writer) {
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  for (const XmlNode comment : xml->root().children()) {
    const std::string text = clean_text(text_of(child(comment, "text")));
    const std::string_view cell = attribute(comment, "ref");
    book::SourceSpan at;
    const CellReference reference = parse_reference(cell);
    at.row = reference.row;
    at.column = reference.column;
    at.part = sheet;
    const char* what = attribute(comment, "parentId").empty() ? "Comment on " : "Reply on ";
    if (!trimmed(text).empty()) writer.quote(what + std::string(cell) + ": " + std::string(trimmed(text)), at);
  }
}

Status write_sheet(Package& package, const XlsxWorkbook& workbook, const XlsxSheet& sheet, book::Document& document,
                   MarkdownWriter& writer) {
  const std::uint32_t part = document.source.part_number(sheet.name);
  book::SourceSpan at;
  at.part = part;
  writer.heading(2, sheet.name, at);
  if (sheet.is_hidden) package.note("sheet \"" + sheet.name + "\" is hidden in the workbook; it was read too");
  const Result<SheetFrame> frame = read_frame(package, sheet.part);
  if (!frame && frame.error().code == Code::OverLimit) return fail(frame.error());
  if (!frame) package.note("sheet \"" + sheet.name + "\": " + frame.error().message);
  SheetTables tables(part, writer);
  const std::vector<Merge> none;
  const Status rows =
      visit_rows(package, workbook, sheet.part, frame ? frame->merges : none, [&](SheetRow row) -> Status {
        tables.add(std::move(row));
        return {};
      });
  tables.end();
  if (!rows && rows.error().code == Code::OverLimit) return rows;
  if (!rows) package.note("sheet \"" + sheet.name + "\" was read in part: " + rows.error().message);
  const Relations relations = package.relations(sheet.part);
  const bool has_discussions = Package::first_of(relations, "threadedComment") != nullptr;
  for (const auto& [id, relation] : relations) {
    if (relation.type == "drawing") write_drawing(package, relation.target, part, writer);
    if (relation.type == "comments") write_comments(package, relation.target, has_discussions, part, writer);
    if (relation.type == "threadedComment") write_discussions(package, relation.target, part, writer);
  }
  return {};
}

Status XlsxReader::read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const {
  OB_TRY(Package package, Package::open(blob, options));
  OB_TRY(const XlsxWorkbook workbook, parse_workbook(package));
  book::Document document = begin_document(blob);
  package.read_properties(document);
  // A sheet's name is no title for the whole.
  if (document.title.empty()) document.title = blob.name.substr(0, blob.name.rfind('.'));
  MarkdownWriter writer(document);
  for (const XlsxSheet& sheet : workbook.sheets) {
    OB_RETURN_IF_ERROR(write_sheet(package, workbook, sheet, document, writer));
    constexpr std::size_t kMaxMarkdown = 1u << 30;
    if (document.markdown.size() > kMaxMarkdown)
      return fail(Code::OverLimit,
                  "the workbook holds more than 1 GiB of text; export its sheets as CSV files and add those");
  }
  finish_package(blob, "xlsx", package, document);
  return sink(std::move(document));
}

}  // namespace

std::unique_ptr<Reader> make_xlsx_reader() {
  return std::make_unique<XlsxReader>();
}

bool sniff_xlsx(std::string_view head) {
  return sniff_package(head, "xl/");
}

}  // namespace openbook::read
