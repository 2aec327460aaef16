#include "read/ooxml_chart.h"

#include <algorithm>
#include <map>

namespace openbook::read {
namespace {

constexpr long long kMaxPoints = 5000;
constexpr std::size_t kMaxSeries = 100;

/// Cached points by index.
using Points = std::map<long long, std::string>;

struct Series {
  std::string name;
  Points categories;
  Points values;
};

/// Values often carry 17 digits of a division; six say as much.
std::string shortened(const std::string& number) {
  if (number.size() <= 10 || number.find_first_not_of("0123456789.-+eE") != std::string::npos) return number;
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", std::strtod(number.c_str(), nullptr));
  return buffer;
}

Points points_of(XmlNode source) {
  Points points;
  XmlNode cache = descendant(source, "strCache");
  if (!cache) cache = descendant(source, "numCache");
  if (!cache) cache = descendant(source, "strLit");
  if (!cache) cache = descendant(source, "numLit");
  if (!cache) cache = descendant(source, "lvl");
  for (const XmlNode point : cache.children()) {
    const long long index = number_attribute(point, "idx", -1);
    if (is(point, "pt") && index >= 0 && index < kMaxPoints)
      points[index] = shortened(clean_text(text_of(child(point, "v"))));
  }
  return points;
}

std::vector<Series> series_of(XmlNode plot) {
  std::vector<Series> all;
  for (const XmlNode group : plot.children()) {
    for (const XmlNode node : group.children()) {
      if (!is(node, "ser") || all.size() >= kMaxSeries) continue;
      Series series;
      const Points name = points_of(child(node, "tx"));
      series.name = name.empty() ? clean_text(text_of(child(child(node, "tx"), "v"))) : name.begin()->second;
      series.categories = points_of(child(node, "cat") ? child(node, "cat") : child(node, "xVal"));
      series.values = points_of(child(node, "val") ? child(node, "val") : child(node, "yVal"));
      if (!series.values.empty()) all.push_back(std::move(series));
    }
  }
  return all;
}

std::string rich_text(XmlNode node) {
  std::string text;
  for (const XmlNode paragraph : descendant(node, "rich").children()) {
    if (!is(paragraph, "p")) continue;
    if (!text.empty()) text += ' ';
    for (const XmlNode run : paragraph.children()) text += text_of(child(run, "t"));
  }
  return clean_text(text);
}

/// With one series, Office shows its name where no title was typed.
std::string title_of(XmlNode chart) {
  const XmlNode title = child(chart, "title");
  std::string text = rich_text(title);
  if (text.empty() && title) {
    const Points cached = points_of(title);
    if (!cached.empty()) text = cached.begin()->second;
  }
  return text;
}

}  // namespace

void write_chart(Package& package, std::string_view part, const book::SourceSpan& at, MarkdownWriter& writer) {
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  const XmlNode chart = descendant(xml->root().parent(), "chart");
  const XmlNode plot = child(chart, "plotArea");
  const std::vector<Series> all = series_of(plot);
  writer.paragraph(title_of(chart), at);
  if (all.empty()) return;
  std::map<long long, std::string> categories;
  for (const Series& series : all) {
    for (const auto& [index, value] : series.values) categories.try_emplace(index);
    for (const auto& [index, name] : series.categories)
      if (std::string& known = categories[index]; known.empty()) known = name;
  }
  std::vector<std::vector<TableCell>> rows(1);
  std::string corner;
  for (const XmlNode axis : plot.children())
    if (corner.empty() && (is(axis, "catAx") || is(axis, "dateAx"))) corner = rich_text(child(axis, "title"));
  rows[0].push_back({corner, at});
  for (const Series& series : all) rows[0].push_back({series.name, at});
  for (const auto& [index, name] : categories) {
    std::vector<TableCell>& row = rows.emplace_back();
    row.push_back({name.empty() ? std::to_string(index + 1) : name, at});
    for (const Series& series : all) {
      const auto value = series.values.find(index);
      row.push_back({value == series.values.end() ? std::string() : value->second, at});
    }
  }
  writer.table(rows);
}

void write_diagram(Package& package, std::string_view part, const book::SourceSpan& at, MarkdownWriter& writer) {
  const std::optional<Xml> xml = package.optional_xml(part);
  if (!xml) return;
  for (const XmlNode point : child(xml->root(), "ptLst").children()) {
    std::string text;
    for (const XmlNode paragraph : child(point, "t").children()) {
      if (!is(paragraph, "p")) continue;
      if (!text.empty()) text += ' ';
      for (const XmlNode run : paragraph.children()) text += text_of(child(run, "t"));
    }
    writer.list_item(1, ListKind::Bullet, 0, clean_text(text), at);
  }
}

}  // namespace openbook::read
