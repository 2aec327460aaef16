#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/fields.h"

/// What the index needs to know of a document's words. Made in parallel by the threads that read and split; inverted
/// by the one writer.
namespace openbook::index {

/// Terms longer than this (base64, minified code) are cut to it, in the index and in queries alike.
constexpr std::size_t kMaxTermBytes = 96;

/// The form of a term that the index knows: cut to kMaxTermBytes at a code point's border.
std::string_view clamp_term(std::string_view term);

/// The distinct terms of one document, and for each of its chunks which of them it holds how often.
struct DocumentTerms {
  struct Posting {
    std::uint32_t term = 0;      ///< Number of the term in this document.
    std::uint8_t frequency = 0;  ///< Field weights summed, at most 255.
  };
  std::string arena;                        ///< The terms' bytes, one after another.
  std::vector<std::uint32_t> term_end;      ///< Term i ends here in the arena.
  std::vector<Posting> postings;            ///< Chunk after chunk; each term at most once a chunk.
  std::vector<std::uint32_t> chunk_end;     ///< Chunk i's postings end here.
  std::vector<std::uint32_t> chunk_length;  ///< Weighted number of words of chunk i.

  std::size_t term_count() const { return term_end.size(); }
  std::size_t chunk_count() const { return chunk_end.size(); }
  std::string_view term(std::uint32_t number) const;
  std::size_t byte_size() const;
};

/// Makes DocumentTerms. One per thread (it holds a tokeniser and its tables, reused from document to document).
/// Length counts words, numbers, identifiers and single characters; parts, pairs and segments of these count as terms
/// but add no length, so that Chinese and English chunks of one size have about one length.
class TermCollector {
 public:
  explicit TermCollector(const FieldWeights& weights = {});
  ~TermCollector();
  TermCollector(TermCollector&&) noexcept;
  TermCollector& operator=(TermCollector&&) noexcept;

  /// Begins a document. Its title counts as a field of each chunk.
  void begin(std::string_view title);
  /// Adds the next chunk: the headings above it and its text.
  void add(std::span<const std::string> heading, std::string_view body);
  /// The document's terms; the collector is ready for the next one.
  DocumentTerms finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace openbook::index
