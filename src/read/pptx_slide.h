#pragma once

#include <string>

#include "read/markdown_writer.h"
#include "read/ooxml.h"

/// One slide of a PPTX → Markdown.
namespace openbook::read {

/// Writes title, then the shapes in the order of the slide's shape tree, which is the order in which PowerPoint itself
/// reads a slide aloud. Names of layout placeholders (date, number) are left out.
class PptxSlide {
 public:
  PptxSlide(Package& package, const Relations& relations, std::uint32_t number, MarkdownWriter& writer)
      : package_(package), relations_(relations), writer_(writer) {
    at_.page = number;
  }

  void write(XmlNode slide);
  /// The speaker's notes of a notes slide.
  void write_notes(XmlNode notes);

 private:
  void shapes(XmlNode parent, int depth);
  void shape(XmlNode node, int depth);
  void text_body(XmlNode body, bool bulleted);
  void graphic(XmlNode frame);
  void table(XmlNode table);

  Package& package_;
  const Relations& relations_;
  MarkdownWriter& writer_;
  book::SourceSpan at_;
  XmlNode title_;  ///< Written first, so not again.
};

/// A paragraph's text: runs, breaks, fields, equations, links (`relations` are those of the slide).
std::string pptx_paragraph_text(XmlNode paragraph, const Relations& relations);

}  // namespace openbook::read
