#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Exact search over rows of fp32 numbers, by inner product.
namespace openbook::index {

/// One row and its product with the query.
struct ScoredRow {
  std::uint32_t id = 0;
  float score = 0;
  bool operator==(const ScoredRow&) const = default;
};

/// Sum of a[i] * b[i], in a fixed order of its own (16 running sums, added pairwise): the same bits on every machine.
/// Spans of equal length.
float dot(std::span<const float> a, std::span<const float> b);

/// Plain left-to-right sum in double: what `dot` is tested against.
double dot_reference(std::span<const float> a, std::span<const float> b);

/// Keeps the best `limit` rows offered to it; ties go to the smaller id. Not safe concurrently.
class TopRows {
 public:
  explicit TopRows(std::size_t limit) : limit_(limit) {}
  void offer(std::uint32_t id, float score);
  /// Best first; empties the object.
  std::vector<ScoredRow> take();

 private:
  std::size_t limit_;
  std::vector<ScoredRow> heap_;  ///< Worst on top.
};

/// Offers rows [N, D] (row-major, D = query.size()) with ids first_id, first_id + 1, …
void scan(std::span<const float> query, std::span<const float> rows, std::uint32_t first_id, TopRows& best);

}  // namespace openbook::index
