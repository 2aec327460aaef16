#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/files.h"
#include "base/result.h"

/// Questions with their expected answers: the qa form (qa.jsonl beside a BEIR corpus) or a SQuAD file.
namespace openbook::eval {

struct LabelledQuestion {
  std::string id;
  std::string text;
  std::vector<std::string> answers;  ///< Any one is right.
  bool answerable = true;
  std::vector<std::string> documents;  ///< Passages that hold the answer; the first is the one it was written for.
};

struct QuestionSet {
  std::string name;
  std::vector<LabelledQuestion> questions;
  std::string corpus;                                   ///< Path of the corpus file.
  std::unordered_map<std::string, std::string> titles;  ///< Document id → title.
  std::optional<TemporaryFolder> folder;  ///< Holds the corpus that was made of a SQuAD file's paragraphs.
};

/// Reads questions from qa.jsonl[.gz], a folder that holds it, or a SQuAD file (one JSON object with "data").
/// `corpus` is the BEIR folder or corpus file with the passages; empty: ../../retrieval/NAME beside the folder of the
/// questions, or for SQuAD the file's own paragraphs. Errors: NotFound, Io, Corrupt, InvalidInput.
Result<QuestionSet> load_questions(const std::string& path, const std::string& corpus);

/// Is the MD5 of this text an odd number? How sets are halved (RFC 1321; no secret depends on it).
bool md5_is_odd(std::string_view text);

}  // namespace openbook::eval
