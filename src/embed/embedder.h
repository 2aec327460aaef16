#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The seams "Embedder" and "Reranker". With none configured, retrieval is lexical; with one, its vectors stand beside
/// the postings and the two rankings are fused (retrieve/fuse.h).
namespace openbook::embed {

/// R rows of W floats, row after row.
struct Matrix {
  std::size_t row_count = 0;
  std::size_t width = 0;
  std::vector<float> values;

  std::span<const float> row(std::size_t index) const { return {values.data() + index * width, width}; }
};

/// Queries and passages are embedded apart, because many models want a prefix of their own for each.
enum class TextRole { Query, Passage };

class Embedder {
 public:
  virtual ~Embedder() = default;

  /// One unit-length row for each text, in their order. Deterministic. Safe concurrently.
  /// Errors: Unavailable (endpoint), Cancelled, Corrupt (a vector that is not finite or of another width).
  virtual Result<Matrix> embed(std::span<const std::string_view> texts, TextRole role, std::stop_token stop) const = 0;

  virtual std::size_t width() const = 0;

  /// Name and weights hash: stored with the vectors, and changed whenever one of them would.
  virtual std::string identity() const = 0;
};

class Reranker {
 public:
  virtual ~Reranker() = default;

  /// One score for each passage, in their order; higher is better, comparable within one query. Safe concurrently.
  virtual Result<std::vector<float>> rank(std::string_view query, std::span<const std::string_view> passages,
                                          std::stop_token stop) const = 0;
  virtual std::string identity() const = 0;
};

}  // namespace openbook::embed
