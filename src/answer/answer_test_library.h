#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "book/evidence.h"
#include "book/query.h"
#include "text/language.h"
#include "text/sentences.h"
#include "text/tokenise.h"

/// Handmade evidence for the answerer's tests: a few documents, counted as the library would count them.
namespace openbook::answer::test {

struct TestDocument {
  std::string title;
  std::string markdown;
  std::vector<std::string> heading = {};
};

inline book::Passage passage_of(const TestDocument& document, std::int64_t id) {
  book::Passage passage;
  passage.chunk_id = static_cast<book::ChunkId>(id);
  passage.document.id = id;
  passage.document.uri = "/library/" + document.title + ".md";
  passage.document.title = document.title;
  passage.document.language = text::language_of(document.markdown);
  passage.chunk.range = {0, static_cast<std::uint32_t>(document.markdown.size())};
  passage.chunk.heading = document.heading;
  passage.text = document.markdown;
  return passage;
}

inline book::Query query_of(const std::string& question, std::vector<std::string> parts = {}) {
  book::Query query;
  query.text = question;
  query.corrected = question;
  query.language = text::language_of(question);
  query.parts = parts.empty() ? std::vector{question} : std::move(parts);
  return query;
}

/// Passages in order of how many question terms they hold; `chunk_count` as if the library held 200 passages.
inline book::Evidence evidence_of(const book::Query& query, const std::vector<TestDocument>& documents) {
  text::Tokeniser tokeniser;
  book::Evidence evidence;
  evidence.chunk_count = 200;
  std::set<std::string> asked;
  for (const std::string& part : query.parts)
    for (const auto& token : text::tokens_of(tokeniser, part))
      if (!token.stop_word) asked.insert(token.term);
  std::map<std::string, std::uint64_t> frequency;
  std::vector<std::pair<float, std::size_t>> order;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    std::set<std::string> held;
    for (const auto& token : text::tokens_of(tokeniser, documents[i].title + "\n" + documents[i].markdown))
      if (asked.contains(token.term)) held.insert(token.term);
    for (const std::string& term : held) ++frequency[term];
    order.push_back({-static_cast<float>(held.size()), i});
  }
  std::sort(order.begin(), order.end());
  for (const auto& [count, i] : order) {
    evidence.passages.push_back(passage_of(documents[i], static_cast<std::int64_t>(i) + 1));
    evidence.passages.back().score = -count;
    evidence.passages.back().signals.lexical = -count;
  }
  for (const std::string& term : asked) evidence.terms.push_back({term, frequency[term], 0});
  return evidence;
}

}  // namespace openbook::answer::test
