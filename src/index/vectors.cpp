#include "index/vectors.h"

#include <algorithm>
#include <array>

namespace openbook::index {
namespace {

constexpr std::size_t kSums = 16;

// Worst first on the heap's top: lower score, then greater id.
bool better(const ScoredRow& a, const ScoredRow& b) {
  return a.score != b.score ? a.score > b.score : a.id < b.id;
}

}  // namespace

float dot(std::span<const float> a, std::span<const float> b) {
  std::array<float, kSums> sums{};
  const std::size_t size = a.size();
  std::size_t i = 0;
  for (; i + kSums <= size; i += kSums)
    for (std::size_t lane = 0; lane < kSums; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  for (std::size_t lane = 0; i < size; ++i, ++lane) sums[lane] += a[i] * b[i];
  for (std::size_t width = kSums / 2; width > 0; width /= 2)
    for (std::size_t lane = 0; lane < width; ++lane) sums[lane] += sums[lane + width];
  return sums[0];
}

double dot_reference(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

void TopRows::offer(std::uint32_t id, float score) {
  const ScoredRow row{id, score};
  if (heap_.size() < limit_) {
    heap_.push_back(row);
    std::push_heap(heap_.begin(), heap_.end(), better);
  } else if (limit_ > 0 && better(row, heap_.front())) {
    std::pop_heap(heap_.begin(), heap_.end(), better);
    heap_.back() = row;
    std::push_heap(heap_.begin(), heap_.end(), better);
  }
}

std::vector<ScoredRow> TopRows::take() {
  std::sort(heap_.begin(), heap_.end(), better);
  return std::move(heap_);
}

void scan(std::span<const float> query, std::span<const float> rows, std::uint32_t first_id, TopRows& best) {
  const std::size_t dimension = query.size();
  if (dimension == 0) return;
  for (std::size_t row = 0; (row + 1) * dimension <= rows.size(); ++row)
    best.offer(first_id + static_cast<std::uint32_t>(row), dot(query, rows.subspan(row * dimension, dimension)));
}

}  // namespace openbook::index
