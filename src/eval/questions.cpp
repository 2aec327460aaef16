#include "eval/questions.h"

#include <openssl/evp.h>

#include <filesystem>

#include "base/atomic_file.h"
#include "base/json.h"
#include "eval/beir.h"
#include "eval/lines.h"

namespace openbook::eval {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> texts_of(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const auto member = object.find(name);
  if (member == object.end() || !member->is_array()) return texts;
  for (const Json& text : *member)
    if (text.is_string()) texts.push_back(text.get<std::string>());
  return texts;
}

Status read_qa(const std::string& path, QuestionSet& set) {
  return each_object(path, [&](const Json& object) -> Status {
    LabelledQuestion question;
    question.id = text_member(object, "_id");
    question.text = text_member(object, "question");
    question.answers = texts_of(object, "answers");
    question.answerable = object.value("answerable", true);
    if (const std::string document = text_member(object, "doc_id"); !document.empty())
      question.documents.push_back(document);
    for (const char* name : {"supporting", "positive"})
      for (std::string& document : texts_of(object, name)) question.documents.push_back(std::move(document));
    if (question.id.empty() || !object.contains("question"))
      return fail(Code::Corrupt, "a question needs `_id` and `question`");
    if (question.text.empty()) return {};  // Sets have such rows; nothing was asked.
    if (question.answerable && question.answers.empty())
      return fail(Code::Unsupported, "question " + question.id + " has no `answers` to compare with");
    set.questions.push_back(std::move(question));
    return {};
  });
}

/// Title, paragraphs and questions of one article; its paragraphs go to `corpus` as "TITLE#n".
Status read_article(const Json& article, AtomicFile& corpus, QuestionSet& set) {
  const std::string title = text_member(article, "title");
  int number = 0;
  for (const Json& paragraph : article.at("paragraphs")) {
    const std::string id = (title.empty() ? set.name : title) + "#" + std::to_string(number++);
    std::string shown = title;
    for (char& c : shown)
      if (c == '_') c = ' ';
    OB_RETURN_IF_ERROR(
        corpus.write(to_text({{"_id", id}, {"title", shown}, {"text", text_member(paragraph, "context")}}) + "\n"));
    set.titles[id] = shown;
    for (const Json& qa : paragraph.at("qas")) {
      LabelledQuestion question{text_member(qa, "id"), text_member(qa, "question"), {}, true, {id}};
      question.answerable = !qa.value("is_impossible", false);
      if (qa.contains("answers"))
        for (const Json& answer : qa.at("answers")) question.answers.push_back(text_member(answer, "text"));
      if (question.answerable && question.answers.empty()) question.answerable = false;
      set.questions.push_back(std::move(question));
    }
  }
  return {};
}

Status read_squad(const std::string& path, QuestionSet& set) {
  std::string text;
  OB_RETURN_IF_ERROR(each_line(path, [&](std::string_view line, int) -> Status {
    text.append(line) += '\n';
    return {};
  }));
  OB_TRY(const Json root, parse_json(text));
  if (!root.is_object() || !root.contains("data"))
    return fail(Code::InvalidInput, path + " is neither qa.jsonl nor a SQuAD file (a JSON object with \"data\")");
  OB_TRY(TemporaryFolder folder, TemporaryFolder::make());
  set.corpus = folder.path() + "/corpus.jsonl";
  set.folder.emplace(std::move(folder));
  AtomicFile corpus;
  OB_RETURN_IF_ERROR(corpus.open(set.corpus));
  try {
    for (const Json& article : root.at("data")) OB_RETURN_IF_ERROR(read_article(article, corpus, set));
  } catch (const Json::exception& error) {
    return fail(Code::Corrupt, path + " is no SQuAD file: " + error.what());
  }
  return corpus.commit();
}

Status read_titles(QuestionSet& set) {
  return each_object(set.corpus, [&](const Json& object) -> Status {
    set.titles[text_member(object, "_id")] = text_member(object, "title");
    return {};
  });
}

bool is_squad(const std::string& path) {
  return path.ends_with(".json") || path.ends_with(".json.gz");
}

/// Questions without their passages would measure nothing.
Status check_documents(const std::string& path, const QuestionSet& set) {
  if (set.questions.empty()) return fail(Code::InvalidInput, path + " has no question");
  for (const LabelledQuestion& question : set.questions)
    for (const std::string& document : question.documents)
      if (!set.titles.contains(document))
        return fail(Code::InvalidInput, "question " + question.id + " was written for " + document + ", which " +
                                            set.corpus + " does not have; name the right corpus with --corpus");
  return {};
}

}  // namespace

bool md5_is_odd(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr) != 1 || size == 0) return false;
  return (digest[size - 1] & 1) != 0;
}

Result<QuestionSet> load_questions(const std::string& path, const std::string& corpus) {
  std::error_code ignored;
  QuestionSet set;
  std::string file = path;
  if (fs::is_directory(path, ignored)) {
    OB_TRY(file, plain_or_gzip(path + "/qa.jsonl"));
  }
  const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
  set.name = is_squad(file) ? last_part(file) : folder.filename().string();
  if (is_squad(file)) {
    OB_RETURN_IF_ERROR(read_squad(file, set));
  } else {
    OB_RETURN_IF_ERROR(read_qa(file, set));
  }
  if (!corpus.empty() || set.corpus.empty()) {
    const std::string given =
        corpus.empty() ? (folder / "../../retrieval" / set.name).lexically_normal().string() : corpus;
    if (fs::is_regular_file(given, ignored))
      set.corpus = given;
    else if (auto found = plain_or_gzip(given + "/corpus.jsonl"))
      set.corpus = *found;
    else
      return fail(Code::NotFound, given + " holds no corpus.jsonl; name the folder with the passages with --corpus");
    set.titles.clear();
    OB_RETURN_IF_ERROR(read_titles(set));
  }
  OB_RETURN_IF_ERROR(check_documents(file, set));
  return set;
}

}  // namespace openbook::eval
