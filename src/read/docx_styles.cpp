#include "read/docx_styles.h"

#include <algorithm>
#include <array>

namespace openbook::read {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// "heading 2" → 2; also the names that other writers use for their own heading styles. 0: no heading.
int level_in_name(std::string_view name) {
  constexpr std::string_view kWords[] = {"heading",   "überschrift", "titre", "título", "titolo",
                                         "заголовок", "标题",        "標題",  "見出し", "제목"};
  for (const std::string_view word : kWords) {
    if (!name.starts_with(word)) continue;
    const std::string_view rest = trimmed(name.substr(word.size()));
    if (rest.size() == 1 && rest[0] >= '1' && rest[0] <= '9') return rest[0] - '0';
  }
  return 0;
}

ParagraphStyle parse_style(XmlNode node) {
  ParagraphStyle style;
  style.name = lower(attribute(child(node, "name"), "val"));
  style.based_on = attribute(child(node, "basedOn"), "val");
  style.font = attribute(child(child(node, "rPr"), "rFonts"), "ascii");
  const XmlNode properties = child(node, "pPr");
  if (const XmlNode outline = child(properties, "outlineLvl"))
    style.outline_level = static_cast<int>(std::clamp(number_attribute(outline, "val", 9), 0LL, 9LL));
  const XmlNode list = child(properties, "numPr");
  if (const XmlNode id = child(list, "numId")) style.number_id = attribute(id, "val");
  if (const XmlNode level = child(list, "ilvl"))
    style.number_level = static_cast<int>(std::clamp(number_attribute(level, "val", 0), 0LL, 8LL));
  return style;
}

bool is_code_name(std::string_view name) {
  constexpr std::string_view kNames[] = {"code",
                                         "code block",
                                         "codeblock",
                                         "source code",
                                         "sourcecode",
                                         "source",
                                         "html code",
                                         "html preformatted",
                                         "preformatted",
                                         "preformatted text",
                                         "verbatim",
                                         "macro",
                                         "macro text",
                                         "programlisting",
                                         "program listing",
                                         "code listing",
                                         "console",
                                         "代码",
                                         "程序代码",
                                         "代码块"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

bool is_monospaced_font(std::string_view font) {
  constexpr std::string_view kFonts[] = {"courier",         "consolas",    "menlo",       "monaco",
                                         "lucida console",  "source code", "fira code",   "dejavu sans mono",
                                         "liberation mono", "cascadia",    "andale mono", "ubuntu mono",
                                         "jetbrains mono",  "roboto mono", "inconsolata", "sf mono"};
  const std::string name = lower(font);
  return std::any_of(std::begin(kFonts), std::end(kFonts), [&](std::string_view f) { return name.starts_with(f); });
}

DocxStyles::DocxStyles(XmlNode styles_root) {
  for (const XmlNode node : styles_root.children()) {
    if (!is(node, "style")) continue;
    const std::string_view type = attribute(node, "type");
    if (!type.empty() && type != "paragraph") continue;
    const std::string id(attribute(node, "styleId"));
    const std::string_view by_default = attribute(node, "default");
    if (by_default == "1" || by_default == "true" || by_default == "on") default_style_ = id;
    styles_.emplace(id, parse_style(node));
  }
}

template <typename Visit>
bool DocxStyles::climb(std::string_view style_id, Visit visit) const {
  constexpr int kMaxAncestors = 32;
  auto found = styles_.find(style_id);
  for (int i = 0; i < kMaxAncestors && found != styles_.end(); ++i) {
    if (visit(found->second)) return true;
    found = styles_.find(found->second.based_on);
  }
  return false;
}

int DocxStyles::heading_level(std::string_view style_id) const {
  int level = 0;
  const bool decided = climb(style_id, [&](const ParagraphStyle& style) {
    level = level_in_name(style.name);
    if (level == 0 && style.outline_level) level = *style.outline_level < 9 ? *style.outline_level + 1 : 0;
    return level > 0 || style.outline_level.has_value() || style.name.starts_with("toc ");
  });
  if (!decided && !styles_.contains(style_id)) level = level_in_name(lower(style_id));  // No styles part.
  return level;
}

bool DocxStyles::is_title(std::string_view style_id) const {
  return climb(style_id, [](const ParagraphStyle& style) { return style.name == "title"; }) ||
         (!styles_.contains(style_id) && style_id == "Title");
}

bool DocxStyles::is_contents_entry(std::string_view style_id) const {
  return climb(style_id, [](const ParagraphStyle& style) {
    const std::string_view name = style.name;
    return (name.starts_with("toc ") && name.size() == 5) || name == "table of figures" || name == "index 1";
  });
}

bool DocxStyles::is_code(std::string_view style_id) const {
  return climb(style_id, [](const ParagraphStyle& style) { return is_code_name(style.name); });
}

bool DocxStyles::is_monospaced(std::string_view style_id) const {
  bool mono = false;
  climb(style_id, [&](const ParagraphStyle& style) {
    mono = is_monospaced_font(style.font);
    return !style.font.empty();
  });
  return mono;
}

ListReference DocxStyles::list(std::string_view style_id) const {
  ListReference reference;
  bool has_level = false;
  climb(style_id, [&](const ParagraphStyle& style) {
    if (style.number_level && !has_level) {
      reference.level = *style.number_level;
      has_level = true;
    }
    if (style.number_id) reference.number_id = *style.number_id;
    return style.number_id.has_value();
  });
  return reference;
}

}  // namespace openbook::read
