#pragma once

#include <map>
#include <string>
#include <vector>

#include "book/evidence.h"

namespace openbook::book {

/// Where one sentence of an answer comes from. The quote stands in the cited version of the document at `range`, byte
/// for byte.
struct Citation {
  int number = 1;  ///< The [n] in the answer.
  DocumentRef document;
  ByteRange range;  ///< Of the document's Markdown.
  std::string quote;
  std::vector<std::string> heading;
  Location location;
  bool nearest = false;  ///< True when the question was declined: a near passage, not a source.
};

/// One sentence of an answer and what supports it.
struct AnswerSentence {
  std::string text;
  std::vector<int> citations;  ///< Citation numbers.
  bool context = false;        ///< Only names the subject of the sentence that follows; the answer is there.
};

struct Answer {
  std::string question;
  bool answered =
      false;         ///< False: the library does not hold the answer, and `text` says so in the question's language.
  std::string text;  ///< Sentences with [n] marks.
  std::string span;  ///< The few words that answer, where the question asks for such; else empty.
  std::vector<AnswerSentence> sentences;
  std::vector<Citation> citations;
  float confidence = 0;  ///< Calibrated probability that the library holds the answer, 0 to 1.
  std::string model = "extractive";
  std::string pipeline = "naive";
  std::vector<std::string> related;      ///< Questions or headings near this one that the library does hold.
  std::map<std::string, double> timing;  ///< Stage → milliseconds.
};

}  // namespace openbook::book
