#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "read/inline_text.h"
#include "read/ooxml.h"

/// What stands inside a paragraph of a DOCX.
namespace openbook::read {

/// One paragraph's content, and what hangs on it but is read as blocks of its own.
struct DocxParagraph {
  InlineText text;
  std::vector<XmlNode> boxes;            ///< txbxContent elements anchored here.
  std::vector<std::string> chart_ids;    ///< Relations of charts anchored here.
  std::vector<std::string> diagram_ids;  ///< Relations of the data of SmartArt anchored here.
  std::vector<std::string> comment_ids;
  bool has_letters = false;
  bool is_monospaced = true;  ///< Every run with letters wears a monospaced font of its own.
  int page_breaks = 0;        ///< Breaks that Word saw when it last laid the document out.
  int page_breaks_before_text = 0;
};

/// Notes of one kind (footnotes or endnotes), numbered in the order of their marks.
class NoteNumbers {
 public:
  /// Number of the note with that id; the first mark of a note gives it the next number.
  int number_of(const std::string& key);
  const std::vector<std::string>& order() const { return order_; }

 private:
  std::map<std::string, int> numbers_;
  std::vector<std::string> order_;
};

/// Reads paragraphs in document order; fields may run over several, so one object reads one story (body, note, box).
class DocxInline {
 public:
  DocxInline(const Relations& relations, NoteNumbers& notes) : relations_(relations), notes_(notes) {}

  DocxParagraph read(XmlNode paragraph);
  /// Goes back to the fields that were open in `earlier`, a copy made before, to read the same stretch again.
  void restore(const DocxInline& earlier) { fields_ = earlier.fields_; }

 private:
  struct Field {
    std::string instruction;
    bool shows_result = false;
    std::size_t mark = 0;  ///< Where in the paragraph's text its result begins.
    bool in_this_paragraph = true;
  };

  void walk(XmlNode parent, DocxParagraph& into);
  void element(XmlNode node, DocxParagraph& into);
  void hyperlink(XmlNode node, DocxParagraph& into);
  void run(XmlNode node, DocxParagraph& into);
  void run_item(XmlNode node, DocxParagraph& into);
  void field_mark(XmlNode node, DocxParagraph& into);
  void check_box(XmlNode sdt, DocxParagraph& into);
  void anchored(XmlNode node, DocxParagraph& into);
  void add_text(std::string_view text, DocxParagraph& into);
  bool is_hidden_by_field() const;

  const Relations& relations_;
  NoteNumbers& notes_;
  std::vector<Field> fields_;
  bool has_run_ = false;  ///< The paragraph under way has a run of text.
};

}  // namespace openbook::read
