#pragma once

#include <string>
#include <string_view>
#include <vector>

/// One line of running text on its way to Markdown: plain pieces are escaped at the end, together, so that a "#" or
/// "1." in the middle of a line is left alone; links and marks go in as they are.
namespace openbook::read {

class InlineText {
 public:
  void plain(std::string_view text);
  void raw(std::string_view markdown);

  /// Everything added since `mark` (a value of piece_count()) becomes the text of a link to
  /// `address`, if it says nothing itself ("here"); other links stay plain text, as in the HTML reader.
  void link_from(std::size_t mark, std::string_view address);
  std::size_t piece_count();

  bool is_blank() const;
  std::string markdown() const;
  /// Without escapes, links and marks' brackets: for code and for comparing.
  std::string text() const;

 private:
  struct Piece {
    std::string text;
    bool is_raw = false;
  };
  std::vector<Piece> pieces_;
  bool closed_ = false;  ///< The next plain text begins a piece of its own.
};

}  // namespace openbook::read
