#include "flow/analyse.h"

#include "base/hash.h"

namespace openbook::flow {

std::string content_hash_of(const book::Document& document) {
  std::string bytes;
  bytes.reserve(document.markdown.size() + document.title.size() + 16);
  bytes += document.title;
  bytes += '\0';
  bytes += document.language;
  bytes += '\0';
  bytes += document.markdown;
  return sha256_hex(bytes);
}

std::pair<std::vector<book::Chunk>, index::DocumentTerms> Analyser::chunks_and_terms(const book::Document& document) {
  std::vector<book::Chunk> chunks = splitter_.split(document.markdown);
  const auto collector = collectors_.borrow();
  collector->begin(document.title);
  for (const book::Chunk& chunk : chunks) collector->add(chunk.heading, chunk.text_of(document.markdown));
  return {std::move(chunks), collector->finish()};
}

store::NewDocument Analyser::analyse(book::Document document, std::string content_hash, std::string source_uri) {
  auto [chunks, terms] = chunks_and_terms(document);
  return {std::move(document), std::move(chunks), std::move(terms), std::move(content_hash), std::move(source_uri), {}};
}

}  // namespace openbook::flow
