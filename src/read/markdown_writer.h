#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "book/document.h"

/// Builds Document::markdown and Document::source together, block by block, so that readers need not know how Markdown
/// is written: marks, blank lines, escapes, indents and table rules are made here, once.
namespace openbook::read {

/// Is a text to be escaped (it came from a format that is not Markdown), or does it hold inline Markdown already
/// ("**bold**", links) whose plain parts the caller has escaped?
enum class TextForm : std::uint8_t { Plain, Markdown };

enum class ListKind : std::uint8_t { Bullet, Ordered };

/// One cell of a table. `at.range` is ignored; a cell whose other fields are all zero has no source.
struct TableCell {
  std::string text;
  book::SourceSpan at;
};

/// Appends to a document that must outlive it; several writers may follow one another on one document, also after
/// text was appended by hand. In every call `at` tells where the block stood (its `range` is ignored); all zero:
/// nowhere. Texts that are blank add nothing. Lines inside a text are trimmed and kept as lines. Not safe concurrently.
class MarkdownWriter {
 public:
  explicit MarkdownWriter(book::Document& into) : into_(into) {}

  /// "## Text" on one line; the level is clamped to 1 … 6.
  void heading(int level, std::string_view text, const book::SourceSpan& at = {}, TextForm form = TextForm::Plain);
  void paragraph(std::string_view text, const book::SourceSpan& at = {}, TextForm form = TextForm::Plain);
  void quote(std::string_view text, const book::SourceSpan& at = {}, TextForm form = TextForm::Plain);

  /// One item; depth counts from 1 and is clamped to one deeper than the item before it. `number` counts for ordered
  /// items only. Items that follow one another form a list.
  void list_item(int depth, ListKind kind, int number, std::string_view text, const book::SourceSpan& at = {},
                 TextForm form = TextForm::Plain);
  /// A further paragraph of the item written last (an ordinary paragraph where none was).
  void item_paragraph(std::string_view text, const book::SourceSpan& at = {}, TextForm form = TextForm::Plain);

  /// A GFM table: the first row is the header, short rows are filled up. Neighbouring cells of a row without boxes
  /// share one span, whose column is that of the first. A table of blank cells adds nothing.
  void table(const std::vector<std::vector<TableCell>>& rows, TextForm form = TextForm::Plain);
  /// The same row by row, for tables too long to hold: begin with the header, then its rows; any other call ends it.
  void table_header(std::span<const TableCell> cells, std::size_t column_count, TextForm form = TextForm::Plain);
  void table_row(std::span<const TableCell> cells, TextForm form = TextForm::Plain);

  /// A fenced block, its lines kept as they are; the fence is longer than any in the text.
  void code(std::string_view language, std::string_view text, const book::SourceSpan& at = {});
  void rule();

 private:
  void begin_block(bool tight);
  void add_span(std::size_t begin, const book::SourceSpan& at);
  void append_lines(std::string_view text, TextForm form, std::string_view indent);
  void append_row(std::span<const TableCell> cells, TextForm form);

  book::Document& into_;
  std::vector<std::size_t> item_widths_;  ///< Width of the marker at each depth of the list under way.
  std::size_t column_count_ = 0;          ///< Of the table under way.
};

}  // namespace openbook::read
