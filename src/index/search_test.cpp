#include "index/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>

#include "index/segment_builder.h"
#include "index/segment_merge.h"
#include "index/vocabulary.h"

/// Block-max search against scoring everything, on random collections with deletes, merges and filters.
namespace openbook::index {
namespace {

/// What the index is told, kept plainly.
struct PlainChunk {
  ChunkId id = 0;
  std::map<std::string, std::uint8_t> frequency;
  std::uint32_t length = 0;
  bool visible = true;
  bool allowed = true;
};

struct Stored {
  MemoryBytes bytes;
  std::shared_ptr<const Segment> segment;
  Bitmap visible;
  Bitmap allowed;
};

/// A random collection in several segments.
class Collection {
 public:
  Collection(std::uint32_t seed, std::size_t segment_count, std::size_t largest) : random_(seed) {
    ChunkId next = 0;
    for (std::size_t i = 0; i < segment_count; ++i) {
      SegmentBuilder builder;
      const std::size_t documents = 1 + random_() % largest;
      for (std::size_t d = 0; d < documents; ++d) {
        next += random_() % 3 == 0 ? 2 : 0;  // Ids that were given and never used.
        builder.add(make_document(next), next);
        next = static_cast<ChunkId>(chunks_.back().id + 1);
      }
      store(builder);
    }
  }

  /// Hides and disallows some chunks.
  void hide(std::uint32_t one_in, std::uint32_t disallow_one_in) {
    for (PlainChunk& chunk : chunks_) {
      chunk.visible = random_() % one_in != 0;
      chunk.allowed = chunk.visible && random_() % disallow_one_in != 0;
    }
    refresh();
  }

  /// Merges all segments into one without hidden chunks.
  void merge_all() {
    std::vector<MergeInput> inputs;
    for (const auto& stored : segments_) inputs.push_back({stored->segment.get(), &stored->bytes, stored->visible});
    auto merged = std::make_unique<Stored>();
    const auto info = merge(inputs, merged->bytes);
    ASSERT_TRUE(info) << info.error().text();
    merged->segment = *Segment::open(merged->bytes, info->byte_size);
    segments_.clear();
    segments_.push_back(std::move(merged));
    std::erase_if(chunks_, [](const PlainChunk& chunk) { return !chunk.visible; });
    refresh();
  }

  std::vector<SearchSegment> segments(bool filtered) {
    std::vector<SearchSegment> result;
    for (const auto& stored : segments_)
      result.push_back(
          {stored->segment.get(), &stored->bytes, &stored->visible, filtered ? &stored->allowed : nullptr});
    return result;
  }

  CollectionStatistics statistics() const {
    CollectionStatistics statistics;
    double total = 0;
    for (const PlainChunk& chunk : chunks_) {
      if (!chunk.visible) continue;
      ++statistics.chunk_count;
      total += static_cast<double>(length_of(length_code(chunk.length)));
    }
    statistics.average_length = statistics.chunk_count > 0 ? total / static_cast<double>(statistics.chunk_count) : 0;
    return statistics;
  }

  std::uint64_t frequency(const std::string& term) const {
    std::uint64_t count = 0;
    for (const PlainChunk& chunk : chunks_) count += chunk.visible && chunk.frequency.contains(term) ? 1 : 0;
    return count;
  }

  /// BM25 written down from its definition, in double.
  std::vector<std::pair<double, ChunkId>> score_all(const std::vector<SearchTerm>& query, const Bm25& bm25,
                                                    bool filtered) const {
    const CollectionStatistics all = statistics();
    std::map<std::string_view, double> frequencies;
    for (const SearchTerm& term : query)
      frequencies[term.term] = static_cast<double>(frequency(std::string(term.term)));
    std::vector<std::pair<double, ChunkId>> scores;
    for (const PlainChunk& chunk : chunks_) {
      if (!(filtered ? chunk.allowed : chunk.visible)) continue;
      double score = 0;
      for (const SearchTerm& term : query) {
        const auto found = chunk.frequency.find(std::string(term.term));
        if (found == chunk.frequency.end() || term.weight <= 0) continue;
        const double df = frequencies[term.term];
        const double rarity = std::log(1 + (static_cast<double>(all.chunk_count) - df + 0.5) / (df + 0.5));
        const double tf = found->second / 2.0;
        const double share = static_cast<double>(length_of(length_code(chunk.length))) / all.average_length;
        score += term.weight * rarity * tf * (bm25.k1 + 1) / (tf + bm25.k1 * (1 - bm25.b + bm25.b * share));
      }
      if (score > 0) scores.emplace_back(score, chunk.id);
    }
    std::sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    return scores;
  }

  std::vector<SearchTerm> random_query() {
    std::vector<SearchTerm> query;
    const std::size_t count = 1 + random_() % 8;
    for (std::size_t i = 0; i < count; ++i) query.push_back({word(), static_cast<float>(1 + random_() % 4) / 2.0F});
    return query;
  }

 private:
  /// Few words are common and many are rare, as in language.
  const std::string& word() {
    const double uniform = std::uniform_real_distribution<double>(0, 1)(random_);
    const auto number = static_cast<std::size_t>(600 * uniform * uniform * uniform);
    static const std::vector<std::string> words = [] {
      std::vector<std::string> list;
      for (int i = 0; i <= 600; ++i) list.push_back("w" + std::to_string(i * 7919 % 601));
      return list;
    }();
    return words[number];
  }

  DocumentTerms make_document(ChunkId first) {
    DocumentTerms terms;
    std::map<std::string, std::uint32_t> numbers;
    const std::size_t chunk_count = 1 + random_() % 5;
    for (std::size_t c = 0; c < chunk_count; ++c) {
      PlainChunk chunk;
      chunk.id = first + static_cast<ChunkId>(c);
      const std::size_t words = 1 + random_() % 60;
      for (std::size_t w = 0; w < words; ++w) {
        std::uint8_t& tf = chunk.frequency[word()];
        tf = static_cast<std::uint8_t>(std::min(255, tf + (random_() % 9 == 0 ? 5 : 2)));
        chunk.length += 2;
      }
      for (const auto& [term, tf] : chunk.frequency) {
        const auto [at, added] = numbers.emplace(term, static_cast<std::uint32_t>(numbers.size()));
        if (added) {
          terms.arena += term;
          terms.term_end.push_back(static_cast<std::uint32_t>(terms.arena.size()));
        }
        terms.postings.push_back({at->second, tf});
      }
      terms.chunk_end.push_back(static_cast<std::uint32_t>(terms.postings.size()));
      terms.chunk_length.push_back(chunk.length);
      chunks_.push_back(std::move(chunk));
    }
    return terms;
  }

  void store(SegmentBuilder& builder) {
    auto stored = std::make_unique<Stored>();
    const auto info = builder.write(stored->bytes);
    ASSERT_TRUE(info) << info.error().text();
    EXPECT_EQ(info->byte_size, stored->bytes.bytes.size());
    stored->segment = *Segment::open(stored->bytes, info->byte_size);
    segments_.push_back(std::move(stored));
    refresh();
  }

  void refresh() {
    for (const auto& stored : segments_) {
      stored->visible = Bitmap(stored->segment->chunk_count());
      stored->allowed = stored->visible;
      for (const PlainChunk& chunk : chunks_) {
        const auto slot = stored->segment->slots().slot_of(chunk.id);
        if (slot && chunk.visible) stored->visible.set(*slot);
        if (slot && chunk.allowed) stored->allowed.set(*slot);
      }
    }
  }

  std::mt19937 random_;
  std::vector<PlainChunk> chunks_;
  std::vector<std::unique_ptr<Stored>> segments_;
};

/// The hits are the best `limit` of all scores: each score right within rounding, none better left out, order by score
/// and then id. Chunks whose exact scores differ by less than the rounding may stand in either order.
void expect_best(const std::vector<Hit>& hits, const std::vector<std::pair<double, ChunkId>>& all, std::size_t limit) {
  ASSERT_EQ(hits.size(), std::min(limit, all.size()));
  std::map<ChunkId, double> exact;
  for (const auto& [score, id] : all) exact[id] = score;
  const double tolerance = all.empty() ? 0 : all.front().first * 2e-6;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    ASSERT_TRUE(exact.contains(hits[i].chunk));
    EXPECT_NEAR(hits[i].score, exact[hits[i].chunk], tolerance);
    EXPECT_NEAR(hits[i].score, all[i].first, tolerance) << "rank " << i;
    if (i > 0) {
      EXPECT_TRUE(hits[i - 1].score > hits[i].score ||
                  (hits[i - 1].score == hits[i].score && hits[i - 1].chunk < hits[i].chunk));
    }
  }
}

void compare(Collection& collection, std::size_t query_count) {
  for (std::size_t q = 0; q < query_count; ++q) {
    const std::vector<SearchTerm> query = collection.random_query();
    for (const bool filtered : {false, true}) {
      SearchParameters parameters;
      parameters.limit = std::array<std::size_t, 4>{1, 3, 20, 100'000}[q % 4];
      parameters.bm25 = q % 3 == 0 ? Bm25{0.9F, 0.4F} : Bm25{};
      const auto hits = search(query, collection.segments(filtered), collection.statistics(), parameters);
      ASSERT_TRUE(hits) << hits.error().text();
      expect_best(*hits, collection.score_all(query, parameters.bm25, filtered), parameters.limit);
    }
  }
}

TEST(Search, EqualsScoringEverything) {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    Collection collection(seed, 1 + seed % 5, seed % 4 == 0 ? 500 : 50);
    compare(collection, 12);
    collection.hide(2 + seed % 9, 2 + seed % 3);
    compare(collection, 12);
    collection.merge_all();
    compare(collection, 12);
    collection.hide(5, 40);
    compare(collection, 12);
  }
}

TEST(Search, CountsVisibleChunksOfATerm) {
  Collection collection(77, 3, 50);
  collection.hide(4, 2);
  std::map<std::string, std::uint64_t> told;
  const auto segments = collection.segments(false);
  ASSERT_TRUE(visit_terms("w1", segments, [&](std::string_view term, std::uint64_t frequency) {
    told[std::string(term)] = frequency;
    return true;
  }));
  EXPECT_GT(told.size(), 20U);
  for (int i = 0; i <= 600; ++i) {
    const std::string term = "w" + std::to_string(i);
    EXPECT_EQ(*document_frequency(term, segments), collection.frequency(term)) << term;
    if (term.starts_with("w1")) {
      EXPECT_EQ(told.contains(term) ? told[term] : 0, collection.frequency(term)) << term;
    } else {
      EXPECT_FALSE(told.contains(term));
    }
  }
}

TEST(Search, LeavesOutTermsWithoutWeight) {
  Collection collection(5, 2, 30);
  const auto segments = collection.segments(false);
  const std::vector<SearchTerm> query = {{"w0", 0}, {"w1", -1}, {"w2", std::nanf("")}, {"unknown", 1}};
  const auto hits = search(query, segments, collection.statistics(), {});
  ASSERT_TRUE(hits);
  EXPECT_TRUE(hits->empty());
  SearchParameters wrong;
  wrong.bm25.b = 2;
  EXPECT_EQ(search(query, segments, collection.statistics(), wrong).error().code, Code::InvalidInput);
}

}  // namespace
}  // namespace openbook::index
