#include <thread>

#include "store/contract_test.h"

/// Documents, versions, history, removal, as-of.
namespace openbook::store::testing {

using Texts = std::vector<std::string>;

TEST_P(StoreContract, KeepsSettingsAndGivesUpEmptyOnes) {
  EXPECT_EQ(store_->setting("colour").value(), "");
  ASSERT_TRUE(store_->put_setting("colour", "blue"));
  ASSERT_TRUE(store_->put_setting("size", "7"));
  open();
  EXPECT_EQ(store_->setting("colour").value(), "blue");
  ASSERT_TRUE(store_->put_setting("colour", ""));
  EXPECT_EQ(store_->setting("colour").value(), "");
  EXPECT_EQ(store_->setting("size").value(), "7");
}

TEST_P(StoreContract, FindsWhatWasPutAndShowsWhereItStood) {
  put("/a.md", "Alpha", "The zebra walks.\n\nThe lion sleeps tonight.");
  const auto one = snapshot();
  EXPECT_EQ(one->revision(), 1U);
  EXPECT_EQ(one->chunk_count(), 2U);
  EXPECT_EQ(*one->document_count(), 1U);
  const auto hits = one->search(terms_of("lion"), {}, {});
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_GT((*hits)[0].score, 0);
  const auto passages = one->passages(*hits);
  ASSERT_TRUE(passages) << passages.error().text();
  const book::Passage& passage = passages->front();
  EXPECT_EQ(passage.text, "The lion sleeps tonight.");
  EXPECT_EQ(passage.document.uri, "/a.md");
  EXPECT_EQ(passage.document.title, "Alpha");
  EXPECT_EQ(passage.document.version, 1);
  EXPECT_EQ(passage.chunk.heading, (Texts{"Alpha", "part 0"}));
  EXPECT_EQ(passage.chunk.parent.begin, 0U);
  EXPECT_EQ(passage.source.resolve(passage.chunk.range).line, 3U);
  const auto around = one->chunks_around(passage.chunk_id);
  ASSERT_TRUE(around);
  EXPECT_EQ(around->count, 2U);
  EXPECT_EQ(one->passages(std::vector<book::Candidate>{{around->first + 2, 0, {}}}).error().code, Code::NotFound);
}

TEST_P(StoreContract, GivesTheDocumentBackWhole) {
  NewDocument put = make_document("/t.md", "Table", "|a|b|\n|-|-|\n|1|2|\n\n|3|4|");
  put.chunks[1].lead = {0, 11};
  const book::Document document = put.document;
  const auto one = writer();
  ASSERT_TRUE(one->put(std::move(put)));
  ASSERT_TRUE(one->commit());
  const auto view = snapshot();
  const auto back = view->document(id_of("/t.md"));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->markdown, document.markdown);
  EXPECT_EQ(back->source.spans, document.source.spans);
  EXPECT_EQ(back->metadata, document.metadata);
  EXPECT_EQ(back->notes, document.notes);
  EXPECT_EQ(back->format, "markdown");
  const auto chunks = view->chunks(id_of("/t.md"));
  ASSERT_TRUE(chunks);
  ASSERT_EQ(chunks->size(), 2U);
  EXPECT_EQ((*chunks)[1].text_of(back->markdown), "|a|b|\n|-|-|\n|3|4|");
  EXPECT_EQ(found(*view, "3"), Texts{"|a|b|\n|-|-|\n|3|4|"});
  EXPECT_EQ(view->document(id_of("/t.md"), 2).error().code, Code::NotFound);
}

TEST_P(StoreContract, KeepsLargeTextsAndReadsTheirMiddles) {
  std::string markdown;
  for (int i = 0; i < 4000; ++i) markdown += "Paragraph number" + std::to_string(i) + " 汉字 of many.\n\n";
  put("/large.md", "Large", markdown);
  const auto view = snapshot();
  EXPECT_EQ(view->document(id_of("/large.md"))->markdown, markdown);
  EXPECT_EQ(found(*view, "number2345").front(), "Paragraph number2345 汉字 of many.");
}

TEST_P(StoreContract, WritesNothingForUnchangedContent) {
  put("/a.md", "Alpha", "The zebra walks.");
  put("/a.md", "Alpha", "The zebra walks.");
  const auto one = snapshot();
  EXPECT_EQ(one->revision(), 1U);
  EXPECT_EQ(one->history("/a.md")->size(), 1U);
}

TEST_P(StoreContract, ShowsTheNewVersionAndRemembersTheOld) {
  put("/a.md", "Alpha", "The ticket costs twelve coins.");
  put("/b.md", "Beta", "Bread costs three coins.");
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  const Millis between = now_millis();
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  put("/a.md", "Alpha", "The ticket costs fifteen coins.");
  const auto now = snapshot();
  EXPECT_EQ(found(*now, "ticket"), Texts{"The ticket costs fifteen coins."});
  EXPECT_TRUE(found(*now, "twelve").empty());
  EXPECT_EQ(*now->document_frequency("ticket"), 1U);
  EXPECT_EQ(now->chunk_count(), 2U);
  const auto then = snapshot(between);
  EXPECT_EQ(then->revision(), 2U);
  EXPECT_EQ(found(*then, "ticket"), Texts{"The ticket costs twelve coins."});
  EXPECT_EQ(then->chunk_count(), 2U);
  EXPECT_EQ((**then->find("/a.md")).ref.version, 1);
  const auto history = now->history("/a.md");
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), 2U);
  EXPECT_EQ((*history)[0].ended_at, (*history)[1].added_at);
  EXPECT_FALSE((*history)[1].ended_at);
  EXPECT_EQ(then->history("/a.md")->size(), 1U);
  EXPECT_FALSE(then->history("/a.md")->front().ended_at);
  EXPECT_EQ(snapshot(between - 3'600'000)->chunk_count(), 0U);
  EXPECT_EQ(now->history("/none.md").error().code, Code::NotFound);
}

TEST_P(StoreContract, HidesWhatWasRemovedButNotFromThePast) {
  put("/a.md", "Alpha", "The xylograph hums.");
  put("/b.md", "Beta", "Nothing else.");
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  const Millis before = now_millis();
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  const auto one = writer();
  ASSERT_TRUE(one->remove(id_of("/a.md")));
  ASSERT_TRUE(one->remove(id_of("/a.md")));
  ASSERT_TRUE(one->remove(999));
  ASSERT_TRUE(one->commit());
  const auto now = snapshot();
  EXPECT_TRUE(found(*now, "xylograph").empty());
  EXPECT_EQ(*now->document_frequency("xylograph"), 0U);
  EXPECT_EQ(now->list({})->size(), 1U);
  EXPECT_EQ(now->list({"", "", true})->size(), 2U);
  EXPECT_TRUE((**now->find("/a.md")).removed_at);
  std::size_t seen = 0;
  ASSERT_TRUE(now->visit_vocabulary("xylo", [&](std::string_view, std::uint64_t) { return ++seen > 0; }));
  EXPECT_EQ(seen, 0U) << "a removed word must not come back as a correction";
  EXPECT_EQ(found(*snapshot(before), "xylograph"), Texts{"The xylograph hums."});
  put("/a.md", "Alpha", "The xylograph hums.");
  EXPECT_EQ(found(*snapshot(), "xylograph").size(), 1U);
  EXPECT_EQ(snapshot()->history("/a.md")->size(), 2U);
}

TEST_P(StoreContract, FiltersInsideTheSearch) {
  const auto one = writer();
  for (int i = 0; i < 60; ++i) {
    NewDocument put = make_document((i % 2 == 0 ? "/even/" : "/odd/") + std::to_string(i), "T",
                                    "common words number" + std::to_string(i));
    put.document.language = i % 3 == 0 ? "zh" : "en";
    ASSERT_TRUE(one->put(std::move(put)));
  }
  ASSERT_TRUE(one->commit());
  const auto view = snapshot();
  SearchOptions all;
  all.limit = 100;
  EXPECT_EQ(view->search(terms_of("common"), {}, all)->size(), 60U);
  book::Filter filter;
  filter.uri_prefix = "/even/";
  EXPECT_EQ(view->search(terms_of("common"), filter, all)->size(), 30U);
  filter.language = "zh";
  EXPECT_EQ(view->search(terms_of("common"), filter, all)->size(), 10U);
  filter.uri_prefix = "/none";
  EXPECT_TRUE(view->search(terms_of("common"), filter, all)->empty());
  EXPECT_EQ(view->list({"/odd/", "", false})->size(), 30U);
}

TEST_P(StoreContract, RemembersFilesByNameSizeAndTime) {
  const auto one = writer();
  NewDocument first = make_document("/f.jsonl#1", "One", "First line.");
  NewDocument second = make_document("/f.jsonl#2", "Two", "Second line.");
  first.source_uri = second.source_uri = "/f.jsonl";
  ASSERT_TRUE(one->put(std::move(first)));
  ASSERT_TRUE(one->put(std::move(second)));
  ASSERT_TRUE(one->put_source({"/f.jsonl", 123, 456, "abc", "jsonl/1"}));
  ASSERT_TRUE(one->commit());
  const auto source = snapshot()->find_source("/f.jsonl");
  ASSERT_TRUE(source && *source);
  EXPECT_EQ((*source)->size, 123U);
  EXPECT_EQ((*source)->modified, 456);
  EXPECT_EQ(snapshot()->sources("/f")->size(), 1U);
  EXPECT_EQ(snapshot()->list({"", "/f.jsonl", false})->size(), 2U);
  ASSERT_TRUE(one->remove(id_of("/f.jsonl#1")));
  ASSERT_TRUE(one->commit());
  EXPECT_FALSE(*snapshot()->find_source("/f.jsonl")) << "adding the file again must read it again";
}

TEST_P(StoreContract, IndexesAVersionAnew) {
  put("/a.md", "Alpha", "Old words here.\n\nMore of them.");
  put("/a.md", "Alpha", "New words here.\n\nMore again.");
  const auto one = writer();
  for (int version = 1; version <= 2; ++version) {
    const auto document = snapshot()->document(id_of("/a.md"), version);
    NewDocument whole = make_document("/a.md", "Alpha", document->markdown);
    ASSERT_TRUE(one->reindex(id_of("/a.md"), version, std::move(whole.chunks), std::move(whole.terms)));
  }
  ASSERT_TRUE(one->adopt_identity());
  ASSERT_TRUE(one->commit());
  EXPECT_EQ(found(*snapshot(), "words"), Texts{"New words here."});
  EXPECT_EQ(*snapshot()->document_frequency("word"), 1U);
  EXPECT_EQ(snapshot()->chunk_count(), 2U);
  EXPECT_EQ(snapshot()->history("/a.md")->size(), 2U);
  const std::uint64_t revision = snapshot()->revision();
  ASSERT_TRUE(one->reindex(77, 1, {}, {})) << "a document that was forgotten meanwhile";
  EXPECT_EQ(*one->commit(), revision);
}

}  // namespace openbook::store::testing
