#include "answer/fit/data.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <unordered_map>

#include "base/json.h"

namespace openbook::answer::fit {
namespace {

Result<std::string> read_gzip(const std::string& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return fail(Code::Io, "cannot open " + path + "; set OPENBOOK_DATA to the data folder");
  std::string bytes;
  char buffer[1 << 16];
  int size = 0;
  while ((size = gzread(file, buffer, sizeof buffer)) > 0) bytes.append(buffer, static_cast<std::size_t>(size));
  gzclose(file);
  if (size < 0) return fail(Code::Corrupt, path + " is not a whole gzip file; fetch it again");
  return bytes;
}

template <typename Visit>
Status each_line(const std::string& path, Visit&& visit) {
  OB_TRY(const std::string bytes, read_gzip(path));
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t end = bytes.find('\n', at);
    if (end == std::string::npos) end = bytes.size();
    if (end > at) {
      OB_TRY(const Json row, parse_json(std::string_view(bytes).substr(at, end - at)));
      visit(row);
    }
    at = end + 1;
  }
  return {};
}

}  // namespace

bool md5_is_odd(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr) != 1 || size == 0) return false;
  return (digest[size - 1] & 1) != 0;
}

Result<Set> load_set(const std::string& data, const std::string& name) {
  Set set;
  set.name = name;
  std::unordered_map<std::string, std::uint32_t> index;
  OB_RETURN_IF_ERROR(each_line(data + "/retrieval/" + name + "/corpus.jsonl.gz", [&](const Json& row) {
    index.emplace(row["_id"].get<std::string>(), static_cast<std::uint32_t>(set.passages.size()));
    set.passages.push_back({row["_id"], row.value("title", ""), row["text"]});
  }));
  OB_RETURN_IF_ERROR(each_line(data + "/qa/" + name + "/qa.jsonl.gz", [&](const Json& row) {
    const std::string document = row["doc_id"];
    const auto found = index.find(document);
    if (found == index.end()) return;
    LabelledQuestion question;
    question.id = row["_id"];
    question.text = row["question"];
    question.answerable = row["answerable"];
    if (question.answerable) question.answers = row["answers"].get<std::vector<std::string>>();
    question.passage = found->second;
    question.held_out = md5_is_odd(document);
    question.hide = md5_is_odd(question.id);
    set.questions.push_back(std::move(question));
  }));
  return set;
}

}  // namespace openbook::answer::fit
