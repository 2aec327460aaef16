#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "book/document.h"

/// From the marks on pages to Markdown: glyphs → words → lines → reading order, tables → paragraphs, headings, lists.
/// Knows nothing of PDF: the PDF reader and recognised pictures both come through here. Coordinates are points, origin
/// at the page's top left corner, y down. Everything is a pure function; cost is about linear in the glyphs of a page.
namespace openbook::read {

/// How letters look; bits of LayoutStyle may be joined.
enum LayoutStyle : std::uint8_t { kPlain = 0, kBold = 1, kItalic = 2, kMono = 4 };

/// One code point where it is painted.
struct Glyph {
  char32_t character = 0;
  float x = 0, y = 0;      ///< Origin on the baseline.
  float advance = 0;       ///< Along the writing direction, at least 0.
  float size = 0;          ///< Font size, points.
  float ascent = 0.75F;    ///< Share of the size above the baseline.
  float descent = 0.22F;   ///< Share of the size below it.
  std::uint8_t turn = 0;   ///< Writing direction in clockwise quarter turns: 0 right, 1 down, 2 left, 3 up.
  std::uint8_t style = 0;  ///< LayoutStyle bits.
};

/// A word where it stands. `turned` words run in another direction than the page's main text.
struct LayoutWord {
  std::string text;
  book::Box box;
  float size = 0;
  float baseline = 0;
  std::uint8_t style = 0;
  bool turned = false;
  bool spaced = false;  ///< A blank is painted before it.
};

/// What one page shows.
struct PageContent {
  std::uint32_t number = 1;  ///< 1-based.
  float width = 0, height = 0;
  std::vector<Glyph> glyphs;     ///< In any order.
  std::vector<book::Box> rules;  ///< Thin boxes: lines and the edges of filled rectangles.
};

/// One printed line of a block.
struct LayoutLine {
  std::string text;
  book::Box box;
  float size = 0;
  std::uint8_t style = 0;  ///< Bits that hold for nearly all letters of the line.
  float indent = 0;        ///< Distance from the block's left edge.
};

enum class LayoutKind : std::uint8_t { Text, Table };

/// A table's cell.
struct LayoutCell {
  std::string text;
  book::Box box;
};

/// A stretch that is read as one: the lines of a paragraph, heading or list item, or a table.
struct LayoutBlock {
  LayoutKind kind = LayoutKind::Text;
  std::uint32_t page = 1;
  book::Box box;
  std::vector<LayoutLine> lines;              ///< Of Text.
  std::vector<std::vector<LayoutCell>> rows;  ///< Of Table; all rows equally long.
  float column_width = 0;                     ///< Of Text: width of the column it stands in.
};

/// The blocks of one page in reading order.
struct PageLayout {
  std::uint32_t number = 1;
  float width = 0, height = 0;
  std::vector<LayoutBlock> blocks;
};

PageLayout lay_out(const PageContent& page);

/// An entry of the document's own table of contents (PDF bookmarks): title folded by outline_key(), depth from 1.
struct OutlineEntry {
  std::string key;
  int depth = 1;
};
std::string outline_key(std::string_view title);

/// Joins the pages to a document: drops what repeats in the margins, finds headings and lists, joins paragraphs and
/// tables that run on, undoes hyphenation; appends to document.markdown and document.source. Returns the text of the
/// first large heading (a title to fall back on), or empty.
std::string write_pages(std::vector<PageLayout> pages, const std::vector<OutlineEntry>& outline,
                        book::Document& document);

}  // namespace openbook::read
