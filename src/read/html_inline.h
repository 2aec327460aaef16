#pragma once

#include <string>
#include <string_view>

#include "read/html_tree.h"

namespace openbook::read {

/// Appends running text, white space collapsed, escaped for Markdown, across the borders of elements.
class HtmlInlineText {
 public:
  /// Emphasis and links are left out where they only disturb: in headings and table cells.
  enum class Marks : bool { Drop, Keep };

  explicit HtmlInlineText(Marks marks) : marks_(marks) {}

  void append_text(std::string_view text);
  void line_break();
  void open(std::string_view mark);   ///< "**": written before the next text.
  void close(std::string_view mark);  ///< Written after the last text; nothing where open() saw no text.
  void append_code(std::string_view text);
  void append_raw(std::string_view markdown);

  bool is_blank() const { return out_.find_first_not_of(" \n") == std::string::npos; }
  Marks marks() const { return marks_; }
  /// The text so far; begins anew.
  std::string take();

 private:
  void before_text();

  Marks marks_;
  std::string out_;
  std::string opening_;  ///< Marks opened since the last text.
  std::size_t last_text_ = 0;
  bool gap_ = false;
};

/// Appends an element's or a text's content as inline text; blocks inside are separated by a blank.
void append_inline(const HtmlTree& tree, std::uint32_t node, HtmlInlineText& into);

/// The inline Markdown of all that stands below a node.
std::string inline_of(const HtmlTree& tree, std::uint32_t node, HtmlInlineText::Marks marks);

bool is_block(GumboTag tag);

}  // namespace openbook::read
