#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "read/layout.h"

namespace openbook::read {

/// The words of a document, to decide what a hyphen at a line's end means.
class Vocabulary {
 public:
  explicit Vocabulary(const std::vector<PageLayout>& pages);
  bool has(const std::string& word) const { return words_.contains(word); }

 private:
  void add_line(std::string_view text);
  std::unordered_set<std::string> words_;
};

/// Appends the next line of a paragraph. A word divided at the line's end is joined, and keeps its hyphen only where
/// the document writes it with one elsewhere and never without; otherwise a space, or nothing between CJK.
void append_line(std::string& paragraph, std::string_view line, const Vocabulary& words);

}  // namespace openbook::read
