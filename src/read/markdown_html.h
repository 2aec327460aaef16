#pragma once

#include <string>
#include <string_view>

namespace openbook::read {

/// Takes the HTML out of Markdown, line by line: comments (also over several lines), <script> and <style>, badges and
/// other pictures, tags; what stood between tags stays. <h1> … <h6> become "#", <br> a blank, <a id> nothing, entities
/// their characters. Code spans, autolinks and "<" in prose stay as they are.
class InlineHtmlCleaner {
 public:
  std::string cleaned(std::string_view line);

  /// Does something that began in an earlier line still go on?
  bool is_inside() const { return !inside_.empty(); }

 private:
  void tag(std::string_view line, std::size_t& at, std::string& out);
  int list_depth_ = 0;
  std::string inside_;  ///< What is being skipped: "-->", "</script", "</style"; empty: nothing.
};

}  // namespace openbook::read
