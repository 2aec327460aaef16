#include "read/html_tree.h"

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>

namespace openbook::read {
namespace {

constexpr std::size_t kMaxMemory = std::size_t{1} << 30;
constexpr std::size_t kMaxDepth = 400;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string lower_name(std::string_view html, std::size_t at) {
  std::string name;
  for (; at < html.size() && is_name_character(html[at]) && name.size() < 12; ++at)
    name += static_cast<char>(html[at] | 0x20);
  return name;
}

/// Elements that need no end tag: counting them would take an old page's paragraphs for nesting.
bool closes_itself(std::string_view name) {
  static constexpr std::string_view kNames[] = {"p",     "li",    "td",   "th",   "tr",    "dt",  "dd",     "br",
                                                "img",   "hr",    "meta", "link", "input", "col", "option", "thead",
                                                "tbody", "tfoot", "base", "area", "wbr",   "rt",  "rp",     "source"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// Copies the page without start tags that stand deeper than kMaxDepth; empty when there are none. A bound for the
/// parser, whose work on one tag may grow with the depth.
std::string without_deep_tags(std::string_view html) {
  std::string out;
  std::size_t depth = 0, copied = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos && at + 1 < html.size();
       at = html.find('<', at + 1)) {
    const bool closing = html[at + 1] == '/';
    const std::string name = lower_name(html, at + (closing ? 2 : 1));
    if (name.empty() || closes_itself(name)) continue;
    if (closing) {
      depth -= depth > 0;
    } else if (++depth > kMaxDepth) {
      const std::size_t end = std::min(html.find('>', at), html.size() - 1);
      out.append(html.substr(copied, at - copied)).append(" ");
      copied = end + 1;
      --depth;
      at = end;
    }
  }
  if (copied > 0) out.append(html.substr(copied));
  return out;
}

}  // namespace

/// Gives memory to gumbo, never takes any back before the whole tree goes: gumbo's own clean-up recurses as deep as
/// the page. When the limit is reached it jumps out of the parser (C code, which leaves nothing behind).
class HtmlTree::Arena {
 public:
  ~Arena() {
    for (void* block : blocks_) std::free(block);
  }

  static void* allocate(void* self, std::size_t size) { return static_cast<Arena*>(self)->take(size); }
  static void release(void*, void*) {}

  std::jmp_buf exhausted;

 private:
  void* take(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) {
      const std::size_t block_size = std::max(size, kBlockSize);
      void* block = total_ + block_size > kMaxMemory ? nullptr : std::malloc(block_size);
      if (!block) std::longjmp(exhausted, 1);
      blocks_.push_back(block);
      total_ += block_size;
      next_ = static_cast<char*>(block);
      left_ = block_size;
    }
    void* result = next_;
    next_ += size;
    left_ -= size;
    return result;
  }

  static constexpr std::size_t kBlockSize = std::size_t{256} << 10;
  std::vector<void*> blocks_;
  std::size_t total_ = 0, left_ = 0;
  char* next_ = nullptr;
};

HtmlTree::HtmlTree() : arena_(std::make_unique<Arena>()) {}
HtmlTree::~HtmlTree() = default;
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;

Result<HtmlTree> HtmlTree::parse(std::string_view utf8_html) {
  HtmlTree tree;
  if (std::string shallow = without_deep_tags(utf8_html); !shallow.empty()) {
    tree.shallow_ = std::make_unique<std::string>(std::move(shallow));
    utf8_html = *tree.shallow_;
  }
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::allocate;
  options.deallocator = &Arena::release;
  options.userdata = tree.arena_.get();
  options.max_errors = 0;
  options.tab_stop = 1;
  if (setjmp(tree.arena_->exhausted) != 0)
    return fail(Code::OverLimit, "the HTML page needs more than 1 GiB when parsed; split it into smaller pages");
  const GumboOutput* output = gumbo_parse_with_options(&options, utf8_html.data(), utf8_html.size());
  tree.flatten(output->root);
  return tree;
}

void HtmlTree::flatten(const GumboNode* root) {
  struct Open {
    std::uint32_t node;
    unsigned next_child;
  };
  std::vector<Open> open;
  const auto enter = [&](const GumboNode* source) {
    HtmlNode node;
    node.source = source;
    node.parent = open.empty() ? 0 : open.back().node;
    node.depth = static_cast<std::uint32_t>(open.size());
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    node.end = index + 1;
    if (source->type == GUMBO_NODE_ELEMENT || source->type == GUMBO_NODE_TEMPLATE) {
      node.tag = source->v.element.tag;
      node.line = source->v.element.start_pos.line;
      nodes_.push_back(node);
      open.push_back({index, 0});
    } else if (source->type == GUMBO_NODE_TEXT || source->type == GUMBO_NODE_WHITESPACE ||
               source->type == GUMBO_NODE_CDATA) {
      node.text = source->v.text.text;
      node.line = source->v.text.start_pos.line;
      nodes_.push_back(node);
    }
  };
  enter(root);
  while (!open.empty()) {
    Open& top = open.back();
    const GumboVector& children = nodes_[top.node].source->v.element.children;
    if (top.next_child < children.length) {
      enter(static_cast<const GumboNode*>(children.data[top.next_child++]));
    } else {
      nodes_[top.node].end = static_cast<std::uint32_t>(nodes_.size());
      open.pop_back();
    }
  }
}

std::string_view HtmlTree::attribute(std::uint32_t node, const char* name) const {
  if (nodes_[node].is_text()) return {};
  const GumboAttribute* found = gumbo_get_attribute(&nodes_[node].source->v.element.attributes, name);
  return found ? std::string_view(found->value) : std::string_view();
}

bool HtmlTree::has_attribute(std::uint32_t node, const char* name) const {
  return !nodes_[node].is_text() && gumbo_get_attribute(&nodes_[node].source->v.element.attributes, name) != nullptr;
}

std::string HtmlTree::text_of(std::uint32_t node) const {
  std::string out;
  bool gap = false;
  for (std::uint32_t i = node; i < nodes_[node].end;) {
    if (nodes_[i].dropped) {
      i = nodes_[i].end;
      continue;
    }
    gap = gap || (!nodes_[i].is_text() && nodes_[i].tag == GUMBO_TAG_BR);
    for (const char c : nodes_[i].text) {
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        gap = true;
        continue;
      }
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out += c;
    }
    ++i;
  }
  return out;
}

}  // namespace openbook::read
