#include "store/sqlite/forget_evidence.h"

#include <algorithm>
#include <set>

#include "store/sqlite/details.h"
#include "store/sqlite/segment_pages.h"
#include "text/markdown.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace openbook::store {
namespace {

constexpr std::size_t kMaxNeedles = 64;         // Sentences, titles and so on of one receipt.
constexpr std::size_t kSentencesOfVersion = 4;  // One from each quarter of the text.
constexpr std::size_t kMinSentenceBytes = 24;
constexpr std::size_t kMaxSentenceBytes = 240;

void add_needle(Forgotten& forgotten, const char* kind, std::string_view text) {
  if (text.size() < kMinNeedleBytes || forgotten.needles.size() >= kMaxNeedles) return;
  for (const Needle& needle : forgotten.needles)
    if (needle.text == text) return;
  forgotten.needles.push_back({kind, std::string(text), 0});
}

/// The longest sentence that begins in each quarter of the text: the longer, the more its own.
void add_sentences(Forgotten& forgotten, std::string_view markdown) {
  std::vector<std::string_view> longest(kSentencesOfVersion);
  for (const text::Block& block : text::blocks_of(markdown)) {
    const std::string_view paragraph = block.range.of(markdown);
    for (const ByteRange range : text::sentences_of(paragraph)) {
      const std::string_view sentence = text::utf8_prefix(range.of(paragraph), kMaxSentenceBytes);
      const std::size_t quarter = (block.range.begin + range.begin) * kSentencesOfVersion / markdown.size();
      if (sentence.size() > longest[quarter].size()) longest[quarter] = sentence;
    }
  }
  for (const std::string_view sentence : longest)
    if (sentence.size() >= kMinSentenceBytes) add_needle(forgotten, "sentence", sentence);
}

Status gather_versions(Database& database, book::DocumentId id, Forgotten& forgotten) {
  OB_TRY(Rows rows, database.query("SELECT id, title, content_hash, byte_size, first_chunk, chunk_count FROM version "
                                   "WHERE document=? ORDER BY number DESC",
                                   id));
  while (true) {
    OB_TRY(const bool found, rows.next());
    if (!found) return {};
    forgotten.versions.push_back(rows.integer(0));
    if (rows.number(5) > 0) forgotten.chunks.emplace_back(rows.number(4), rows.number(5));
    if (forgotten.needles.size() >= kMaxNeedles) continue;
    OB_TRY(const std::string markdown, read_text(database, rows.integer(0), {0, rows.number(3)}));
    add_sentences(forgotten, markdown);
    add_needle(forgotten, "title", rows.text(1));
    add_needle(forgotten, "hash", rows.text(2));
  }
}

index::Bitmap slots_of(const SegmentRow& row, const Forgotten& forgotten) {
  index::Bitmap slots(row.info.chunk_count);
  for (const auto& [first, count] : forgotten.chunks) {
    const auto range = row.segment->slots().slots_of(first, count);
    slots.set_range(range.begin, range.end);
  }
  return slots;
}

Status collect_terms(Database& database, const SegmentRow& row, const index::Bitmap& slots,
                     std::set<std::string>& terms) {
  SegmentSource source(database, row.id);
  index::TermIterator iterator(*row.segment, source);
  while (true) {
    OB_TRY(const bool found, iterator.next());
    if (!found) return {};
    OB_TRY(const index::PostingList list, row.segment->list_of(iterator.entry(), source));
    OB_TRY(const std::uint32_t count, index::count_visible(list, slots));
    if (count > 0) terms.emplace(iterator.term());
  }
}

}  // namespace

Result<Forgotten> gather_forgotten(Database& database, std::span<const book::DocumentId> ids) {
  Forgotten forgotten;
  for (const book::DocumentId id : ids) {
    OB_TRY(Rows rows, database.query("SELECT uri, source_uri FROM document WHERE id=?", id));
    OB_TRY(const bool found, rows.next());
    if (!found || std::find(forgotten.documents.begin(), forgotten.documents.end(), id) != forgotten.documents.end())
      continue;
    forgotten.documents.push_back(id);
    forgotten.uris.emplace_back(rows.text(0));
    forgotten.source_uris.emplace_back(rows.text(1));
    add_needle(forgotten, "uri", rows.text(0));
    OB_RETURN_IF_ERROR(gather_versions(database, id, forgotten));
  }
  return forgotten;
}

Result<std::vector<std::string>> terms_of(Database& database, const std::vector<SegmentRow>& segments,
                                          const Forgotten& forgotten) {
  std::set<std::string> terms;
  for (const SegmentRow& row : segments) {
    const index::Bitmap slots = slots_of(row, forgotten);
    if (slots.count() > 0) OB_RETURN_IF_ERROR(collect_terms(database, row, slots, terms));
  }
  return std::vector<std::string>(terms.begin(), terms.end());
}

Result<std::vector<std::string>> absent_terms(Database& database, const std::vector<SegmentRow>& segments,
                                              const std::vector<std::string>& terms) {
  std::vector<std::string> absent;
  for (const std::string& term : terms) {
    bool present = false;
    for (const SegmentRow& row : segments) {
      SegmentSource source(database, row.id);
      OB_TRY(const std::optional<index::PostingList> list, row.segment->find(term, source));
      present |= list.has_value();
    }
    if (!present) absent.push_back(term);
  }
  return absent;
}

}  // namespace openbook::store
