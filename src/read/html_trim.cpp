#include "read/html_trim.h"

#include <algorithm>
#include <string>

#include "read/html_inline.h"
#include "read/html_measure.h"

namespace openbook::read {
namespace {

constexpr std::uint32_t kShort = 48;

/// What surrounds content in so many words; a block that begins so and is short is no content.
constexpr std::string_view kSmallTalk[] = {"share this",
                                           "share on",
                                           "share:",
                                           "share article",
                                           "tweet this",
                                           "follow us",
                                           "skip to",
                                           "back to top",
                                           "read more",
                                           "continue reading",
                                           "leave a comment",
                                           "leave a reply",
                                           "post a comment",
                                           "add a comment",
                                           "view comments",
                                           "no comments",
                                           "related posts",
                                           "related articles",
                                           "related stories",
                                           "you may also like",
                                           "you might also like",
                                           "recommended for you",
                                           "more from",
                                           "sign up",
                                           "subscribe",
                                           "newsletter",
                                           "advertisement",
                                           "sponsored",
                                           "print this",
                                           "email this",
                                           "all rights reserved",
                                           "copyright ©",
                                           "© copyright",
                                           "©",
                                           "previous post",
                                           "next post",
                                           "click to share",
                                           "filed under",
                                           "tagged with",
                                           "log in to",
                                           "sign in to",
                                           "loading...",
                                           "cookie",
                                           "we use cookies",
                                           "weiterlesen",
                                           "teilen",
                                           "kommentare",
                                           "newsletter abonnieren",
                                           "我要评论",
                                           "发表评论",
                                           "更多评论",
                                           "网友评论",
                                           "查看评论",
                                           "返回顶部",
                                           "返回首页",
                                           "回到顶部",
                                           "分享到",
                                           "分享至",
                                           "转播到",
                                           "相关阅读",
                                           "相关新闻",
                                           "相关推荐",
                                           "相关文章",
                                           "相关链接",
                                           "推荐阅读",
                                           "热门推荐",
                                           "猜你喜欢",
                                           "为您推荐",
                                           "精彩推荐",
                                           "精彩视频推荐",
                                           "点击加载更多",
                                           "加载更多",
                                           "查看更多",
                                           "上一篇",
                                           "下一篇",
                                           "打印本页",
                                           "关闭窗口",
                                           "扫一扫",
                                           "微信扫一扫",
                                           "版权所有",
                                           "收藏本站",
                                           "设为首页",
                                           "我要投诉",
                                           "广告"};

struct Leaf {
  std::uint32_t node = 0;
  bool is_heading = false;
};

bool is_heading(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

/// The blocks that hold text and no other block, in order. A table or <pre> counts as one.
std::vector<Leaf> leaves_of(const HtmlTree& tree, const HtmlMeasures& measures, std::uint32_t root) {
  const auto& nodes = tree.nodes();
  std::vector<Leaf> leaves;
  for (std::uint32_t i = root; i < nodes[root].end;) {
    if (nodes[i].dropped || measures[i].text == 0) {
      i = nodes[i].end;
      continue;
    }
    bool has_block = false;
    for (std::uint32_t k = i + 1; k < nodes[i].end && !has_block; ++k)
      has_block = !nodes[k].is_text() && is_block(nodes[k].tag) && measures[k].text > 0;
    const bool whole = nodes[i].tag == GUMBO_TAG_TABLE || nodes[i].tag == GUMBO_TAG_PRE || is_heading(nodes[i].tag);
    if (!has_block || whole) {
      leaves.push_back({i, is_heading(nodes[i].tag)});
      i = nodes[i].end;
    } else {
      ++i;
    }
  }
  return leaves;
}

bool is_small_talk(const HtmlTree& tree, const HtmlMeasure& measure, std::uint32_t node) {
  if (measure.text > kShort) return false;
  std::string text = tree.text_of(node);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return std::any_of(std::begin(kSmallTalk), std::end(kSmallTalk),
                     [&](std::string_view phrase) { return text.starts_with(phrase); });
}

bool is_only_links(const HtmlMeasure& measure) {
  return measure.link_count > 0 && 4 * measure.link_text >= 3 * measure.text && measure.text < 200;
}

/// Drops from one end on while `unwanted`; a heading goes only with something that it stood above.
template <typename Iterator>
void drop_end(HtmlTree& tree, const HtmlMeasures& measures, Iterator leaf, Iterator end, bool headings,
              std::uint32_t budget) {
  bool dropped_links = false;
  for (; leaf != end; ++leaf) {
    const HtmlMeasure& measure = measures[leaf->node];
    const bool unwanted =
        (headings && dropped_links && leaf->is_heading) || (!leaf->is_heading && is_only_links(measure));
    if (!unwanted || measure.text > budget) return;
    budget -= measure.text;
    tree.nodes()[leaf->node].dropped = true;
    dropped_links = true;
  }
}

}  // namespace

void trim_content(HtmlTree& tree, const std::vector<std::uint32_t>& chosen) {
  HtmlMeasures measures(tree);
  std::uint32_t all = 0;
  std::vector<Leaf> leaves;
  for (const std::uint32_t root : chosen) {
    all += measures[root].text;
    const std::vector<Leaf> own = leaves_of(tree, measures, root);
    leaves.insert(leaves.end(), own.begin(), own.end());
  }
  if (all < 400) return;
  std::uint32_t budget = all / 3;
  for (const Leaf& leaf : leaves) {
    if (!is_small_talk(tree, measures[leaf.node], leaf.node) || measures[leaf.node].text > budget) continue;
    budget -= measures[leaf.node].text;
    tree.nodes()[leaf.node].dropped = true;
  }
  std::erase_if(leaves, [&](const Leaf& leaf) { return tree.nodes()[leaf.node].dropped; });
  drop_end(tree, measures, leaves.rbegin(), leaves.rend(), true, budget / 2);
  drop_end(tree, measures, leaves.begin(), leaves.end(), false, budget / 2);
}

}  // namespace openbook::read
