#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "answer/answer_test_library.h"
#include "answer/extractive.h"

/// Any bytes as a question and the passages found for it, apart by NUL: the first is the question, then title and
/// Markdown in turn. Citations must lie inside their passage.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto next = [&rest] {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    std::string field(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return field;
  };
  const book::Query query = answer::test::query_of(next());
  std::vector<answer::test::TestDocument> documents;
  while (!rest.empty() && documents.size() < 5) {
    std::string title = next();
    documents.push_back({title, next(), {title}});
  }
  const book::Evidence evidence = answer::test::evidence_of(query, documents);
  static const auto answerer = answer::make_extractive_answerer();
  const auto answer = answerer->answer(query, evidence, {.declining = answer::Declining::Never}, nullptr);
  if (!answer) std::abort();
  for (const book::Citation& citation : answer->citations) {
    const auto& document = documents.at(static_cast<std::size_t>(citation.document.id - 1));
    if (citation.range.begin > citation.range.end || citation.range.end > document.markdown.size()) std::abort();
    if (citation.range.of(document.markdown) != citation.quote) std::abort();
  }
  return 0;
}
