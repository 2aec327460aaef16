#include "read/pptx_slide.h"

#include <algorithm>
#include <array>

#include "read/inline_text.h"
#include "read/omml.h"
#include "read/ooxml_chart.h"

namespace openbook::read {
namespace {

constexpr int kMaxGroups = 40;
constexpr std::size_t kMaxColumns = 256;
constexpr std::size_t kRepeatedBytes = 200;

std::string_view placeholder_type(XmlNode shape) {
  for (const XmlNode node : shape.children()) {
    const XmlNode place = child(child(node, "nvPr"), "ph");
    if (place) return attribute(place, "type").empty() ? "obj" : attribute(place, "type");
  }
  return {};
}

bool is_title_type(std::string_view type) {
  return type == "title" || type == "ctrTitle";
}

bool is_hidden(XmlNode shape) {
  for (const XmlNode node : shape.children()) {
    const std::string_view hidden = attribute(child(node, "cNvPr"), "hidden");
    if (hidden == "1" || hidden == "true") return true;
  }
  return false;
}

XmlNode find_title(XmlNode parent, int depth = 0) {
  for (const XmlNode node : parent.children()) {
    if (is(node, "sp") && is_title_type(placeholder_type(node)) && !trimmed(text_of(child(node, "txBody"))).empty())
      return node;
    if (is(node, "grpSp") && depth < kMaxGroups)
      if (const XmlNode found = find_title(node, depth + 1)) return found;
  }
  return {};
}

void add_runs(XmlNode parent, const Relations& relations, InlineText& into) {
  for (const XmlNode node : parent.children()) {
    const std::string_view name = local_name(node);
    if (name == "r" || name == "fld") {
      const std::size_t mark = into.piece_count();
      into.plain(clean_text(text_of(child(node, "t"))));
      const auto link = relations.find(prefixed_attribute(child(child(node, "rPr"), "hlinkClick"), "id"));
      if (link != relations.end() && link->second.external) into.link_from(mark, link->second.target);
    } else if (name == "br") {
      into.plain("\n");
    } else if (name == "AlternateContent") {
      add_runs(child(node, "Choice"), relations, into);
    } else if (name == "m" || name == "oMath" || name == "oMathPara") {
      const XmlNode math = name == "m" ? node.first_child() : node;
      into.plain(clean_text(math_text(math)));
    }
  }
}

std::string one_line(XmlNode body, const Relations& relations) {
  std::string line;
  for (const XmlNode paragraph : body.children()) {
    if (!is(paragraph, "p")) continue;
    const std::string text = pptx_paragraph_text(paragraph, relations);
    if (!trimmed(text).empty()) line += (line.empty() ? "" : " ") + std::string(trimmed(text));
  }
  return line;
}

/// Is the paragraph an item of a list, by its own word or by its place's habit?
bool is_item(XmlNode properties, bool bulleted) {
  if (child(properties, "buNone")) return false;
  if (child(properties, "buChar") || child(properties, "buAutoNum") || child(properties, "buBlip")) return true;
  return bulleted;
}

}  // namespace

std::string pptx_paragraph_text(XmlNode paragraph, const Relations& relations) {
  InlineText text;
  add_runs(paragraph, relations, text);
  return text.markdown();
}

void PptxSlide::write(XmlNode slide) {
  const XmlNode tree = child(child(slide, "cSld"), "spTree");
  title_ = find_title(tree);
  if (title_) writer_.heading(1, one_line(child(title_, "txBody"), relations_), at_, TextForm::Markdown);
  shapes(tree, 0);
}

void PptxSlide::write_notes(XmlNode notes) {
  for (const XmlNode node : child(child(notes, "cSld"), "spTree").children()) {
    if (placeholder_type(node) != "body") continue;
    const std::string text = one_line(child(node, "txBody"), relations_);
    if (!text.empty()) writer_.paragraph("Notes: " + text, at_, TextForm::Markdown);
  }
}

void PptxSlide::shapes(XmlNode parent, int depth) {
  for (const XmlNode node : parent.children()) shape(node, depth);
}

void PptxSlide::shape(XmlNode node, int depth) {
  const std::string_view name = local_name(node);
  if (name == "grpSp" && depth < kMaxGroups && !is_hidden(node)) return shapes(node, depth + 1);
  if (name == "graphicFrame") return graphic(node);
  if (name == "AlternateContent" && depth < kMaxGroups)
    return shapes(child(node, "Choice") ? child(node, "Choice") : child(node, "Fallback"), depth + 1);
  if (node == title_ || is_hidden(node)) return;
  const std::string_view place = placeholder_type(node);
  if (place == "sldNum" || place == "dt" || place == "sldImg") return;
  if (const XmlNode body = child(node, "txBody")) text_body(body, place == "body" || place == "obj");
}

void PptxSlide::text_body(XmlNode body, bool bulleted) {
  std::array<int, 9> numbers{};
  std::size_t paragraph_count = 0;
  for (const XmlNode node : body.children()) paragraph_count += is(node, "p") && !trimmed(text_of(node)).empty();
  for (const XmlNode paragraph : body.children()) {
    if (!is(paragraph, "p")) continue;
    const std::string text = pptx_paragraph_text(paragraph, relations_);
    const XmlNode properties = child(paragraph, "pPr");
    const auto level = static_cast<std::size_t>(std::clamp(number_attribute(properties, "lvl", 0), 0LL, 8LL));
    if (trimmed(text).empty()) continue;
    const XmlNode numbering = child(properties, "buAutoNum");
    if (!is_item(properties, bulleted && (paragraph_count > 1 || level > 0))) {
      writer_.paragraph(text, at_, TextForm::Markdown);
      numbers.fill(0);
      continue;
    }
    std::fill(numbers.begin() + static_cast<std::ptrdiff_t>(level) + 1, numbers.end(), 0);
    if (numbering && numbers[level] == 0)
      numbers[level] = static_cast<int>(std::clamp(number_attribute(numbering, "startAt", 1), 1LL, 32767LL)) - 1;
    numbers[level] = numbering ? numbers[level] + 1 : 0;
    writer_.list_item(static_cast<int>(level) + 1, numbering ? ListKind::Ordered : ListKind::Bullet, numbers[level],
                      text, at_, TextForm::Markdown);
  }
}

void PptxSlide::graphic(XmlNode frame) {
  if (is_hidden(frame)) return;
  const XmlNode data = descendant(frame, "graphicData");
  if (const XmlNode found = child(data, "tbl")) return table(found);
  if (const auto chart = relations_.find(prefixed_attribute(child(data, "chart"), "id")); chart != relations_.end())
    return write_chart(package_, chart->second.target, at_, writer_);
  if (const auto diagram = relations_.find(attribute(child(data, "relIds"), "dm")); diagram != relations_.end())
    return write_diagram(package_, diagram->second.target, at_, writer_);
}

void PptxSlide::table(XmlNode table) {
  std::vector<std::vector<TableCell>> rows;
  for (const XmlNode row : table.children()) {
    if (!is(row, "tr")) continue;
    std::vector<TableCell> cells;
    for (const XmlNode cell : row.children()) {
      if (!is(cell, "tc") || cells.size() >= kMaxColumns) continue;
      std::string text = one_line(child(cell, "txBody"), relations_);
      // Cells that a merge covers stand in the grid, empty: they get the text that the eye sees over them.
      if (attribute(cell, "hMerge") == "1" && !cells.empty()) text = cells.back().text;
      if (attribute(cell, "vMerge") == "1" && !rows.empty() && cells.size() < rows.back().size())
        text = rows.back()[cells.size()].text;
      const bool covered = attribute(cell, "hMerge") == "1" || attribute(cell, "vMerge") == "1";
      if (covered && text.size() > kRepeatedBytes) text.clear();
      cells.push_back({std::move(text), at_});
    }
    rows.push_back(std::move(cells));
  }
  if (!rows.empty()) writer_.table(rows, TextForm::Markdown);
}

}  // namespace openbook::read
