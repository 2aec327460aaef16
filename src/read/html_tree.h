#pragma once

#include <gumbo.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace openbook::read {

/// One element or text of a page. Nodes lie in document order, so a node's subtree is the range [itself, end).
struct HtmlNode {
  GumboTag tag = GUMBO_TAG_LAST;  ///< GUMBO_TAG_LAST: a text.
  const GumboNode* source = nullptr;
  std::uint32_t parent = 0;
  std::uint32_t end = 0;    ///< One past the last node of the subtree.
  std::uint32_t depth = 0;  ///< Of the root: 0.
  std::uint32_t line = 0;
  std::string_view text;  ///< Of a text; empty for an element.
  bool dropped = false;   ///< Set by the choice of content: neither counted nor rendered, its subtree included.

  bool is_text() const { return tag == GUMBO_TAG_LAST; }
};

/// A parsed page, flat. Parsing is what browsers do (gumbo), made safe: memory is bounded, nesting beyond 400 elements
/// is flattened, nothing recurses. Views point into the tree, or into the parsed text, which must outlive it.
class HtmlTree {
 public:
  static Result<HtmlTree> parse(std::string_view utf8_html);
  ~HtmlTree();
  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;

  std::vector<HtmlNode>& nodes() { return nodes_; }
  const std::vector<HtmlNode>& nodes() const { return nodes_; }

  /// Value of an attribute, empty where it is missing.
  std::string_view attribute(std::uint32_t node, const char* name) const;
  bool has_attribute(std::uint32_t node, const char* name) const;

  /// First child, or the node's end when there is none. The sibling after `child` is nodes()[child].end.
  std::uint32_t first_child(std::uint32_t node) const { return node + 1; }

  /// All text below a node that is not dropped, white space collapsed.
  std::string text_of(std::uint32_t node) const;

 private:
  class Arena;
  HtmlTree();
  void flatten(const GumboNode* root);

  std::unique_ptr<Arena> arena_;
  std::unique_ptr<std::string> shallow_;  ///< The page without its too deep tags, where it had such.
  std::vector<HtmlNode> nodes_;
};

}  // namespace openbook::read
