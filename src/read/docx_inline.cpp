#include "read/docx_inline.h"

#include <algorithm>

#include "read/docx_styles.h"
#include "read/omml.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

/// The branch of an AlternateContent that we read: the newer form of what its fallback says again.
XmlNode chosen_branch(XmlNode node) {
  if (const XmlNode choice = child(node, "Choice")) return choice;
  return child(node, "Fallback");
}

/// Symbol fonts put their signs at U+F000 and above; only those that mean something everywhere are kept.
std::string symbol(XmlNode node) {
  const std::string code(attribute(node, "char"));
  const unsigned long value = std::strtoul(code.c_str(), nullptr, 16);
  const unsigned long low = value & 0xFF;
  const std::string_view font = attribute(node, "font");
  if (font.starts_with("Wingdings")) {
    switch (low) {
      case 0xFC:
      case 0x50:
        return "✓";
      case 0xFB:
        return "✗";
      case 0xFE:
      case 0x52:
        return "☑";
      case 0xFD:
      case 0x53:
        return "☒";
      case 0xA8:
      case 0x6F:
      case 0x71:
        return "☐";
      case 0xE0:
        return "→";
      case 0xDF:
        return "←";
      default:
        return "";
    }
  }
  if (font == "Symbol" && low >= 0x61 && low <= 0x7A) {
    constexpr std::u32string_view kGreek = U"αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    std::string out;
    text::append_utf8(out, kGreek[low - 0x61]);
    return out;
  }
  std::string out;
  if (value >= 0x20 && value < 0xD800) text::append_utf8(out, static_cast<char32_t>(value));
  return out;
}

/// First quoted argument of `HYPERLINK "https://…"`.
std::string_view hyperlink_address(std::string_view instruction) {
  instruction = trimmed(instruction);
  if (!instruction.starts_with("HYPERLINK")) return {};
  const std::size_t begin = instruction.find('"');
  if (begin == std::string_view::npos || instruction.substr(0, begin).find("\\l") != std::string_view::npos) return {};
  const std::size_t end = instruction.find('"', begin + 1);
  return end == std::string_view::npos ? std::string_view() : instruction.substr(begin + 1, end - begin - 1);
}

bool is_dropped(std::string_view name) {
  constexpr std::string_view kNames[] = {"del", "moveFrom", "pPr", "rPr", "sdtPr", "proofErr", "instrText", "delText"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

int NoteNumbers::number_of(const std::string& key) {
  const auto [found, is_new] = numbers_.try_emplace(key, static_cast<int>(order_.size()) + 1);
  if (is_new) order_.push_back(key);
  return found->second;
}

DocxParagraph DocxInline::read(XmlNode paragraph) {
  DocxParagraph into;
  has_run_ = false;
  for (Field& field : fields_) field.in_this_paragraph = false;
  walk(paragraph, into);
  if (!has_run_) into.is_monospaced = false;
  return into;
}

void DocxInline::walk(XmlNode parent, DocxParagraph& into) {
  for (const XmlNode node : parent.children()) element(node, into);
}

void DocxInline::element(XmlNode node, DocxParagraph& into) {
  const std::string_view name = local_name(node);
  if (is_dropped(name)) return;
  if (name == "r") return run(node, into);
  if (name == "hyperlink") return hyperlink(node, into);
  if (name == "oMath" || name == "oMathPara") return add_text(clean_text(math_text(node)), into);
  if (name == "commentReference") {
    into.comment_ids.emplace_back(attribute(node, "id"));
    return;
  }
  if (name == "sdt" && descendant(child(node, "sdtPr"), "checkbox")) return check_box(node, into);
  if (name == "AlternateContent") return walk(chosen_branch(node), into);
  if (name == "ruby") {
    // The reading goes behind its base, as books print it on one line.
    walk(child(node, "rubyBase"), into);
    const std::string reading = text_of(child(node, "rt"));
    if (!reading.empty()) add_text("(" + clean_text(reading) + ")", into);
    return;
  }
  if (name == "fldSimple" && attribute(node, "instr").find("PAGE") != std::string_view::npos &&
      attribute(node, "instr").find("PAGEREF") == std::string_view::npos)
    return;
  walk(node, into);
}

void DocxInline::hyperlink(XmlNode node, DocxParagraph& into) {
  const std::size_t mark = into.text.piece_count();
  walk(node, into);
  const auto found = relations_.find(attribute(node, "id"));
  if (found != relations_.end() && found->second.external) into.text.link_from(mark, found->second.target);
}

void DocxInline::run(XmlNode node, DocxParagraph& into) {
  const XmlNode properties = child(node, "rPr");
  if (is_on(child(properties, "vanish")) || child(properties, "del")) {
    for (const XmlNode item : node.children())
      if (is(item, "fldChar")) field_mark(item, into);
    return;
  }
  const XmlNode fonts = child(properties, "rFonts");
  const bool mono = is_monospaced_font(attribute(fonts, "ascii"));
  if (!trimmed(text_of(child(node, "t"))).empty()) {
    has_run_ = true;
    if (!mono) into.is_monospaced = false;
  }
  for (const XmlNode item : node.children()) run_item(item, into);
}

void DocxInline::add_text(std::string_view text, DocxParagraph& into) {
  if (text.empty() || is_hidden_by_field()) return;
  if (!trimmed(text).empty()) into.has_letters = true;
  into.text.plain(text);
}

void DocxInline::run_item(XmlNode node, DocxParagraph& into) {
  const std::string_view name = local_name(node);
  if (name == "t") return add_text(clean_text(text_of(node)), into);
  if (name == "tab" || name == "ptab") return add_text("\t", into);
  if (name == "cr") return add_text("\n", into);
  if (name == "br")
    return attribute(node, "type").empty() || attribute(node, "type") == "textWrapping" ? add_text("\n", into) : void();
  if (name == "noBreakHyphen") return add_text("-", into);
  if (name == "sym") return add_text(symbol(node), into);
  if (name == "fldChar") return field_mark(node, into);
  if (name == "instrText" && !fields_.empty()) {
    if (!fields_.back().shows_result) fields_.back().instruction += text_of(node);
    return;
  }
  if (name == "footnoteReference" || name == "endnoteReference") {
    const std::string key = std::string(name == "footnoteReference" ? "f" : "e") + std::string(attribute(node, "id"));
    if (!is_hidden_by_field()) into.text.raw("[^" + std::to_string(notes_.number_of(key)) + "]");
    return;
  }
  if (name == "lastRenderedPageBreak") {
    ++into.page_breaks;
    if (!into.has_letters) ++into.page_breaks_before_text;
    return;
  }
  if (name == "drawing" || name == "pict" || name == "object") return anchored(node, into);
  if (name == "AlternateContent") {
    for (const XmlNode item : chosen_branch(node).children()) run_item(item, into);
    return;
  }
  if (name != "footnoteRef" && name != "endnoteRef" && name != "annotationRef") element(node, into);
}

bool DocxInline::is_hidden_by_field() const {
  return std::any_of(fields_.begin(), fields_.end(), [](const Field& field) { return !field.shows_result; });
}

void DocxInline::field_mark(XmlNode node, DocxParagraph& into) {
  constexpr std::size_t kMaxNested = 64;
  const std::string_view type = attribute(node, "fldCharType");
  if (type == "begin" && fields_.size() < kMaxNested) {
    if (const XmlNode box = descendant(node, "checkBox")) {
      const XmlNode checked = child(box, "checked");
      add_text(is_on(checked ? checked : child(box, "default")) ? "[x] " : "[ ] ", into);
    }
    fields_.push_back({});
  } else if (type == "separate" && !fields_.empty()) {
    fields_.back().shows_result = true;
    fields_.back().mark = into.text.piece_count();
  } else if (type == "end" && !fields_.empty()) {
    const Field field = std::move(fields_.back());
    fields_.pop_back();
    const std::string_view address = hyperlink_address(field.instruction);
    if (field.shows_result && field.in_this_paragraph && !address.empty()) into.text.link_from(field.mark, address);
  }
}

void DocxInline::check_box(XmlNode sdt, DocxParagraph& into) {
  const XmlNode state = child(descendant(child(sdt, "sdtPr"), "checkbox"), "checked");
  add_text(is_on(state) ? "[x] " : "[ ] ", into);
}

void DocxInline::anchored(XmlNode node, DocxParagraph& into) {
  for (const XmlNode item : node.children()) {
    const std::string_view name = local_name(item);
    if (name == "txbxContent") {
      into.boxes.push_back(item);
    } else if (name == "chart") {
      into.chart_ids.emplace_back(prefixed_attribute(item, "id"));
    } else if (name == "relIds") {
      into.diagram_ids.emplace_back(attribute(item, "dm"));
    } else if (name == "textpath") {
      add_text(clean_text(attribute(item, "string")), into);  // WordArt of the old kind.
    } else {
      anchored(name == "AlternateContent" ? chosen_branch(item) : item, into);
    }
  }
}

}  // namespace openbook::read
