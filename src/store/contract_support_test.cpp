#include "base/hash.h"
#include "store/contract_test.h"
#include "text/estimate.h"
#include "text/tokenise.h"

namespace openbook::store::testing {

StoreOptions test_options() {
  StoreOptions options;
  options.tokeniser = text::Tokeniser::identity();
  options.splitter = "paragraphs/1";
  options.weights = {4, 3, 2};
  options.busy_timeout_ms = 2'000;
  options.batch_age_ms = 3'600'000;
  return options;
}

NewDocument make_document(const std::string& uri, const std::string& title, const std::string& markdown) {
  NewDocument put;
  put.document.uri = uri;
  put.document.title = title;
  put.document.language = "en";
  put.document.format = "markdown";
  put.document.markdown = markdown;
  put.document.metadata = {{"author", "A. Writer"}};
  put.document.notes = {"a note"};
  put.content_hash = sha256_hex(title + "\n" + markdown);
  index::TermCollector collector(test_options().weights);
  collector.begin(title);
  std::size_t begin = 0;
  std::uint32_t line = 1;
  while (begin < markdown.size()) {
    std::size_t end = markdown.find("\n\n", begin);
    if (end == std::string::npos) end = markdown.size();
    book::Chunk chunk;
    chunk.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    chunk.parent = {0, static_cast<std::uint32_t>(markdown.size())};
    chunk.heading = {title, "part " + std::to_string(put.chunks.size() / 2)};
    chunk.token_count = static_cast<std::uint32_t>(text::estimate_tokens(chunk.text_of(markdown)));
    collector.add(chunk.heading, chunk.text_of(markdown));
    book::SourceSpan span;
    span.range = chunk.range;
    span.line = line;
    put.document.source.add(span);
    put.chunks.push_back(chunk);
    line += 2;
    begin = end + 2;
  }
  put.terms = collector.finish();
  return put;
}

std::vector<book::QueryTerm> terms_of(const std::string& question) {
  text::Tokeniser tokeniser;
  std::vector<book::QueryTerm> terms;
  for (const text::OwnedToken& token : text::tokens_of(tokeniser, question))
    terms.push_back({token.term, 1, token.term});
  return terms;
}

}  // namespace openbook::store::testing
