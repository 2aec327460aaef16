#pragma once

#include <string>
#include <string_view>

#include "answer/choose.h"
#include "book/answer.h"

/// From chosen statements to the answer that is shown: numbered citations, exact quotes, the text with its marks.
namespace openbook::answer {

class Composer {
 public:
  explicit Composer(std::string language) : language_(std::move(language)) {}

  /// Adds the statements of one question (or of one half of a double question). `spans` must outlive nothing.
  void add(const Reading& reading, const Choice& choice);

  /// Says that this half is not held.
  void add_not_held(std::string_view part);

  /// For a declined question: up to three passages that came near, as citations.
  void add_nearest(const Reading& reading, int max_sources);

  /// Headings and titles of the passages that are near and were not quoted, at most three.
  void add_related(const Reading& reading);

  /// The answer with sentences, citations, related and text; the caller fills the rest.
  book::Answer take(bool answered);

 private:
  int cite(const book::Passage& passage, ByteRange text_range, bool nearest);
  void say(std::string text, std::vector<int> citations, bool context = false);

  std::string language_;
  book::Answer answer_;
};

}  // namespace openbook::answer
