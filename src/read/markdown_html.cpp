#include "read/markdown_html.h"

#include <algorithm>
#include <charconv>

#include "text/utf8.h"

namespace openbook::read {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

bool is_known_tag(const std::string& name) {
  static constexpr std::string_view kNames[] = {
      "a",     "abbr",    "b",       "big",    "blockquote", "br",    "center", "code",    "dd",
      "del",   "details", "div",     "dl",     "dt",         "em",    "font",   "figure",  "figcaption",
      "h1",    "h2",      "h3",      "h4",     "h5",         "h6",    "hr",     "i",       "img",
      "ins",   "kbd",     "li",      "mark",   "nobr",       "ol",    "p",      "picture", "pre",
      "q",     "s",       "samp",    "script", "section",    "small", "source", "span",    "strong",
      "style", "sub",     "summary", "sup",    "svg",        "table", "tbody",  "td",      "th",
      "thead", "tr",      "tt",      "u",      "ul",         "var",   "video",  "iframe",  "input",
      "label", "article", "header",  "footer", "nav",        "tfoot", "path",   "caption", "wbr"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// Writes the character of "&name;" at `at` and moves past it; a lone "&" stays.
void entity(std::string_view line, std::size_t& at, std::string& out) {
  static constexpr struct {
    std::string_view name, text;
  } kEntities[] = {{"amp", "&"},   {"lt", "\\<"}, {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
                   {"nbsp", " "},  {"copy", "©"}, {"mdash", "—"},  {"ndash", "–"},  {"hellip", "…"},
                   {"times", "×"}, {"reg", "®"},  {"vert", "\\|"}, {"#124", "\\|"}, {"#x7C", "\\|"}};
  const std::size_t end = line.find(';', at);
  const std::string_view name = end == std::string_view::npos || end - at > 10 ? "" : line.substr(at + 1, end - at - 1);
  for (const auto& row : kEntities) {
    if (row.name != name) continue;
    out += row.text;
    at = end + 1;
    return;
  }
  std::uint32_t code_point = 0;
  if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    std::from_chars(name.data() + (hex ? 2 : 1), name.data() + name.size(), code_point, hex ? 16 : 10);
  }
  if (code_point >= 0x20 && code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF)) {
    text::append_utf8(out, code_point);
    at = end + 1;
    return;
  }
  out += line[at++];
}

}  // namespace

void InlineHtmlCleaner::tag(std::string_view line, std::size_t& at, std::string& out) {
  if (line.substr(at, 4) == "<!--") {
    const std::size_t end = line.find("-->", at + 4);
    inside_ = end == std::string_view::npos ? "-->" : "";
    at = end == std::string_view::npos ? line.size() : end + 3;
    return;
  }
  const bool closing = at + 1 < line.size() && line[at + 1] == '/';
  std::size_t end = at + 1 + closing;
  while (end < line.size() &&
         ((line[end] | 0x20) >= 'a' ? (line[end] | 0x20) <= 'z' : line[end] >= '0' && line[end] <= '9'))
    ++end;
  const std::string name = lower(line.substr(at + 1 + closing, end - at - 1 - closing));
  const std::size_t close = line.find('>', end);
  const bool attributes =
      end < line.size() && (line[end] == ' ' || line[end] == '>' || line[end] == '/' || line[end] == '\t');
  if (!is_known_tag(name) || !(attributes || end == line.size())) {
    out += line[at++];
    return;
  }
  if (name == "script" || name == "style" || name == "svg") inside_ = closing ? "" : "</" + name;
  if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !closing &&
      out.find_first_not_of(' ') == std::string::npos)
    out = std::string(static_cast<std::size_t>(name[1] - '0'), '#') + " ";
  if (name == "br" || name == "td" || name == "th") out += ' ';
  if (name == "ul" || name == "ol") list_depth_ = std::clamp(list_depth_ + (closing ? -1 : 1), 0, 20);
  if (name == "li" && !closing && out.find_first_not_of(' ') == std::string::npos)
    out = std::string(static_cast<std::size_t>(std::max(0, list_depth_ - 1)) * 2, ' ') + "- ";
  // A tag that goes on in the next line: its attributes are skipped up to its end.
  if (close == std::string_view::npos) inside_ = ">";
  at = close == std::string_view::npos ? line.size() : close + 1;
}

std::string InlineHtmlCleaner::cleaned(std::string_view line) {
  if (inside_.empty() && line.find('<') == std::string_view::npos && line.find('&') == std::string_view::npos)
    return std::string(line.substr(0, line.find_last_not_of(" \t") + 1));
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    if (!inside_.empty()) {
      const std::size_t end = lower(line).find(inside_, at);
      if (end == std::string::npos) break;
      at = end + inside_.size();
      if (inside_.starts_with("</")) at = std::min(line.find('>', at), line.size() - 1) + 1;
      inside_.clear();
    } else if (line[at] == '\\' && at + 1 < line.size()) {
      out.append(line.substr(at, 2));
      at += 2;
    } else if (line[at] == '`') {
      const std::size_t run = std::min(line.find_first_not_of('`', at), line.size()) - at;
      const std::size_t end = line.find(line.substr(at, run), at + run);
      const std::size_t stop = end == std::string_view::npos ? at + run : end + run;
      out.append(line.substr(at, stop - at));
      at = stop;
    } else if (line[at] == '<') {
      tag(line, at, out);
    } else if (line[at] == '&') {
      entity(line, at, out);
    } else {
      out += line[at++];
    }
  }
  const std::size_t end = out.find_last_not_of(" \t");
  if (end == std::string::npos ||
      (line.find('<') != std::string_view::npos && out.find_first_not_of("# ") == std::string::npos))
    return {};
  out.resize(end + 1);
  // What HTML's indentation leaves would be read as code.
  if (const std::size_t begin = out.find_first_not_of(' ');
      begin >= 4 && line.find('<') != std::string_view::npos && out.compare(begin, 2, "- ") != 0)
    out.erase(0, begin);
  return out;
}

}  // namespace openbook::read
