#include "read/omml.h"

#include "text/utf8.h"

namespace openbook::read {
namespace {

std::string all_text(XmlNode parent);

/// Does an expression need brackets to stand as one operand?
bool is_simple(std::string_view text) {
  if (text::code_point_count(text) <= 1) return true;
  if (text.front() == '(' && text.back() == ')' && text.find('(', 1) == std::string_view::npos) return true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    const bool word =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c >= 0x370;
    if (!word) return false;
  }
  return true;
}

std::string operand(const std::string& text) {
  return is_simple(text) ? text : "(" + text + ")";
}

std::string part(XmlNode node, std::string_view name) {
  return all_text(child(node, name));
}

std::string character(XmlNode node, std::string_view properties, std::string_view name, std::string_view otherwise) {
  const XmlNode mark = child(child(node, properties), name);
  return std::string(mark ? attribute(mark, "val") : otherwise);
}

std::string delimited(XmlNode node) {
  std::string text = character(node, "dPr", "begChr", "(");
  const std::string separator = character(node, "dPr", "sepChr", "|");
  bool first = true;
  for (const XmlNode item : node.children()) {
    if (!is(item, "e")) continue;
    if (!first) text += separator;
    first = false;
    text += all_text(item);
  }
  return text + character(node, "dPr", "endChr", ")");
}

std::string large_operator(XmlNode node) {
  std::string text = character(node, "naryPr", "chr", "∫");
  if (const std::string below = part(node, "sub"); !below.empty()) text += "_" + operand(below);
  if (const std::string above = part(node, "sup"); !above.empty()) text += "^" + operand(above);
  return text + " " + part(node, "e");
}

std::string matrix(XmlNode node, std::string_view row_name) {
  std::string text;
  for (const XmlNode row : node.children()) {
    if (!is(row, row_name)) continue;
    if (!text.empty()) text += "; ";
    if (is(row, "e")) {
      text += all_text(row);
      continue;
    }
    bool first = true;
    for (const XmlNode cell : row.children()) {
      if (!is(cell, "e")) continue;
      if (!first) text += ", ";
      first = false;
      text += all_text(cell);
    }
  }
  return text;
}

std::string radical(XmlNode node) {
  const std::string degree = part(node, "deg");
  const std::string root = degree.empty() ? "√" : degree == "3" ? "∛" : "root_" + operand(degree);
  return root + (degree.empty() || degree == "3" ? operand(part(node, "e")) : "(" + part(node, "e") + ")");
}

/// Relations and signs between blanks, as in print; a sign at the beginning stays close to its operand.
std::string spaced(const std::string& run, bool first) {
  constexpr std::u32string_view kRelations = U"=<>≤≥≠≈≡∼→⇒⇔∈⊂⊆±×÷";
  std::string out;
  for (std::size_t at = 0; at < run.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(run, at);
    const bool leads = first && out.empty();
    const bool spreads = kRelations.find(c) != std::u32string_view::npos || ((c == '+' || c == U'−') && !leads);
    if (spreads && !out.ends_with(' ') && !leads) out += ' ';
    out.append(run, begin, at - begin);
    if (spreads && !(at < run.size() && run[at] == ' ')) out += ' ';
  }
  return out;
}

std::string node_text(XmlNode node, bool first) {
  const std::string_view name = local_name(node);
  if (name == "r") {
    std::string run;
    for (const XmlNode item : node.children())
      if (is(item, "t")) run += text_of(item);
    return spaced(clean_text(run), first);
  }
  if (name == "f") return operand(part(node, "num")) + "/" + operand(part(node, "den"));
  if (name == "sSup") return part(node, "e") + "^" + operand(part(node, "sup"));
  if (name == "sSub") return part(node, "e") + "_" + operand(part(node, "sub"));
  if (name == "sSubSup") return part(node, "e") + "_" + operand(part(node, "sub")) + "^" + operand(part(node, "sup"));
  if (name == "sPre")
    return "_" + operand(part(node, "sub")) + "^" + operand(part(node, "sup")) + " " + part(node, "e");
  if (name == "rad") return radical(node);
  if (name == "d") return delimited(node);
  if (name == "nary") return large_operator(node);
  if (name == "func") return part(node, "fName") + "(" + part(node, "e") + ")";
  if (name == "limLow") return part(node, "e") + "_" + operand(part(node, "lim"));
  if (name == "limUpp") return part(node, "e") + "^" + operand(part(node, "lim"));
  if (name == "m") return "[" + matrix(node, "mr") + "]";
  if (name == "eqArr") return matrix(node, "e");
  if (name == "del" || name.ends_with("Pr")) return {};
  return all_text(node);
}

std::string all_text(XmlNode parent) {
  std::string text;
  for (const XmlNode item : parent.children()) {
    std::string next = node_text(item, text.empty());
    if (text.ends_with(' ') && next.starts_with(' ')) next.erase(0, 1);
    text += next;
  }
  return text;
}

}  // namespace

std::string math_text(XmlNode math) {
  if (!is(math, "oMathPara")) return std::string(trimmed(all_text(math)));
  std::string text;
  for (const XmlNode equation : math.children()) {
    if (!is(equation, "oMath")) continue;
    if (!text.empty()) text += "; ";
    text += trimmed(all_text(equation));
  }
  return text;
}

}  // namespace openbook::read
