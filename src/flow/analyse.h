#pragma once

#include <string>
#include <vector>

#include "book/document.h"
#include "flow/lender.h"
#include "index/terms.h"
#include "split/splitter.h"
#include "store/records.h"

namespace openbook::flow {

/// What decides whether a document has changed: SHA-256 over its title, language and Markdown.
std::string content_hash_of(const book::Document& document);

/// Splits documents and collects their terms. Safe concurrently: it lends each call one of its term collectors.
class Analyser {
 public:
  Analyser(const split::Splitter& splitter, index::FieldWeights weights)
      : splitter_(splitter), collectors_([weights] { return index::TermCollector(weights); }) {}

  store::NewDocument analyse(book::Document document, std::string content_hash, std::string source_uri);

  /// Chunks and terms alone, for documents that the store holds.
  std::pair<std::vector<book::Chunk>, index::DocumentTerms> chunks_and_terms(const book::Document& document);

 private:
  const split::Splitter& splitter_;
  Lender<index::TermCollector> collectors_;
};

}  // namespace openbook::flow
