#include "retrieve/fuse.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace openbook::retrieve {
namespace {

constexpr float kRankOffset = 60;

void join(book::Signals& into, const book::Signals& from) {
  const auto take = [](float& a, float b) {
    if (std::isnan(a)) a = b;
  };
  take(into.lexical, from.lexical);
  take(into.dense, from.dense);
  take(into.rerank, from.rerank);
}

}  // namespace

std::vector<book::Candidate> fuse(std::span<const std::vector<book::Candidate>> lists) {
  std::vector<book::Candidate> fused;
  std::unordered_map<book::ChunkId, std::size_t> place;
  for (const auto& list : lists) {
    for (std::size_t rank = 0; rank < list.size(); ++rank) {
      const float score = 1 / (kRankOffset + static_cast<float>(rank) + 1);
      const auto [entry, fresh] = place.emplace(list[rank].chunk, fused.size());
      if (fresh) {
        fused.push_back(list[rank]);
        fused.back().score = score;
      } else {
        fused[entry->second].score += score;
        join(fused[entry->second].signals, list[rank].signals);
      }
    }
  }
  std::ranges::sort(fused, [](const book::Candidate& a, const book::Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.chunk < b.chunk;
  });
  return fused;
}

}  // namespace openbook::retrieve
