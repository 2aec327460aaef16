#include "read/json_render.h"

#include <algorithm>

#include "text/markdown.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxTableColumns = 40;

book::SourceSpan at(const JsonValue& value) {
  book::SourceSpan span;
  span.line = value.line;
  return span;
}

/// Column names of an array whose elements are all flat objects of a like shape; empty if it is none.
std::vector<std::string> table_columns(const JsonValue& array) {
  std::vector<std::string> columns;
  if (array.kind != JsonValue::Kind::Array || array.members.size() < 2) return {};
  std::size_t cells = 0;
  for (const auto& [name, row] : array.members) {
    if (row.kind != JsonValue::Kind::Object || row.members.empty()) return {};
    for (const auto& [key, cell] : row.members) {
      if (!cell.is_scalar() || cell.text.size() > 600) return {};
      if (std::find(columns.begin(), columns.end(), key) == columns.end()) columns.push_back(key);
      ++cells;
    }
    if (columns.size() > kMaxTableColumns) return {};
  }
  return 2 * cells >= columns.size() * array.members.size() ? columns : std::vector<std::string>{};
}

void table(const JsonValue& array, const std::vector<std::string>& columns, MarkdownWriter& writer) {
  std::vector<TableCell> cells;
  for (const std::string& name : columns) cells.push_back({name, at(array)});
  writer.table_header(cells, columns.size());
  for (const auto& [name, row] : array.members) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const JsonValue* cell = row.find(columns[i]);
      cells[i] = {cell ? cell->text : std::string(), at(cell ? *cell : row)};
      cells[i].at.line = row.members.front().value.line;
    }
    writer.table_row(cells);
  }
}

std::string entry(const std::string& key, const JsonValue& value) {
  std::string text = value.kind == JsonValue::Kind::Null ? "null" : value.text;
  text = text::escape_markdown(text);
  return key.empty() ? text : "**" + text::escape_markdown(key) + "**: " + text;
}

void items(const JsonValue& value, int depth, MarkdownWriter& writer);

void item(const std::string& key, const JsonValue& value, int depth, MarkdownWriter& writer) {
  if (value.is_scalar())
    return writer.list_item(depth, ListKind::Bullet, 0, entry(key, value), at(value), TextForm::Markdown);
  if (!key.empty()) {
    writer.list_item(depth, ListKind::Bullet, 0, "**" + text::escape_markdown(key) + "**", at(value),
                     TextForm::Markdown);
    return items(value, depth + 1, writer);
  }
  // An element without a name is told by its first scalar; the rest stands below it.
  bool first = true;
  for (const auto& [name, member] : value.members) {
    item(name, member, first ? depth : depth + 1, writer);
    first = false;
  }
}

void items(const JsonValue& value, int depth, MarkdownWriter& writer) {
  for (const auto& [key, member] : value.members) item(key, member, depth, writer);
}

void section(const JsonValue& value, int level, MarkdownWriter& writer) {
  if (value.is_scalar()) return writer.paragraph(entry("", value), at(value), TextForm::Markdown);
  if (const auto columns = table_columns(value); !columns.empty()) return table(value, columns, writer);
  if (value.kind == JsonValue::Kind::Array || level > 2) return items(value, 1, writer);
  for (const auto& [key, member] : value.members)
    if (member.is_scalar()) item(key, member, 1, writer);
  for (const auto& [key, member] : value.members) {
    if (member.is_scalar() || member.members.empty()) continue;
    writer.heading(level, key, at(member));
    section(member, level + 1, writer);
  }
}

}  // namespace

void render_json(const JsonValue& value, MarkdownWriter& writer) {
  section(value, 1, writer);
}

}  // namespace openbook::read
