#include "book/json.h"

#include <cmath>

#include "base/json.h"

namespace openbook::book {
namespace {

Json to_json(ByteRange range) {
  return Json::array({range.begin, range.end});
}

Json to_json(const Box& box) {
  const auto tenth = [](float value) { return std::round(static_cast<double>(value) * 10) / 10; };
  return Json::array({tenth(box.x0), tenth(box.y0), tenth(box.x1), tenth(box.y1)});
}

/// NaN is how a ranker says that it did not see the passage.
Json signal(float value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json to_json(const Passage& hit, std::size_t rank) {
  const std::uint32_t page = hit.source.resolve(hit.chunk.range).page;
  return {{"rank", rank},
          {"document", to_json(hit.document)},
          {"chunk", hit.chunk_id},
          {"heading", hit.chunk.heading},
          {"page", page > 0 ? Json(page) : Json(nullptr)},
          {"range", to_json(hit.chunk.range)},
          {"text", hit.text},
          {"score", signal(hit.score)},
          {"signals",
           {{"lexical", signal(hit.signals.lexical)},
            {"dense", signal(hit.signals.dense)},
            {"rerank", signal(hit.signals.rerank)}}}};
}

Json to_json(const Citation& citation) {
  Json json = {{"n", citation.number}, {"document", to_json(citation.document)}};
  json["page"] = citation.location.page > 0 ? Json(citation.location.page) : Json(nullptr);
  json["box"] = citation.location.box.known() ? to_json(citation.location.box) : Json(nullptr);
  json["heading"] = citation.heading;
  json["range"] = to_json(citation.range);
  json["quote"] = citation.quote;
  if (citation.location.line > 0) json["line"] = citation.location.line;
  if (citation.location.row > 0) json["row"] = citation.location.row;
  if (!citation.location.part.empty()) json["part"] = citation.location.part;
  if (citation.nearest) json["nearest"] = true;
  return json;
}

}  // namespace

Json to_json(const DocumentRef& document) {
  return {{"id", document.id},
          {"uri", document.uri},
          {"title", document.title},
          {"version", document.version},
          {"language", document.language}};
}

Json to_json(const SearchResult& result) {
  Json hits = Json::array();
  for (const Passage& hit : result.hits) hits.push_back(to_json(hit, hits.size() + 1));
  Json json = {{"query", result.query}, {"revision", result.revision}, {"hits", std::move(hits)}};
  if (result.corrected != result.query) json["corrected"] = result.corrected;
  json["timing_ms"] = result.timing;
  return json;
}

Json to_json(const Answer& answer) {
  Json citations = Json::array();
  for (const Citation& citation : answer.citations) citations.push_back(to_json(citation));
  Json json = {{"question", answer.question}, {"answered", answer.answered}, {"answer", answer.text}};
  if (!answer.span.empty()) json["span"] = answer.span;
  Json sentences = Json::array();
  for (const AnswerSentence& sentence : answer.sentences)
    sentences.push_back({{"text", sentence.text}, {"citations", sentence.citations}});
  json["sentences"] = std::move(sentences);
  json["citations"] = std::move(citations);
  json["confidence"] = signal(answer.confidence);
  json["model"] = answer.model;
  json["pipeline"] = answer.pipeline;
  json["related"] = answer.related;
  json["timing_ms"] = answer.timing;
  return json;
}

Json to_json(const Document& document) {
  Json spans = Json::array();
  for (const SourceSpan& span : document.source.spans) {
    Json json = {{"range", to_json(span.range)}};
    if (span.page > 0) json["page"] = span.page;
    if (span.box.known()) json["box"] = to_json(span.box);
    if (span.line > 0) json["line"] = span.line;
    if (span.row > 0) json["row"] = span.row;
    if (span.column > 0) json["column"] = span.column;
    if (span.part > 0 && span.part <= document.source.parts.size()) json["part"] = document.source.parts[span.part - 1];
    spans.push_back(std::move(json));
  }
  return {{"uri", document.uri},           {"title", document.title},       {"language", document.language},
          {"format", document.format},     {"metadata", document.metadata}, {"notes", document.notes},
          {"markdown", document.markdown}, {"source", std::move(spans)}};
}

}  // namespace openbook::book
