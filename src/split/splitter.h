#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "book/chunk.h"

/// The seam "Splitter": a document's Markdown → passages. It does not know the format the document came from.
namespace openbook::split {

/// Sizes in tokens as text::estimate_tokens counts them.
struct SplitOptions {
  std::uint32_t max_tokens = 512;            ///< A passage is larger only if one sentence is.
  std::uint32_t small_tokens = 128;          ///< A shorter passage goes on over the next heading.
  std::uint32_t overlap_tokens = 60;         ///< Sentences repeated from the passage before, within one section.
  std::uint32_t parent_tokens = 1250;        ///< Size of the stretch that Chunk::parent names.
  std::uint32_t max_sentence_tokens = 1024;  ///< A longer "sentence" is no sentence: it is cut at clauses and spaces.
};

class Splitter {
 public:
  virtual ~Splitter() = default;

  /// Passages in order of their beginning. Every non-blank block of the Markdown is in at least one of them.
  /// Safe concurrently. Pure: the same Markdown gives the same passages.
  virtual std::vector<book::Chunk> split(std::string_view markdown) const = 0;

  /// Changes whenever the passages of some document would.
  virtual std::string identity() const = 0;
};

/// Follows headings, paragraphs, lists, tables and code; never cuts a sentence, and repeats the header of a table that
/// it must divide. See units.h for what it divides documents into.
std::unique_ptr<Splitter> make_structure_splitter(const SplitOptions& options = {});

/// Texts of the headings above `offset`, outermost first: what a citation names.
std::vector<std::string> heading_path_at(std::string_view markdown, std::uint32_t offset);

}  // namespace openbook::split
