#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "book/chunk.h"
#include "book/source_map.h"

namespace openbook::book {

/// A document as an answer names it.
struct DocumentRef {
  DocumentId id = 0;
  std::string uri;
  std::string title;
  int version = 1;  ///< 1 for the first text the library saw under this uri.
  std::string language;
  Millis added_at = 0;  ///< When this version entered the library.
};

/// Each ranker's opinion of a candidate. NaN: that ranker did not see it.
struct Signals {
  float lexical = 0;
  float dense = 0;
  float rerank = 0;
};

/// A passage that may answer the question, by number only.
struct Candidate {
  ChunkId chunk = 0;
  float score = 0;  ///< After fusion; comparable within one query only.
  Signals signals;
};

/// A passage with its text, ready to be quoted.
struct Passage {
  ChunkId chunk_id = 0;
  DocumentRef document;
  Chunk chunk;
  std::string text;  ///< chunk.text_of(markdown).
  SourceMap source;  ///< The document's map, clipped to the chunk's lead and range.
  float score = 0;
  Signals signals;
  std::string dropped;  ///< Why it was left out of the answer's evidence ("same text as 2"); empty if it was not.

  /// Markdown offset of a byte of `text`.
  std::uint32_t markdown_offset(std::uint32_t text_offset) const;
};

/// How rare each question term is in this library: what the answerer weighs overlap with.
struct TermStatistics {
  std::string term;
  std::uint64_t document_frequency = 0;  ///< Chunks that hold it.
  float idf = 0;
};

/// What an answer may use.
struct Evidence {
  std::vector<Passage> passages;  ///< Best first.
  std::vector<TermStatistics> terms;
  std::uint64_t chunk_count = 0;  ///< Of the library (or of what the filter leaves).
  std::uint64_t revision = 0;     ///< Of the library: one number for each committed change.
};

}  // namespace openbook::book
