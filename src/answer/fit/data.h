#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The question sets that the answerer is fitted on and measured with (data/README.md names the forms).
namespace openbook::answer::fit {

struct Passage {
  std::string id;
  std::string title;
  std::string text;
};

struct LabelledQuestion {
  std::string id;
  std::string text;
  std::vector<std::string> answers;  ///< Any one is right; empty where not answerable.
  bool answerable = true;
  std::uint32_t passage = 0;  ///< Index into Set::passages of the passage it was written for.
  bool held_out = false;      ///< MD5 of doc_id is odd: measured on, never fitted on.
  bool hide = false;          ///< MD5 of the question's id is odd: its passage is hidden when declining is measured.
};

struct Set {
  std::string name;
  std::vector<Passage> passages;
  std::vector<LabelledQuestion> questions;
};

/// Reads qa/NAME/qa.jsonl.gz and retrieval/NAME/corpus.jsonl.gz below `data`. Errors: Io, Corrupt.
Result<Set> load_set(const std::string& data, const std::string& name);

/// Is the last bit of the MD5 of this text set?
bool md5_is_odd(std::string_view text);

}  // namespace openbook::answer::fit
