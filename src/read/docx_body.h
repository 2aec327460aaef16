#pragma once

#include <set>
#include <string>
#include <vector>

#include "read/docx_inline.h"
#include "read/docx_numbering.h"
#include "read/docx_styles.h"
#include "read/markdown_writer.h"

/// The block level of a DOCX: paragraphs, lists, tables, text boxes, notes → Markdown.
namespace openbook::read {

/// What every story of one document shares. References must outlive the walk.
struct DocxParts {
  Package& package;
  DocxStyles styles;
  DocxNumbering numbering;
  NoteNumbers notes;
  std::map<std::string, XmlNode> comments;  ///< By id.
};

/// Walks one story (the body, a note, a header) and writes it. Not safe concurrently.
class DocxBody {
 public:
  /// `relations` are those of the story's own part.
  DocxBody(DocxParts& parts, const Relations& relations, MarkdownWriter& writer)
      : parts_(parts), relations_(relations), writer_(writer), inline_(relations, parts.notes) {}

  /// Writes the blocks of a body, a table cell, a text box or a content control.
  void blocks(XmlNode parent);
  /// Writes what is still held back (a code block at the end).
  void end();

  /// Headings go one level down when a title stands above them.
  void shift_headings(bool shift) { heading_shift_ = shift ? 1 : 0; }
  void count_pages(bool count) { page_ = count ? 1 : 0; }

  /// The text of blocks on one line, as a table cell or a note holds it.
  std::string one_line(XmlNode parent);

 private:
  void block(XmlNode node);
  void paragraph(XmlNode node);
  void written_paragraph(XmlNode node, DocxParagraph& content);
  void anchored(const DocxParagraph& content);
  void comments(const std::vector<std::string>& ids);
  void table(XmlNode node);
  void table_as_blocks(XmlNode node);
  std::vector<std::vector<TableCell>> rows_of(XmlNode table);
  std::string one_line_paragraph(XmlNode node);
  std::string style_of(XmlNode paragraph) const;
  ListReference list_of(XmlNode properties, const std::string& style) const;
  int heading_level(XmlNode properties, const std::string& style) const;
  bool is_code(const std::string& style, const DocxParagraph& content) const;
  void flush_code();
  book::SourceSpan here() const;

  DocxParts& parts_;
  const Relations& relations_;
  MarkdownWriter& writer_;
  DocxInline inline_;
  std::string code_;    ///< Lines of the code block under way.
  std::string joined_;  ///< Markdown of a paragraph whose mark was deleted: the next one goes on.
  std::vector<std::string> pending_comments_;
  int heading_shift_ = 0;
  std::uint32_t page_ = 0;
  int depth_ = 0;
};

/// Was the row deleted under tracked changes?
bool is_deleted_row(XmlNode row);

}  // namespace openbook::read
