#include "read/html_measure.h"

#include <algorithm>

namespace openbook::read {
namespace {

bool is_prose_tag(GumboTag tag) {
  return tag == GUMBO_TAG_P || tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_BLOCKQUOTE || tag == GUMBO_TAG_TD ||
         tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD;
}

double link_density(const HtmlMeasure& measure) {
  return measure.text ? static_cast<double>(measure.link_text) / measure.text : 0.0;
}

/// Text that stands directly in an element, not in a block below: how pages without <p> write paragraphs.
std::uint32_t direct_text(const HtmlTree& tree, const HtmlMeasures& measures, std::uint32_t node) {
  std::uint32_t size = 0;
  for (std::uint32_t i = tree.first_child(node); i < tree.nodes()[node].end; i = tree.nodes()[i].end)
    if (tree.nodes()[i].is_text()) size += measures[i].text;
  return size;
}

double prose_score(const HtmlMeasure& measure) {
  if (measure.text < 25) return 0;
  return (1.0 + measure.commas + std::min(measure.text / 100.0, 5.0)) * (1.0 - link_density(measure));
}

std::vector<double> scores_of(const HtmlTree& tree, const HtmlMeasures& measures) {
  const auto& nodes = tree.nodes();
  std::vector<double> scores(nodes.size(), 0.0);
  for (std::uint32_t i = 1; i < nodes.size();) {
    if (nodes[i].dropped) {
      i = nodes[i].end;
      continue;
    }
    const bool is_prose = !nodes[i].is_text() && (is_prose_tag(nodes[i].tag) || direct_text(tree, measures, i) >= 80);
    if (is_prose) {
      double share = prose_score(measures[i]);
      if (!is_prose_tag(nodes[i].tag)) scores[i] += share;
      for (std::uint32_t up = nodes[i].parent, level = 0; up != 0 && level < 4; up = nodes[up].parent, ++level) {
        scores[up] += share;
        share *= level == 0 ? 0.5 : 0.6;
      }
    }
    ++i;
  }
  for (std::uint32_t i = 0; i < nodes.size(); ++i) scores[i] *= 1.0 - link_density(measures[i]);
  return scores;
}

/// Climbs while the parent holds much more prose than the best element alone: content cut into several boxes.
std::uint32_t widened(const HtmlTree& tree, const HtmlMeasures& measures, std::uint32_t best) {
  const auto& nodes = tree.nodes();
  while (nodes[best].parent != 0 && nodes[nodes[best].parent].tag != GUMBO_TAG_BODY) {
    const std::uint32_t up = nodes[best].parent;
    const std::uint32_t own = measures[best].text - measures[best].link_text;
    const std::uint32_t more = measures[up].text - measures[up].link_text - own;
    if (4 * more < own && link_density(measures[up]) > link_density(measures[best]) + 0.05) break;
    if (link_density(measures[up]) > 0.25) break;
    best = up;
  }
  return best;
}

}  // namespace

HtmlMeasures::HtmlMeasures(const HtmlTree& tree) : measures_(tree.nodes().size()) {
  const auto& nodes = tree.nodes();
  std::vector<bool> gone(nodes.size()), in_link(nodes.size());
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    const bool is_root = i == 0;
    gone[i] = nodes[i].dropped || (!is_root && gone[nodes[i].parent]);
    in_link[i] = nodes[i].tag == GUMBO_TAG_A || (!is_root && in_link[nodes[i].parent]);
    if (gone[i]) continue;
    HtmlMeasure& own = measures_[i];
    own.link_count = nodes[i].tag == GUMBO_TAG_A;
    for (std::size_t k = 0; k < nodes[i].text.size(); ++k) {
      const auto c = static_cast<unsigned char>(nodes[i].text[k]);
      if (c == ' ' || (c >= 9 && c <= 13)) continue;
      if (c < 0x80 || c >= 0xC0) own.text += c >= 0xE0 ? 2 : 1;
      own.commas += c == ',' || nodes[i].text.substr(k, 3) == "，" || nodes[i].text.substr(k, 3) == "。" ||
                    nodes[i].text.substr(k, 3) == "、";
    }
    if (in_link[i]) own.link_text = own.text;
  }
  for (std::size_t i = nodes.size(); i-- > 1;) {
    HtmlMeasure& up = measures_[nodes[i].parent];
    up.text += measures_[i].text;
    up.link_text += measures_[i].link_text;
    up.link_count += measures_[i].link_count;
    up.commas += measures_[i].commas;
  }
}

std::vector<std::uint32_t> best_scored_content(const HtmlTree& tree, const HtmlMeasures& measures) {
  const auto& nodes = tree.nodes();
  const std::vector<double> scores = scores_of(tree, measures);
  const auto top = static_cast<std::uint32_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  if (scores.empty() || scores[top] <= 0) return {};
  const std::uint32_t best = widened(tree, measures, top);
  std::vector<std::uint32_t> chosen;
  const std::uint32_t parent = nodes[best].parent;
  for (std::uint32_t i = tree.first_child(parent); i < nodes[parent].end; i = nodes[i].end) {
    if (nodes[i].dropped || nodes[i].is_text()) continue;
    const HtmlMeasure& measure = measures[i];
    const bool reads_alike = scores[i] >= std::max(10.0, 0.2 * scores[top]) ||
                             (nodes[i].tag == GUMBO_TAG_P && measure.text > 80 && link_density(measure) < 0.25);
    const bool is_heading = nodes[i].tag >= GUMBO_TAG_H1 && nodes[i].tag <= GUMBO_TAG_H3;
    if (i == best || reads_alike || is_heading) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace openbook::read
