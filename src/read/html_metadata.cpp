#include "read/html_metadata.h"

#include <algorithm>

namespace openbook::read {
namespace {

std::string lower(std::string_view text) {
  std::string out(text.substr(0, 100));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

std::string_view key_of(const std::string& name) {
  static constexpr struct {
    std::string_view name, key;
  } kKeys[] = {{"author", "author"},
               {"article:author", "author"},
               {"dc.creator", "author"},
               {"date", "date"},
               {"dc.date", "date"},
               {"article:published_time", "date"},
               {"description", "description"},
               {"og:description", "description"},
               {"keywords", "keywords"}};
  for (const auto& row : kKeys)
    if (row.name == name) return row.key;
  return {};
}

/// "How to bake - My Kitchen" is called "How to bake" when a headline of the page says so.
std::string without_site_name(const HtmlTree& tree, const std::string& title) {
  for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
    if (tree.nodes()[i].tag != GUMBO_TAG_H1) continue;
    const std::string headline = tree.text_of(i);
    if (headline.size() >= 6 && headline.size() < title.size() && title.starts_with(headline)) return headline;
  }
  return title;
}

}  // namespace

std::string take_html_metadata(const HtmlTree& tree, book::Document& into) {
  std::string title, open_graph;
  const auto put = [&](std::string_view key, std::string_view value) {
    if (!key.empty() && !value.empty() && !into.metadata.contains(std::string(key)))
      into.metadata[std::string(key)] = std::string(value.substr(0, 1000));
  };
  for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
    const GumboTag tag = tree.nodes()[i].tag;
    if (tag == GUMBO_TAG_TITLE && title.empty() && tree.nodes()[tree.nodes()[i].parent].tag == GUMBO_TAG_HEAD)
      title = tree.text_of(i);
    if (tag == GUMBO_TAG_HTML) put("language", tree.attribute(i, "lang"));
    if (tag != GUMBO_TAG_META) continue;
    const std::string_view content = tree.attribute(i, "content");
    put(key_of(lower(tree.attribute(i, "name"))), content);
    put(key_of(lower(tree.attribute(i, "property"))), content);
    if (lower(tree.attribute(i, "property")) == "og:title") open_graph = content;
  }
  if (title.empty()) title = open_graph;
  if (into.title.empty()) into.title = without_site_name(tree, title);
  return title;
}

}  // namespace openbook::read
