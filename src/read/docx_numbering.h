#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "read/docx_styles.h"
#include "read/xml.h"

/// Numbered and bulleted lists of a DOCX, with the numbers that Word shows (ECMA-376 part 1, 17.9).
namespace openbook::read {

/// One item's mark.
struct ListMark {
  bool is_bullet = true;
  int number = 0;         ///< Of this level.
  std::string label;      ///< As Word prints it ("1.2.", "(a)", "第一条"); empty for bullets.
  bool is_plain = false;  ///< The label is "N." or "N)": what Markdown can say itself.
};

/// Counts items in document order; one for each document. Lists that share an abstract definition share its counters,
/// which is how numbering resumes after an interruption.
class DocxNumbering {
 public:
  DocxNumbering() = default;
  explicit DocxNumbering(XmlNode numbering_root);

  /// The mark of the next item; empty if the paragraph is in no list ("0", an unknown list, a level without mark).
  std::optional<ListMark> next(const ListReference& reference);

  /// The list level that wears a paragraph style, if any: how styles are linked to multi-level lists.
  std::optional<int> level_of_style(std::string_view number_id, std::string_view style_id) const;

 private:
  static constexpr int kLevels = 9;
  struct Level {
    std::string format = "none";
    std::string text;
    std::string style;
    int start = 1;
    int restart_after = -1;  ///< Restarts when this level or a higher one counts; -1: the next higher; 0: never.
    bool legal = false;      ///< Shows higher levels in decimal.
    bool defined = false;
  };
  using Levels = std::array<Level, kLevels>;
  struct Counters {
    std::array<int, kLevels> value{};
    std::array<bool, kLevels> begun{};
  };
  struct List {
    std::string abstract_id;
    Levels levels;
    std::array<bool, kLevels> overrides_start{};
    std::array<bool, kLevels> start_applied{};
  };

  static void parse_level(XmlNode node, Level& level);
  void count(List& list, Counters& counters, int level);
  static std::string label_of(const List& list, const Counters& counters, int level);

  std::map<std::string, List, std::less<>> lists_;
  std::map<std::string, Counters> counters_;  ///< By abstract definition.
};

/// A number in one of OOXML's number formats ("decimal", "lowerRoman", "chineseCounting", …); decimal if unknown.
std::string formatted_number(int number, std::string_view format);

}  // namespace openbook::read
