#include "read/xlsx_workbook.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

namespace openbook::read {
namespace {

/// Text of a shared or inline string: its runs, without the phonetic readings beside them.
std::string string_text(XmlNode node) {
  std::string text;
  for (const XmlNode item : node.children()) {
    if (is(item, "t")) text += text_of(item);
    if (is(item, "r")) text += text_of(child(item, "t"));
  }
  return clean_text(text);
}

std::vector<std::string> parse_strings(XmlNode root) {
  std::vector<std::string> strings;
  for (const XmlNode item : root.children())
    if (is(item, "si")) strings.push_back(string_text(item));
  return strings;
}

std::vector<std::string> parse_formats(XmlNode root) {
  std::map<long long, std::string> codes;
  for (const XmlNode node : child(root, "numFmts").children())
    codes[number_attribute(node, "numFmtId", -1)] = attribute(node, "formatCode");
  std::vector<std::string> formats;
  for (const XmlNode node : child(root, "cellXfs").children()) {
    if (!is(node, "xf")) continue;
    const long long id = number_attribute(node, "numFmtId", 0);
    const auto own = codes.find(id);
    formats.push_back(own != codes.end() ? own->second : std::string(builtin_format(static_cast<int>(id))));
  }
  return formats;
}

/// "2026-11-24T00:00:00": a cell of type "d" holds its date as text.
std::string date_text(std::string value) {
  if (value.ends_with("Z")) value.pop_back();
  if (value.ends_with("T00:00:00")) value.resize(value.size() - 9);
  const std::size_t mark = value.find('T');
  if (mark != std::string::npos) value[mark] = ' ';
  return value;
}

}  // namespace

std::string XlsxWorkbook::cell_text(XmlNode cell) const {
  const std::string_view type = attribute(cell, "t");
  if (type == "inlineStr") return string_text(child(cell, "is"));
  const std::string raw = text_of(child(cell, "v"));
  if (raw.empty()) return child(cell, "is") ? string_text(child(cell, "is")) : std::string();
  const auto style = static_cast<std::size_t>(std::max(0LL, number_attribute(cell, "s", 0)));
  const std::string_view code = style < cell_formats.size() ? std::string_view(cell_formats[style]) : "General";
  if (type == "s") {
    std::size_t index = strings.size();
    const std::string_view digits = trimmed(raw);
    std::from_chars(digits.data(), digits.data() + digits.size(), index);
    return index < strings.size() ? formatted_text(strings[index], code) : std::string();
  }
  if (type == "b") return trimmed(raw) == "0" || trimmed(raw) == "false" ? "FALSE" : "TRUE";
  if (type == "str") return formatted_text(clean_text(raw), code);
  if (type == "e") return clean_text(raw);
  if (type == "d") return date_text(clean_text(raw));
  const std::string number(trimmed(raw));
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || *end != '\0') return clean_text(raw);
  return clean_text(formatted_number(value, code, dates));
}

Result<XlsxWorkbook> parse_workbook(Package& package) {
  OB_TRY(const std::string main, package.main_part("xl/workbook.xml"));
  OB_TRY(const Xml xml, package.xml(main));
  const Relations relations = package.relations(main);
  XlsxWorkbook workbook;
  if (const XmlNode properties = child(xml.root(), "workbookPr");
      attribute(properties, "date1904") == "1" || attribute(properties, "date1904") == "true")
    workbook.dates = DateSystem::From1904;
  for (const XmlNode node : child(xml.root(), "sheets").children()) {
    const auto relation = relations.find(prefixed_attribute(node, "id"));
    if (!is(node, "sheet") || relation == relations.end()) continue;
    const std::string_view state = attribute(node, "state");
    workbook.sheets.push_back(
        {clean_text(attribute(node, "name")), relation->second.target, !state.empty() && state != "visible"});
  }
  if (workbook.sheets.empty())
    return fail(Code::Corrupt, "the workbook names no sheet that can be found; open it in Excel and save it anew");
  const std::size_t slash = main.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : main.substr(0, slash + 1);
  const auto related = [&](std::string_view type, std::string_view file) {
    const Relation* relation = Package::first_of(relations, type);
    return package.optional_xml(relation != nullptr ? relation->target : folder + std::string(file));
  };
  if (const auto strings = related("sharedStrings", "sharedStrings.xml"))
    workbook.strings = parse_strings(strings->root());
  if (const auto styles = related("styles", "styles.xml")) workbook.cell_formats = parse_formats(styles->root());
  return workbook;
}

}  // namespace openbook::read
