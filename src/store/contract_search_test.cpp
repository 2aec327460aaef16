#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "store/contract_test.h"

/// Isolation, many threads, merges, vectors, forgetting.
namespace openbook::store::testing {

using Texts = std::vector<std::string>;

TEST_P(StoreContract, ShowsOneRevisionWhateverIsWrittenMeanwhile) {
  put("/a.md", "Alpha", "version0 stays together.\n\nversion0 second half.");
  std::atomic<bool> stop{false};
  std::atomic<int> mixed{0};
  std::atomic<int> looked{0};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i)
    readers.emplace_back([&] {
      while (!stop) {
        const auto view = snapshot();
        const Texts halves = found(*view, "halves second half stays together");
        std::set<std::string> versions;
        for (const std::string& text : halves) versions.insert(text.substr(0, text.find(' ')));
        if (versions.size() != 1 || halves.size() != 2) ++mixed;
        ++looked;
      }
    });
  for (int i = 1; i <= 25; ++i) {
    const std::string word = "version" + std::to_string(i);
    put("/a.md", "Alpha", word + " stays together.\n\n" + word + " second half.");
  }
  while (looked < 10) std::this_thread::yield();
  stop = true;
  readers.clear();
  EXPECT_EQ(mixed, 0);
  EXPECT_EQ(snapshot()->revision(), 26U);
}

TEST_P(StoreContract, KeepsAnOldSnapshotAsItWas) {
  put("/a.md", "Alpha", "The zebra walks.");
  const auto old = snapshot();
  put("/b.md", "Beta", "Another zebra runs.");
  const auto one = writer();
  ASSERT_TRUE(one->remove(id_of("/a.md")));
  ASSERT_TRUE(one->commit());
  EXPECT_EQ(found(*old, "zebra"), Texts{"The zebra walks."});
  EXPECT_EQ(old->revision(), 1U);
  EXPECT_EQ(found(*snapshot(), "zebra"), Texts{"Another zebra runs."});
}

TEST_P(StoreContract, LetsTwoWritersAddAtOnce) {
  const auto add = [&](const std::string& name) {
    auto own = GetParam().open(folder_.path(), test_options());
    ASSERT_TRUE(own) << own.error().text();
    const auto one = std::move(*(*own)->writer());
    for (int i = 0; i < 30; ++i) {
      ASSERT_TRUE(one->put(make_document("/" + name + std::to_string(i), "T", name + " word" + std::to_string(i))));
      const auto revision = one->commit();
      ASSERT_TRUE(revision) << revision.error().text();
    }
  };
  {
    std::jthread first(add, "left");
    std::jthread second(add, "right");
  }
  const auto view = snapshot();
  EXPECT_EQ(*view->document_count(), 60U);
  EXPECT_EQ(view->revision(), 60U);
  SearchOptions all;
  all.limit = 100;
  EXPECT_EQ(view->search(terms_of("left"), {}, all)->size(), 30U);
  EXPECT_EQ(view->search(terms_of("right"), {}, all)->size(), 30U);
}

/// What the library should hold, kept plainly.
struct Plain {
  std::map<std::string, std::string> now;
  std::vector<std::pair<Millis, std::map<std::string, std::string>>> past;
};

/// How many paragraphs of the texts hold the word.
std::uint64_t paragraphs_with(const std::map<std::string, std::string>& texts, const std::string& word) {
  std::uint64_t count = 0;
  for (const auto& [uri, text] : texts)
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find("\n\n", begin), text.size());
      const std::string paragraph = " " + text.substr(begin, end - begin) + " ";
      count += paragraph.find(" " + word + " ") != std::string::npos ? 1 : 0;
      begin = end + 2;
    }
  return count;
}

TEST_P(StoreContract, StaysRightThroughManySmallChangesAndMerges) {
  std::mt19937 random(11);
  Plain plain;
  const auto one = writer();
  for (int step = 0; step < 120; ++step) {
    for (int change = 0; change < 3; ++change) {
      const std::string uri = "/" + std::to_string(random() % 25);
      if (random() % 5 == 0 && plain.now.contains(uri)) {
        ASSERT_TRUE(one->commit());
        ASSERT_TRUE(one->remove(id_of(uri)));
        plain.now.erase(uri);
        continue;
      }
      std::string text = "word" + std::to_string(random() % 12);
      for (int i = 0; i < 6; ++i) text += (i % 3 == 2 ? "\n\nword" : " word") + std::to_string(random() % 12);
      ASSERT_TRUE(one->put(make_document(uri, "T", text)));
      plain.now[uri] = text;
    }
    ASSERT_TRUE(one->commit());
    if (step % 30 == 10) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      plain.past.emplace_back(now_millis(), plain.now);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  plain.past.emplace_back(now_millis() + 1000, plain.now);
  for (const auto& [moment, texts] : plain.past) {
    const auto view = snapshot(moment);
    EXPECT_EQ(*view->document_count(), texts.size());
    EXPECT_EQ(view->chunk_count(), 3 * texts.size());
    for (int i = 0; i < 12; ++i) {
      const std::string word = "word" + std::to_string(i);
      EXPECT_EQ(*view->document_frequency(word), paragraphs_with(texts, word)) << word;
      SearchOptions all;
      all.limit = 1000;
      EXPECT_EQ(view->search({{{word, 1, ""}}}, {}, all)->size(), paragraphs_with(texts, word)) << word;
    }
  }
}

TEST_P(StoreContract, SearchesVectorsExactly) {
  const auto one = writer();
  ASSERT_TRUE(one->set_embedder("toy/1", 3));
  for (int i = 0; i < 5; ++i) {
    NewDocument put = make_document("/" + std::to_string(i), "T", "text" + std::to_string(i));
    put.vectors = {static_cast<float>(i), 1, 0};
    ASSERT_TRUE(one->put(std::move(put)));
  }
  ASSERT_TRUE(one->put(make_document("/none", "T", "without")));
  ASSERT_TRUE(one->commit());
  ASSERT_TRUE(one->put_vectors(id_of("/0"), 1, {9, 0, 0}));
  ASSERT_TRUE(one->remove(id_of("/4")));
  ASSERT_TRUE(one->commit());
  const auto view = snapshot();
  const std::vector<float> query = {1, 0, 0};
  const auto hits = view->search_vectors("toy/1", query, {}, 2);
  ASSERT_TRUE(hits) << hits.error().text();
  ASSERT_EQ(hits->size(), 2U);
  const auto passages = view->passages(*hits);
  EXPECT_EQ((*passages)[0].text, "text0");
  EXPECT_EQ((*passages)[1].text, "text3");
  EXPECT_EQ((*hits)[0].signals.dense, 9);
  EXPECT_EQ(view->search_vectors("other/1", query, {}, 2).error().code, Code::InvalidInput);
  EXPECT_EQ(view->search_vectors("toy/1", std::vector<float>{1}, {}, 2).error().code, Code::InvalidInput);
  EXPECT_EQ(one->put_vectors(id_of("/0"), 1, {std::nanf(""), 0, 0}).error().code, Code::InvalidInput);
}

TEST_P(StoreContract, ForgetsForGood) {
  put("/keep.md", "Keep this", "The zebra walks over the long plain at dawn.");
  put("/secret.md", "Plan Xylophantic", "The xylophanticus weighs forty-two kilograms.\n\nThe zebra knows it.");
  const Millis before = now_millis();
  put("/secret.md", "Plan Xylophantic", "The xylophanticus weighs fifty-one kilograms by now.");
  const auto one = writer();
  const std::vector<book::DocumentId> ids = {id_of("/secret.md")};
  const auto receipt = one->forget(ids);
  ASSERT_TRUE(receipt) << receipt.error().text();
  EXPECT_TRUE(receipt->clean());
  EXPECT_EQ(receipt->uris, Texts{"/secret.md"});
  EXPECT_EQ(receipt->version_count, 2U);
  EXPECT_EQ(receipt->chunk_count, 3U);
  EXPECT_GT(receipt->term_count, 3U);
  EXPECT_GE(receipt->checked.size(), 6U);
  for (const auto moment : {std::optional<Millis>(), std::optional<Millis>(before)}) {
    const auto view = snapshot(moment);
    EXPECT_TRUE(found(*view, "xylophanticus").empty());
    EXPECT_EQ(*view->document_frequency("zebra"), 1U);
    EXPECT_FALSE(*view->find("/secret.md"));
    EXPECT_EQ(view->list({"", "", true})->size(), 1U);
  }
  EXPECT_EQ(found(*snapshot(), "zebra").size(), 1U);
  const auto again = one->forget(ids);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->uris.empty());
}

TEST_P(StoreContract, RefusesWhatMakesNoSense) {
  const auto one = writer();
  EXPECT_EQ(one->put(make_document("", "T", "text")).error().code, Code::InvalidInput);
  NewDocument wrong = make_document("/a", "T", "text");
  wrong.chunks[0].range.end = 99;
  EXPECT_EQ(one->put(std::move(wrong)).error().code, Code::Bug);
  NewDocument fewer = make_document("/a", "T", "text");
  fewer.chunks.clear();
  EXPECT_EQ(one->put(std::move(fewer)).error().code, Code::Bug);
  EXPECT_EQ(one->set_embedder("", 3).error().code, Code::InvalidInput);
  EXPECT_EQ(one->pending_count(), 0U);
  EXPECT_EQ(*one->commit(), 0U);
}

TEST_P(StoreContract, HoldsDocumentsWithoutText) {
  put("/empty.md", "Nothing", "");
  put("/a.md", "Alpha", "Something.");
  const auto view = snapshot();
  EXPECT_EQ(*view->document_count(), 2U);
  EXPECT_EQ(view->document(id_of("/empty.md"))->markdown, "");
  EXPECT_EQ(found(*view, "something"), Texts{"Something."});
}

}  // namespace openbook::store::testing
