#include <algorithm>

#include "split/splitter.h"
#include "split/units.h"
#include "text/estimate.h"
#include "text/markdown.h"

namespace openbook::split {
namespace {

using book::Chunk;

/// The headings that stand above a place: one for each level in use.
class HeadingPath {
 public:
  void enter(int level, std::string text) {
    while (!levels_.empty() && levels_.back() >= level) {
      levels_.pop_back();
      texts_.pop_back();
    }
    levels_.push_back(level);
    texts_.push_back(std::move(text));
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<int> levels_;
  std::vector<std::string> texts_;
};

/// Puts units into passages, one walk over the document.
class Packer {
 public:
  Packer(std::string_view markdown, const std::vector<Unit>& units, const SplitOptions& options)
      : markdown_(markdown), units_(units), options_(options) {}

  std::vector<Chunk> pack() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const Unit& unit = units_[i];
      if (unit.kind == UnitKind::Heading) {
        if (content_tokens_ >= options_.small_tokens) close(i, Overlap::No);
        path_.enter(unit.level, text::heading_text(unit.range.of(markdown_)));
        if (content_tokens_ == 0) path_of_chunk_ = path_.texts();
      } else {
        if (content_tokens_ > 0 && !fits(i)) close(i, Overlap::Yes);
        content_tokens_ += unit.token_count;
      }
      add(i);
    }
    close(units_.size(), Overlap::No);
    set_parents();
    return std::move(chunks_);
  }

 private:
  enum class Overlap : bool { No, Yes };

  void add(std::size_t index) {
    if (first_ == end_) {
      first_ = index;
      lead_ = units_[index].table_header;
      tokens_ = units_[index].header_tokens;
    }
    tokens_ += units_[index].token_count;
    end_ = index + 1;
  }

  /// Room for the unit, and where many more of its section follow, an even share of them: 600 tokens become 300 + 300
  /// rather than 512 + 88.
  bool fits(std::size_t index) {
    if (tokens_ + units_[index].token_count > options_.max_tokens) return false;
    if (index < even_until_)
      return tokens_ + units_[index].token_count <= even_share_ || tokens_ < even_share_ * 9 / 10;
    std::uint32_t ahead = 0;
    std::size_t i = index;
    for (; i < units_.size() && units_[i].kind != UnitKind::Heading && ahead <= 3 * options_.max_tokens; ++i)
      ahead += units_[i].token_count;
    const std::uint32_t total = tokens_ + ahead;
    even_until_ = i;
    even_share_ = options_.max_tokens;
    if (total > options_.max_tokens && total <= 3 * options_.max_tokens) {
      const std::uint32_t pieces = (total + options_.max_tokens - 1) / options_.max_tokens;
      even_share_ = std::min(options_.max_tokens, total / pieces + options_.overlap_tokens);
    }
    return true;
  }

  void close(std::size_t next, Overlap overlap) {
    if (first_ == end_) return;
    Chunk chunk;
    chunk.range = {units_[first_].range.begin, units_[end_ - 1].range.end};
    chunk.lead = lead_;
    chunk.heading = path_of_chunk_;
    chunk.token_count = tokens_;
    chunks_.push_back(std::move(chunk));
    path_of_chunk_ = path_.texts();
    const std::size_t closed_first = first_;
    first_ = end_ = next;
    tokens_ = content_tokens_ = 0;
    lead_ = {};
    if (overlap == Overlap::Yes) repeat_sentences(closed_first, next);
  }

  /// Begins the new passage with the last sentences of the old one, as far as they are running text.
  void repeat_sentences(std::size_t closed_first, std::size_t next) {
    if (next >= units_.size() || units_[next].kind != UnitKind::Sentence) return;
    std::size_t from = next;
    std::uint32_t repeated = 0;
    while (from > closed_first + 1 && units_[from - 1].kind == UnitKind::Sentence &&
           repeated + units_[from - 1].token_count <= options_.overlap_tokens)
      repeated += units_[--from].token_count;
    for (std::size_t i = from; i < next; ++i) add(i);
    content_tokens_ = repeated;
  }

  /// Neighbours join until a parent is full; a heading of the highest level in sight is where it rather ends.
  void set_parents() {
    for (std::size_t begin = 0; begin < chunks_.size();) {
      std::size_t end = begin;
      std::uint32_t tokens = 0;
      while (end < chunks_.size() && (end == begin || tokens + chunks_[end].token_count <= options_.parent_tokens))
        tokens += chunks_[end++].token_count;
      ByteRange parent = chunks_[begin].range;
      for (std::size_t i = begin; i < end; ++i) parent.end = std::max(parent.end, chunks_[i].range.end);
      for (std::size_t i = begin; i < end; ++i) chunks_[i].parent = parent;
      begin = end;
    }
  }

  std::string_view markdown_;
  const std::vector<Unit>& units_;
  const SplitOptions& options_;
  std::vector<Chunk> chunks_;
  HeadingPath path_;
  std::vector<std::string> path_of_chunk_;

  // The passage being filled: units [first_, end_).
  std::size_t first_ = 0;
  std::size_t end_ = 0;
  std::uint32_t tokens_ = 0;
  std::uint32_t content_tokens_ = 0;  ///< Without headings.
  ByteRange lead_;

  std::size_t even_until_ = 0;
  std::uint32_t even_share_ = 0;
};

class StructureSplitter final : public Splitter {
 public:
  explicit StructureSplitter(const SplitOptions& options) : options_(options) {}

  std::vector<Chunk> split(std::string_view markdown) const override {
    const std::vector<Unit> units = units_of(markdown, options_);
    return Packer(markdown, units, options_).pack();
  }

  std::string identity() const override {
    return "structure/1 max=" + std::to_string(options_.max_tokens) +
           " small=" + std::to_string(options_.small_tokens) + " overlap=" + std::to_string(options_.overlap_tokens) +
           " parent=" + std::to_string(options_.parent_tokens);
  }

 private:
  SplitOptions options_;
};

}  // namespace

std::unique_ptr<Splitter> make_structure_splitter(const SplitOptions& options) {
  return std::make_unique<StructureSplitter>(options);
}

std::vector<std::string> heading_path_at(std::string_view markdown, std::uint32_t offset) {
  HeadingPath path;
  for (const text::Block& block : text::blocks_of(markdown)) {
    if (block.range.begin > offset) break;
    if (block.kind == text::BlockKind::Heading) path.enter(block.level, text::heading_text(block.range.of(markdown)));
  }
  return path.texts();
}

}  // namespace openbook::split
