#include "read/docx_body.h"

#include <algorithm>
#include <utility>

#include "read/ooxml_chart.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

constexpr int kMaxNesting = 40;  ///< Of tables and boxes inside one another.

bool has_code_signs(std::string_view text) {
  return text.find_first_of("{}();=<>[]_$|\\") != std::string_view::npos;
}

bool is_contents_control(XmlNode sdt) {
  const std::string_view gallery = attribute(descendant(child(sdt, "sdtPr"), "docPartGallery"), "val");
  return gallery == "Table of Contents" || gallery == "List of Figures";
}

}  // namespace

book::SourceSpan DocxBody::here() const {
  book::SourceSpan at;
  at.page = page_;
  return at;
}

void DocxBody::blocks(XmlNode parent) {
  if (++depth_ <= kMaxNesting)
    for (const XmlNode node : parent.children()) block(node);
  --depth_;
}

void DocxBody::end() {
  flush_code();
  if (!joined_.empty()) writer_.paragraph(std::exchange(joined_, {}), here(), TextForm::Markdown);
  comments(std::exchange(pending_comments_, {}));
}

void DocxBody::block(XmlNode node) {
  const std::string_view name = local_name(node);
  if (name == "p") return paragraph(node);
  if (name == "tbl") {
    flush_code();
    table(node);
    return comments(std::exchange(pending_comments_, {}));
  }
  if (name == "sdt" && is_contents_control(node)) return;
  if (name == "AlternateContent")
    return blocks(child(node, "Choice") ? child(node, "Choice") : child(node, "Fallback"));
  if (name == "oMathPara" || name == "oMath") {
    return writer_.paragraph(one_line_paragraph(node), here(), TextForm::Markdown);
  }
  if (name == "del" || name == "moveFrom" || name.ends_with("Pr")) return;
  blocks(node);  // Content controls, custom XML, insertions: what they wrap.
}

std::string DocxBody::style_of(XmlNode paragraph) const {
  const XmlNode style = child(child(paragraph, "pPr"), "pStyle");
  return style ? std::string(attribute(style, "val")) : parts_.styles.default_style();
}

ListReference DocxBody::list_of(XmlNode properties, const std::string& style) const {
  ListReference reference = parts_.styles.list(style);
  if (const auto level = parts_.numbering.level_of_style(reference.number_id, style)) reference.level = *level;
  const XmlNode list = child(properties, "numPr");
  if (const XmlNode id = child(list, "numId")) reference.number_id = attribute(id, "val");
  if (const XmlNode level = child(list, "ilvl"))
    reference.level = static_cast<int>(std::clamp(number_attribute(level, "val", 0), 0LL, 8LL));
  return reference;
}

int DocxBody::heading_level(XmlNode properties, const std::string& style) const {
  if (const XmlNode outline = child(properties, "outlineLvl")) {
    const long long level = number_attribute(outline, "val", 9);
    return level >= 0 && level < 9 ? static_cast<int>(level) + 1 : 0;
  }
  return parts_.styles.heading_level(style);
}

bool DocxBody::is_code(const std::string& style, const DocxParagraph& content) const {
  if (parts_.styles.is_code(style)) return true;
  if (!content.is_monospaced && !parts_.styles.is_monospaced(style)) return false;
  return has_code_signs(content.text.text()) || !code_.empty();
}

void DocxBody::flush_code() {
  if (code_.empty()) return;
  writer_.code("", std::exchange(code_, {}), here());
}

void DocxBody::paragraph(XmlNode node) {
  DocxParagraph content = inline_.read(node);
  if (page_ > 0) page_ += static_cast<std::uint32_t>(content.page_breaks_before_text);
  const std::string style = style_of(node);
  const bool in_contents = parts_.styles.is_contents_entry(style);
  if (!in_contents) written_paragraph(node, content);
  if (page_ > 0) page_ += static_cast<std::uint32_t>(content.page_breaks - content.page_breaks_before_text);
  anchored(content);
  comments(content.comment_ids);
}

void DocxBody::written_paragraph(XmlNode node, DocxParagraph& content) {
  const XmlNode properties = child(node, "pPr");
  const std::string style = style_of(node);
  if (content.text.is_blank() && joined_.empty()) {
    if (!code_.empty() && parts_.styles.is_code(style)) code_ += "\n";
    return;
  }
  const ListReference list = list_of(properties, style);
  if (list.number_id.empty() && is_code(style, content)) {
    code_ += content.text.text() + "\n";
    return;
  }
  flush_code();
  std::string text = std::exchange(joined_, {}) + content.text.markdown();
  if (child(child(properties, "rPr"), "del")) {  // The paragraph mark was deleted: it runs on.
    joined_ = std::move(text);
    return;
  }
  const std::optional<ListMark> mark = parts_.numbering.next(list);
  const std::string label = mark && !mark->label.empty() ? mark->label + " " : "";
  if (parts_.styles.is_title(style)) return writer_.heading(1, text, here(), TextForm::Markdown);
  if (const int level = heading_level(properties, style); level > 0)
    return writer_.heading(level + heading_shift_, text::escape_markdown(label) + text, here(), TextForm::Markdown);
  if (!mark) return writer_.paragraph(text, here(), TextForm::Markdown);
  const bool ordered = mark->is_plain && !mark->is_bullet;
  writer_.list_item(list.level + 1, ordered ? ListKind::Ordered : ListKind::Bullet, mark->number,
                    ordered ? text : label + text, here(), TextForm::Markdown);
}

void DocxBody::anchored(const DocxParagraph& content) {
  for (const XmlNode box : content.boxes) {
    DocxBody inner(parts_, relations_, writer_);
    inner.heading_shift_ = heading_shift_;
    inner.page_ = page_;
    inner.depth_ = depth_;
    flush_code();
    inner.blocks(box);
    inner.end();
  }
  for (const std::string& id : content.chart_ids) {
    const auto found = relations_.find(id);
    if (found == relations_.end()) continue;
    flush_code();
    write_chart(parts_.package, found->second.target, here(), writer_);
  }
  for (const std::string& id : content.diagram_ids) {
    const auto found = relations_.find(id);
    if (found == relations_.end()) continue;
    flush_code();
    write_diagram(parts_.package, found->second.target, here(), writer_);
  }
}

void DocxBody::comments(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const auto found = parts_.comments.find(id);
    if (found == parts_.comments.end()) continue;
    const XmlNode comment = found->second;
    const std::string text = one_line(comment);
    parts_.comments.erase(found);
    if (trimmed(text).empty()) continue;
    const std::string author = clean_text(attribute(comment, "author"));
    flush_code();
    writer_.quote((author.empty() ? "Comment: " : text::escape_markdown(author) + " comments: ") + text, here(),
                  TextForm::Markdown);
  }
}

std::string DocxBody::one_line_paragraph(XmlNode node) {
  DocxParagraph content = inline_.read(node);
  pending_comments_.insert(pending_comments_.end(), content.comment_ids.begin(), content.comment_ids.end());
  if (page_ > 0) page_ += static_cast<std::uint32_t>(content.page_breaks);
  std::string text = content.text.markdown();
  if (const auto mark = parts_.numbering.next(list_of(child(node, "pPr"), style_of(node)));
      mark && !content.text.is_blank())
    text = (mark->label.empty() ? "- " : mark->label + " ") + text;
  for (const XmlNode box : content.boxes) {
    const std::string inner = one_line(box);
    if (!inner.empty()) text += (text.empty() ? "" : " ") + inner;
  }
  return text;
}

std::string DocxBody::one_line(XmlNode parent) {
  std::string line;
  if (++depth_ <= kMaxNesting) {
    for (const XmlNode node : parent.children()) {
      const std::string_view name = local_name(node);
      if (name.ends_with("Pr") || name == "del" || name == "moveFrom") continue;
      const bool row = name == "tr";
      const std::string text = name == "p"                   ? one_line_paragraph(node)
                               : row && is_deleted_row(node) ? ""
                                                             : one_line(node);
      if (trimmed(text).empty()) continue;
      line += (line.empty() ? "" : row ? "; " : name == "tc" ? ", " : " ") + std::string(trimmed(text));
    }
  }
  --depth_;
  return line;
}

}  // namespace openbook::read
