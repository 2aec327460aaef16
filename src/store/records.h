#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "book/chunk.h"
#include "book/document.h"
#include "book/evidence.h"
#include "index/terms.h"

/// What goes into a knowledge base and what it tells of itself.
namespace openbook::store {

/// One document on its way in. `terms` and `chunks` have one entry for each chunk, in order of range.
struct NewDocument {
  book::Document document;
  std::vector<book::Chunk> chunks;
  index::DocumentTerms terms;
  std::string content_hash;    ///< SHA-256 of what decides whether it changed; compared, never interpreted.
  std::string source_uri;      ///< The file it came from; empty: its own uri.
  std::vector<float> vectors;  ///< [chunks, dimension] by the embedder that Writer::set_embedder named; may be empty.
};

/// A file that was read to its end. Size and time let the next run skip it without opening it.
struct SourceFile {
  std::string uri;
  std::uint64_t size = 0;
  Millis modified = 0;
  std::string content_hash;
  std::string reader;  ///< Identity of what read it; another reader reads it again.
};

struct DocumentInfo {
  book::DocumentRef ref;  ///< Of the visible version, or of the newest one if removed.
  std::string format;
  std::string content_hash;
  std::string source_uri;
  std::uint64_t byte_size = 0;  ///< Of the Markdown.
  std::uint32_t chunk_count = 0;
  std::optional<Millis> removed_at;
};

struct VersionInfo {
  int number = 1;
  std::string title;
  std::string content_hash;
  Millis added_at = 0;
  std::optional<Millis> ended_at;  ///< When a newer version or a removal took its place.
  std::uint64_t byte_size = 0;
  std::uint32_t chunk_count = 0;
};

struct ListOptions {
  std::string uri_prefix;
  std::string source_uri;        ///< Only documents of this file.
  bool include_removed = false;  ///< Also what was removed but not forgotten.
};

/// Chunk numbers [first, first + count) of one version.
struct ChunkSpan {
  book::ChunkId first = 0;
  std::uint32_t count = 0;
};

/// What `forget` searched for afterwards.
struct ReceiptLine {
  std::string kind;  ///< "sentence", "term", "uri", "title", "hash", "document id", "chunk ids".
  std::string text;
  std::uint64_t in_tables = 0;  ///< Times found through the store.
  std::uint64_t in_bytes = 0;   ///< Times found in the raw bytes of the file and its log; ids are not looked for there.
};

struct Receipt {
  std::vector<std::string> uris;  ///< What was erased.
  std::uint64_t version_count = 0;
  std::uint64_t chunk_count = 0;
  std::uint64_t term_count = 0;      ///< Vocabulary entries that only these documents had.
  std::vector<ReceiptLine> checked;  ///< Each to be found 0 times.
  std::vector<std::string> shared;   ///< Chosen for the search, but other documents hold the same words.
  std::uint64_t bytes_searched = 0;
  std::uint64_t revision = 0;

  bool clean() const {
    for (const ReceiptLine& line : checked)
      if (line.in_tables != 0 || line.in_bytes != 0) return false;
    return true;
  }
};

}  // namespace openbook::store
