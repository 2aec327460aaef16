#include "answer/fit/search.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace openbook::answer::fit {
namespace {

constexpr float kK1 = 0.9f;
constexpr float kB = 0.4f;

bool is_indexed(const text::OwnedToken& token) {
  return token.kind != text::TokenKind::Character;
}

}  // namespace

Library::Library(text::Tokeniser& tokeniser, const Set& set) : set_(set) {
  float total = 0;
  for (std::uint32_t p = 0; p < set.passages.size(); ++p) {
    texts_.push_back(read_passage(tokeniser, passage(p)));
    std::map<std::string, float> counts;
    float length = 0;
    for (const auto& token : text::tokens_of(tokeniser, set.passages[p].title + "\n" + set.passages[p].text)) {
      if (!is_indexed(token)) continue;
      ++counts[token.term];
      ++length;
    }
    for (const auto& [term, count] : counts) postings_[term].push_back({p, count});
    lengths_.push_back(length);
    total += length;
  }
  mean_length_ = total / std::max(1.0f, static_cast<float>(lengths_.size()));
}

book::Passage Library::passage(std::uint32_t index) const {
  const Passage& source = set_.passages[index];
  book::Passage passage;
  passage.chunk_id = index;
  passage.document.id = index;
  passage.document.uri = source.id;
  passage.document.title = source.title;
  passage.text = source.text;
  passage.chunk.range = {0, static_cast<std::uint32_t>(source.text.size())};
  return passage;
}

Hidden Library::article_of(std::uint32_t passage) const {
  Hidden hidden;
  for (std::uint32_t p = 0; p < set_.passages.size(); ++p)
    if (set_.passages[p].title == set_.passages[passage].title) hidden.passages.push_back(p);
  return hidden;
}

Found Library::search(text::Tokeniser& tokeniser, const std::string& question, const Hidden& hidden,
                      std::size_t count) const {
  Found found;
  const auto is_hidden = [&](std::uint32_t p) {
    return std::binary_search(hidden.passages.begin(), hidden.passages.end(), p);
  };
  found.evidence.chunk_count = set_.passages.size() - hidden.passages.size();
  const auto chunks = static_cast<float>(found.evidence.chunk_count);
  std::vector<float> scores(set_.passages.size(), 0);
  std::map<std::string, bool> terms;
  for (const auto& token : text::tokens_of(tokeniser, question))
    if (is_indexed(token) && !token.stop_word) terms.emplace(token.term, true);
  for (const auto& [term, unused] : terms) {
    float df = 0;
    const auto list = postings_.find(term);
    if (list != postings_.end())
      for (const Posting& posting : list->second) df += !is_hidden(posting.passage);
    const float idf = std::log(1 + (chunks - df + 0.5f) / (df + 0.5f));
    found.evidence.terms.push_back({term, static_cast<std::uint64_t>(df), idf});
    if (list == postings_.end()) continue;
    for (const Posting& posting : list->second) {
      const float k = kK1 * (1 - kB + kB * lengths_[posting.passage] / mean_length_);
      scores[posting.passage] += idf * posting.count * (kK1 + 1) / (posting.count + k);
    }
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t p = 0; p < scores.size(); ++p)
    if (scores[p] > 0 && !is_hidden(p)) order.push_back(p);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  order.resize(std::min(order.size(), count));
  for (std::uint32_t p : order) found.scores.push_back(scores[p]);
  found.passages = std::move(order);
  return found;
}

}  // namespace openbook::answer::fit
