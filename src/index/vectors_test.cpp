#include "index/vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace openbook::index {
namespace {

std::vector<float> random_numbers(std::mt19937& random, std::size_t count) {
  std::normal_distribution<float> normal;
  std::vector<float> numbers(count);
  for (float& number : numbers) number = normal(random);
  return numbers;
}

TEST(Dot, EqualsThePlainSum) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    const std::vector<float> a = random_numbers(random, size);
    const std::vector<float> b = random_numbers(random, size);
    double magnitude = 0;
    for (std::size_t i = 0; i < size; ++i) magnitude += std::abs(static_cast<double>(a[i]) * b[i]);
    EXPECT_NEAR(dot(a, b), dot_reference(a, b), magnitude * 2e-6) << size;
  }
}

TEST(Scan, KeepsTheBestRowsInOrder) {
  std::mt19937 random(2);
  for (const std::size_t dimension : {1, 7, 64, 256}) {
    const std::vector<float> rows = random_numbers(random, 500 * dimension);
    const std::vector<float> query = random_numbers(random, dimension);
    std::vector<ScoredRow> all;
    for (std::uint32_t row = 0; row < 500; ++row)
      all.push_back({40 + row, dot(query, std::span(rows).subspan(row * dimension, dimension))});
    std::sort(all.begin(), all.end(), [](const ScoredRow& a, const ScoredRow& b) {
      return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
    all.resize(10);
    TopRows best(10);
    scan(query, rows, 40, best);
    EXPECT_EQ(best.take(), all);
  }
}

TEST(TopRows, GivesTiesToTheSmallerId) {
  TopRows best(2);
  for (const std::uint32_t id : {5U, 3U, 9U, 1U}) best.offer(id, 1.0F);
  EXPECT_EQ(best.take(), (std::vector<ScoredRow>{{1, 1.0F}, {3, 1.0F}}));
  TopRows none(0);
  none.offer(1, 1.0F);
  EXPECT_TRUE(none.take().empty());
}

}  // namespace
}  // namespace openbook::index
