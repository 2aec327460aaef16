#include "retrieve/gather.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace openbook::retrieve {
namespace {

/// Puts a text at 0 or 1 on a line by whether it speaks of the sea, whatever words it uses.
class SeaEmbedder final : public embed::Embedder {
 public:
  Result<embed::Matrix> embed(std::span<const std::string_view> texts, embed::TextRole,
                              std::stop_token) const override {
    embed::Matrix matrix{texts.size(), 2, {}};
    for (const std::string_view text : texts) {
      const bool sea = text.find("sea") != std::string_view::npos || text.find("ocean") != std::string_view::npos;
      matrix.values.insert(matrix.values.end(), {sea ? 1.0F : 0.0F, sea ? 0.0F : 1.0F});
    }
    return matrix;
  }
  std::size_t width() const override { return 2; }
  std::string identity() const override { return "sea/1"; }
};

class GatherTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryFolder::make();
    ASSERT_TRUE(made);
    folder_.emplace(std::move(*made));
    auto opened = store::open_store(folder_->path() + "/kb.db", store::OpenMode::Create,
                                    {.tokeniser = text::Tokeniser::identity(), .splitter = "whole"});
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    auto writer = store_->writer();
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->set_embedder("sea/1", 2));
    for (const char* text : {"The ocean is deep.", "The forest is dark.", "A sea of trees."}) put(**writer, text);
    ASSERT_TRUE((*writer)->commit());
  }

  void put(store::Writer& writer, const std::string& text) {
    store::NewDocument document;
    document.document.uri = text;
    document.document.markdown = text;
    document.content_hash = text;
    document.chunks = {{.range = {0, static_cast<std::uint32_t>(text.size())}}};
    index::TermCollector collector;
    collector.begin("");
    collector.add({}, text);
    document.terms = collector.finish();
    const std::string_view view = text;
    const auto vectors = embedder_.embed({&view, 1}, embed::TextRole::Passage, {});
    document.vectors = vectors->values;
    ASSERT_TRUE(writer.put(std::move(document)));
  }

  std::vector<std::string> found(const std::string& question, const embed::Embedder* embedder) {
    auto snapshot = store_->snapshot();
    EXPECT_TRUE(snapshot);
    book::Query query;
    query.corrected = question;
    query.terms = query_terms(question, tokeniser_);
    const auto candidates = candidates_for(**snapshot, query, 10, embedder);
    EXPECT_TRUE(candidates) << candidates.error().text();
    std::vector<std::string> texts;
    const auto passages = (*snapshot)->passages(*candidates);
    EXPECT_TRUE(passages);
    for (const book::Passage& passage : *passages) texts.push_back(passage.text);
    return texts;
  }

  std::optional<TemporaryFolder> folder_;
  std::unique_ptr<store::Store> store_;
  text::Tokeniser tokeniser_;
  SeaEmbedder embedder_;
};

TEST_F(GatherTest, FindsByWordsAloneWithoutAnEmbedder) {
  EXPECT_EQ(found("the sea", nullptr), (std::vector<std::string>{"A sea of trees."}));
}

TEST_F(GatherTest, FusesWordsAndVectorsWithOne) {
  const auto texts = found("the sea", &embedder_);
  ASSERT_GE(texts.size(), 2u);
  EXPECT_EQ(texts[0], "A sea of trees.");     // Both rankers have it.
  EXPECT_EQ(texts[1], "The ocean is deep.");  // No word in common.
}

}  // namespace
}  // namespace openbook::retrieve
