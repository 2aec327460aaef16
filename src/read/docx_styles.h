#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "read/xml.h"

/// What a DOCX's styles say about the paragraphs that wear them.
namespace openbook::read {

/// The list that a paragraph belongs to.
struct ListReference {
  std::string number_id;  ///< "" or "0": none.
  int level = 0;          ///< 0-based.
};

struct ParagraphStyle {
  std::string name;  ///< Lower case; built-in names are English in every language of Word.
  std::string based_on;
  std::optional<int> outline_level;  ///< 0 to 8 heading; 9 body text.
  std::optional<std::string> number_id;
  std::optional<int> number_level;
  std::string font;
};

/// Styles of one document, with inheritance resolved at each question. Cycles among them are cut.
class DocxStyles {
 public:
  DocxStyles() = default;
  explicit DocxStyles(XmlNode styles_root);

  /// 1 to 9 for a heading style, 0 for any other.
  int heading_level(std::string_view style_id) const;
  bool is_title(std::string_view style_id) const;
  bool is_contents_entry(std::string_view style_id) const;
  bool is_code(std::string_view style_id) const;
  bool is_monospaced(std::string_view style_id) const;
  ListReference list(std::string_view style_id) const;
  /// The style of paragraphs that name none.
  const std::string& default_style() const { return default_style_; }

 private:
  /// Calls visit(style) from a style up its ancestors until it returns true.
  template <typename Visit>
  bool climb(std::string_view style_id, Visit visit) const;

  std::map<std::string, ParagraphStyle, std::less<>> styles_;
  std::string default_style_;
};

/// Is this the name of a font whose letters are all of one width?
bool is_monospaced_font(std::string_view font);

}  // namespace openbook::read
