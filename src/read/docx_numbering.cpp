#include "read/docx_numbering.h"

#include <algorithm>

namespace openbook::read {

void DocxNumbering::parse_level(XmlNode node, Level& level) {
  level.defined = true;
  if (const XmlNode format = child(node, "numFmt")) level.format = attribute(format, "val");
  if (level.format == "custom" || descendant(node, "AlternateContent")) {
    // A custom format stands in a choice that older programs do not know, beside one that they do.
    if (const XmlNode inner = descendant(child(descendant(node, "AlternateContent"), "Fallback"), "numFmt"))
      level.format = attribute(inner, "val");
  }
  if (const XmlNode text = child(node, "lvlText")) level.text = clean_text(attribute(text, "val"));
  if (const XmlNode style = child(node, "pStyle")) level.style = attribute(style, "val");
  level.start =
      static_cast<int>(std::clamp(number_attribute(child(node, "start"), "val", level.start), 0LL, 1'000'000LL));
  if (const XmlNode restart = child(node, "lvlRestart"))
    level.restart_after = static_cast<int>(std::clamp(number_attribute(restart, "val", -1), -1LL, 9LL));
  level.legal = is_on(child(node, "isLgl"));
}

DocxNumbering::DocxNumbering(XmlNode root) {
  std::map<std::string, Levels, std::less<>> definitions;
  std::map<std::string, std::string, std::less<>> style_links;  // List style → the definition that holds its levels.
  std::map<std::string, std::string, std::less<>> links;
  const auto level_number = [](XmlNode node) { return number_attribute(node, "ilvl", -1); };
  for (const XmlNode node : root.children()) {
    if (!is(node, "abstractNum")) continue;
    const std::string id(attribute(node, "abstractNumId"));
    Levels& levels = definitions[id];
    for (const XmlNode level : node.children())
      if (const long long at = level_number(level); is(level, "lvl") && at >= 0 && at < kLevels)
        parse_level(level, levels[static_cast<std::size_t>(at)]);
    if (const XmlNode link = child(node, "styleLink")) style_links[std::string(attribute(link, "val"))] = id;
    if (const XmlNode link = child(node, "numStyleLink")) links[id] = attribute(link, "val");
  }
  for (const auto& [id, style] : links)
    if (const auto target = style_links.find(style); target != style_links.end())
      definitions[id] = definitions[target->second];
  for (const XmlNode node : root.children()) {
    if (!is(node, "num")) continue;
    List& list = lists_[std::string(attribute(node, "numId"))];
    list.abstract_id = attribute(child(node, "abstractNumId"), "val");
    if (const auto found = definitions.find(list.abstract_id); found != definitions.end()) list.levels = found->second;
    for (const XmlNode change : node.children()) {
      const long long at = level_number(change);
      if (!is(change, "lvlOverride") || at < 0 || at >= kLevels) continue;
      Level& level = list.levels[static_cast<std::size_t>(at)];
      if (const XmlNode replaced = child(change, "lvl")) parse_level(replaced, level);
      if (const XmlNode start = child(change, "startOverride")) {
        level.start = static_cast<int>(std::clamp(number_attribute(start, "val", 1), 0LL, 1'000'000LL));
        list.overrides_start[static_cast<std::size_t>(at)] = true;
      }
    }
  }
}

void DocxNumbering::count(List& list, Counters& counters, int level_number) {
  const auto at = static_cast<std::size_t>(level_number);
  for (std::size_t higher = 0; higher < at; ++higher) {
    if (counters.begun[higher]) continue;
    counters.begun[higher] = true;
    counters.value[higher] = list.levels[higher].start;
  }
  if (list.overrides_start[at] && !list.start_applied[at]) counters.begun[at] = false;
  list.start_applied[at] = true;
  counters.value[at] = counters.begun[at] ? counters.value[at] + 1 : list.levels[at].start;
  counters.begun[at] = true;
  for (std::size_t deeper = at + 1; deeper < kLevels; ++deeper) {
    const int after = list.levels[deeper].restart_after;
    if (after == 0 || (after > 0 && level_number >= after)) continue;
    counters.begun[deeper] = false;
  }
}

std::string DocxNumbering::label_of(const List& list, const Counters& counters, int level_number) {
  const Level& level = list.levels[static_cast<std::size_t>(level_number)];
  std::string label;
  for (std::size_t i = 0; i < level.text.size(); ++i) {
    const bool place =
        level.text[i] == '%' && i + 1 < level.text.size() && level.text[i + 1] >= '1' && level.text[i + 1] <= '9';
    if (!place) {
      label += level.text[i];
      continue;
    }
    const auto at = static_cast<std::size_t>(level.text[++i] - '1');
    const bool decimal = level.legal && at != static_cast<std::size_t>(level_number);
    label += formatted_number(counters.value[at], decimal ? "decimal" : list.levels[at].format);
  }
  return std::string(trimmed(label));
}

std::optional<ListMark> DocxNumbering::next(const ListReference& reference) {
  const auto found = lists_.find(reference.number_id);
  if (reference.number_id.empty() || reference.number_id == "0" || found == lists_.end()) return std::nullopt;
  List& list = found->second;
  const int at = std::clamp(reference.level, 0, kLevels - 1);
  const Level& level = list.levels[static_cast<std::size_t>(at)];
  if (!level.defined) return ListMark{};
  Counters& counters = counters_[list.abstract_id];
  count(list, counters, at);
  ListMark mark;
  mark.is_bullet = level.format == "bullet";
  if (mark.is_bullet) return mark;
  mark.number = counters.value[static_cast<std::size_t>(at)];
  mark.label = label_of(list, counters, at);
  const std::string place = "%" + std::to_string(at + 1);
  mark.is_plain = (level.format == "decimal" || level.format == "decimalZero") &&
                  (level.text == place + "." || level.text == place + ")" || level.text == place);
  if (level.format == "none" && level.text.find('%') == std::string::npos && mark.label.empty()) return std::nullopt;
  return mark;
}

std::optional<int> DocxNumbering::level_of_style(std::string_view number_id, std::string_view style_id) const {
  const auto found = lists_.find(number_id);
  if (found == lists_.end() || style_id.empty()) return std::nullopt;
  for (int i = 0; i < kLevels; ++i)
    if (found->second.levels[static_cast<std::size_t>(i)].style == style_id) return i;
  return std::nullopt;
}

}  // namespace openbook::read
