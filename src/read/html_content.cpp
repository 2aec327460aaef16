#include "read/html_content.h"

#include <algorithm>
#include <string>

#include "read/html_measure.h"

namespace openbook::read {
namespace {

bool is_one_of(GumboTag tag, std::initializer_list<GumboTag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower(std::string_view text) {
  std::string out(text.substr(0, 400));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

/// Does an inline style hide its element?
bool style_hides(std::string_view style) {
  std::string squeezed;
  for (const char c : lower(style))
    if (c != ' ') squeezed += c;
  return squeezed.find("display:none") != std::string::npos || squeezed.find("visibility:hidden") != std::string::npos;
}

/// Pages that scripts reveal hide all of themselves at first; what is meant by hidden stands further down.
bool is_hidden(const HtmlTree& tree, std::uint32_t node) {
  if (is_one_of(tree.nodes()[node].tag, {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE}))
    return false;
  return tree.has_attribute(node, "hidden") || style_hides(tree.attribute(node, "style")) ||
         lower(tree.attribute(node, "aria-hidden")) == "true";
}

/// The words of class and id: "MainNav side-bar" → "main nav side bar". A name of many words is a heading made into an
/// anchor ("sharing-with-your-team"), which tells nothing about the place.
std::vector<std::string> name_words(const HtmlTree& tree, std::uint32_t node) {
  std::vector<std::string> words, name;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) name.push_back(std::move(word));
    word.clear();
  };
  const auto end_name = [&] {
    end_word();
    if (name.size() <= 4) words.insert(words.end(), name.begin(), name.end());
    name.clear();
  };
  for (const char* attribute : {"class", "id"}) {
    bool was_lower = false;
    for (const char c : tree.attribute(node, attribute).substr(0, 300)) {
      const bool upper = c >= 'A' && c <= 'Z', small = c >= 'a' && c <= 'z';
      if (upper || small) {
        if (upper && was_lower) end_word();
        word += static_cast<char>(c | 0x20);
      } else {
        end_word();
        if (c == ' ' || c == '\n' || c == '\t') end_name();
      }
      was_lower = small;
    }
    end_name();
  }
  return words;
}

/// Words in class or id that mark what surrounds the content of a page.
bool names_surroundings(const std::string& word) {
  return is_one_of(word, {"nav",        "navbar",           "navi",        "navigation", "navbox",      "menu",
                          "menus",      "submenu",          "sidebar",     "breadcrumb", "breadcrumbs", "footer",
                          "cookie",     "cookies",          "consent",     "gdpr",       "comments",    "comment",
                          "disqus",     "commentlist",      "pagination",  "pager",      "outbrain",    "taboola",
                          "masthead",   "topbar",           "sitemap",     "trackback",  "trackbacks",  "pingback",
                          "addthis",    "sharedaddy",       "printfooter", "catlinks",   "editsection", "shoutbox",
                          "tagcloud",   "blogroll",         "jumplinks",   "sitenotice", "siteheader",  "sitefooter",
                          "searchform", "searchbox",        "adsbygoogle", "sidenav",    "sidebars",    "contextmenu",
                          "subnav",     "topnav",           "mainnav",     "leftnav",    "rightnav",    "mainmenu",
                          "topmenu",    "footnav",          "sidecolumn",  "rightcol",   "leftcol",     "colophon",
                          "headerlink", "bdsharebuttonbox", "jiathis",     "qrcode",     "pinglun",     "crumb",
                          "crumbs"});
}

/// Words that mark it where there is little text: a paragraph on sharing may stand in an element called "sharing".
bool hints_at_surroundings(const std::string& word) {
  return is_one_of(
      word, {"share",           "sharing",   "sharebar",   "social",    "related",      "recommend",     "recommended",
             "recommendations", "promo",     "promotion",  "advert",    "adverts",      "advertisement", "ads",
             "sponsor",         "sponsored", "newsletter", "subscribe", "subscription", "signup",        "login",
             "signin",          "respond",   "paging",     "toolbar",   "widget",       "widgets",       "popup",
             "modal",           "overlay",   "skip",       "metadata",  "hatnote",      "noprint",       "bookmarks",
             "banner",          "copyright", "dropdown",   "tooltip",   "teaser",       "teasers",       "byline",
             "licence",         "readmore",  "postmeta",   "infobar",   "rail",         "ratings",       "feedback",
             "disclaimer",      "tuijian",   "fenxiang",   "cta",       "toc",          "tags",          "meta"});
}

/// Words that speak for content and overrule the others ("comment" in "article-with-comments").
bool names_content(const std::string& word) {
  return is_one_of(word, {"article", "body", "content", "main", "entry", "post", "story", "text", "hentry"});
}

bool is_unlikely(const HtmlTree& tree, const HtmlMeasures& measures, std::uint32_t node) {
  bool surroundings = false, hint = false, content = false;
  for (const std::string& word : name_words(tree, node)) {
    surroundings = surroundings || names_surroundings(word);
    hint = hint || hints_at_surroundings(word);
    content = content || names_content(word);
  }
  const bool is_short = measures[node].text - measures[node].link_text < 400;
  return (surroundings || (hint && is_short)) && !content;
}

bool has_boilerplate_role(const HtmlTree& tree, std::uint32_t node) {
  return is_one_of(lower(tree.attribute(node, "role")),
                   {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog",
                    "alertdialog", "toolbar", "tablist", "alert", "tooltip"});
}

/// Is the element part of what authors wrote, whatever it is called: an article's own header, a footnote's aside?
bool inside(const HtmlTree& tree, std::uint32_t node, std::initializer_list<GumboTag> tags) {
  for (std::uint32_t at = tree.nodes()[node].parent; at != 0; at = tree.nodes()[at].parent)
    if (is_one_of(tree.nodes()[at].tag, tags)) return true;
  return false;
}

bool is_boilerplate(const HtmlTree& tree, const HtmlMeasures& measures, std::uint32_t node) {
  const GumboTag tag = tree.nodes()[node].tag;
  if (tag == GUMBO_TAG_A) return lower(tree.attribute(node, "class")).find("headerlink") != std::string::npos;
  if (is_one_of(tag, {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE, GUMBO_TAG_H1, GUMBO_TAG_A}))
    return false;
  if (is_one_of(tag, {GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER, GUMBO_TAG_NOSCRIPT})) return true;
  if (tag == GUMBO_TAG_HEADER) return !inside(tree, node, {GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_SECTION});
  if (has_boilerplate_role(tree, node)) return true;
  if (is_one_of(tag, {GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_P,
                      GUMBO_TAG_TABLE, GUMBO_TAG_SPAN, GUMBO_TAG_FORM, GUMBO_TAG_TD, GUMBO_TAG_CENTER, GUMBO_TAG_LI,
                      GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_UNKNOWN}))
    return is_unlikely(tree, measures, node);
  return false;
}

/// A block whose text is mostly links, and short ones: a menu without a name.
bool is_link_block(const HtmlTree& tree, const HtmlMeasures& measures, std::uint32_t node) {
  if (!is_one_of(tree.nodes()[node].tag, {GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DIV, GUMBO_TAG_TABLE, GUMBO_TAG_SECTION,
                                          GUMBO_TAG_P, GUMBO_TAG_DL, GUMBO_TAG_CENTER, GUMBO_TAG_FORM, GUMBO_TAG_TD}))
    return false;
  const HtmlMeasure& measure = measures[node];
  if (measure.link_count < 3 || measure.text == 0) return false;
  const double density = static_cast<double>(measure.link_text) / measure.text;
  const double link_size = static_cast<double>(measure.link_text) / measure.link_count;
  return density > 0.8 || (density > 0.6 && link_size < 40);
}

/// Drops the outermost nodes for which `unwanted` holds, unless they hold most of the page's text.
template <typename Unwanted>
void drop_where(HtmlTree& tree, const HtmlMeasures& measures, Unwanted unwanted) {
  auto& nodes = tree.nodes();
  const std::uint32_t all = measures[0].text - measures[0].link_text / 2;
  for (std::uint32_t i = 0; i < nodes.size();) {
    if (nodes[i].dropped) {
      i = nodes[i].end;
      continue;
    }
    if (!nodes[i].is_text() && unwanted(i) && 2 * (measures[i].text - measures[i].link_text) <= all)
      nodes[i].dropped = true;
    else
      ++i;
  }
}

bool is_marked_as_main(const HtmlTree& tree, std::uint32_t node) {
  const GumboTag tag = tree.nodes()[node].tag;
  return tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE || lower(tree.attribute(node, "role")) == "main" ||
         lower(tree.attribute(node, "itemprop")) == "articlebody";
}

/// Where the author says which part is the content, that part; the smallest that still holds nine tenths of it.
std::vector<std::uint32_t> marked_content(const HtmlTree& tree, const HtmlMeasures& measures) {
  std::vector<std::uint32_t> outer;
  std::uint32_t best = 0;
  for (std::uint32_t i = 0; i < tree.nodes().size();) {
    const HtmlNode& node = tree.nodes()[i];
    if (node.dropped || (!node.is_text() && is_marked_as_main(tree, i))) {
      if (!node.dropped) outer.push_back(i), best = std::max(best, measures[i].text);
      i = node.end;
    } else {
      ++i;
    }
  }
  if (outer.empty() || best < 200 || 3 * best < measures[0].text - measures[0].link_text) return {};
  std::erase_if(outer, [&](std::uint32_t i) { return 5 * measures[i].text < best; });
  for (std::uint32_t& chosen : outer)
    for (std::uint32_t i = chosen + 1; i < tree.nodes()[chosen].end; ++i)
      if (!tree.nodes()[i].dropped && !tree.nodes()[i].is_text() && is_marked_as_main(tree, i) &&
          10 * measures[i].text >= 9 * measures[chosen].text)
        chosen = i;
  return outer;
}

std::uint32_t body_of(const HtmlTree& tree) {
  for (std::uint32_t i = 0; i < tree.nodes().size(); ++i)
    if (tree.nodes()[i].tag == GUMBO_TAG_BODY) return i;
  return 0;
}

}  // namespace

void drop_invisible(HtmlTree& tree) {
  auto& nodes = tree.nodes();
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    HtmlNode& node = nodes[i];
    if (node.is_text()) continue;
    node.dropped = is_one_of(node.tag, {GUMBO_TAG_HEAD,   GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_TEMPLATE,
                                        GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED,  GUMBO_TAG_SVG,
                                        GUMBO_TAG_CANVAS, GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA,
                                        GUMBO_TAG_INPUT,  GUMBO_TAG_RT,     GUMBO_TAG_RP,     GUMBO_TAG_AUDIO,
                                        GUMBO_TAG_VIDEO,  GUMBO_TAG_MAP,    GUMBO_TAG_TITLE,  GUMBO_TAG_DATALIST}) ||
                   is_hidden(tree, i);
  }
}

std::vector<std::uint32_t> choose_main_content(HtmlTree& tree) {
  const std::vector<HtmlNode> before = tree.nodes();
  HtmlMeasures measures(tree);
  const std::uint32_t all_text = measures[0].text;
  drop_where(tree, measures, [&](std::uint32_t i) { return is_boilerplate(tree, measures, i); });
  measures = HtmlMeasures(tree);
  drop_where(tree, measures, [&](std::uint32_t i) { return is_link_block(tree, measures, i); });
  measures = HtmlMeasures(tree);
  const std::uint32_t body = body_of(tree);
  if (measures[0].text < 25 && all_text > 2 * measures[0].text) {
    tree.nodes() = before;
    return {body};
  }
  if (std::vector<std::uint32_t> marked = marked_content(tree, measures); !marked.empty()) return marked;
  if (10 * measures[body].link_text < measures[body].text) return {body};
  std::vector<std::uint32_t> best = best_scored_content(tree, measures);
  return best.empty() ? std::vector<std::uint32_t>{body} : best;
}

}  // namespace openbook::read
