#include <unistd.h>

#include <algorithm>

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
  options.busy_timeout_ms = 20'000;
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
    const std::size_t end = std::min(markdown.find("\n\n", begin), markdown.size());
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

TestFolder::TestFolder() {
  std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::replace(name.begin(), name.end(), '/', '-');
  path_ = std::filesystem::temp_directory_path() / ("openbook-store-" + std::to_string(::getpid()) + "-" + name);
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void StoreContract::open(const StoreOptions& options) {
  store_.reset();
  auto store = GetParam().open(folder_.path(), options);
  ASSERT_TRUE(store) << store.error().text();
  store_ = std::move(*store);
}

std::unique_ptr<Writer> StoreContract::writer() {
  auto writer = store_->writer();
  EXPECT_TRUE(writer) << writer.error().text();
  return std::move(*writer);
}

std::unique_ptr<Snapshot> StoreContract::snapshot(std::optional<Millis> as_of) {
  auto snapshot = store_->snapshot(as_of);
  EXPECT_TRUE(snapshot) << snapshot.error().text();
  return std::move(*snapshot);
}

void StoreContract::put(const std::string& uri, const std::string& title, const std::string& markdown) {
  const auto one = writer();
  ASSERT_TRUE(one->put(make_document(uri, title, markdown)));
  const auto revision = one->commit();
  ASSERT_TRUE(revision) << revision.error().text();
}

book::DocumentId StoreContract::id_of(const std::string& uri) {
  const auto info = snapshot()->find(uri);
  EXPECT_TRUE(info && *info) << uri;
  return info && *info ? (*info)->ref.id : 0;
}

std::vector<std::string> StoreContract::found(Snapshot& snapshot, const std::string& question,
                                              const book::Filter& filter) {
  const auto hits = snapshot.search(terms_of(question), filter, {});
  EXPECT_TRUE(hits) << hits.error().text();
  const auto passages = snapshot.passages(*hits);
  EXPECT_TRUE(passages) << passages.error().text();
  std::vector<std::string> texts;
  for (const book::Passage& passage : *passages) texts.push_back(passage.text);
  return texts;
}

}  // namespace openbook::store::testing
