#include "split/units.h"

#include <algorithm>

#include "text/estimate.h"
#include "text/markdown.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace openbook::split {
namespace {

using text::Block;
using text::BlockKind;

class UnitMaker {
 public:
  UnitMaker(std::string_view markdown, const SplitOptions& options) : markdown_(markdown), options_(options) {}

  std::vector<Unit> make() {
    for (const Block& block : text::blocks_of(markdown_)) {
      ++block_;
      switch (block.kind) {
        case BlockKind::Heading:
          push(UnitKind::Heading, block.range, block.level);
          break;
        case BlockKind::Rule:
          break;
        case BlockKind::Table:
          table(block.range);
          break;
        case BlockKind::Code:
          lines(block.range);
          break;
        case BlockKind::ListItem:
          list_item(block.range);
          break;
        default:
          sentences(block.range);
      }
    }
    return std::move(units_);
  }

 private:
  std::uint32_t tokens(ByteRange range) const {
    return static_cast<std::uint32_t>(text::estimate_tokens(range.of(markdown_)));
  }

  void push(UnitKind kind, ByteRange range, std::uint8_t level = 0) {
    units_.push_back({kind, range, tokens(range), level, block_, {}, 0});
  }

  void list_item(ByteRange range) {
    if (tokens(range) <= options_.max_tokens / 4)
      push(UnitKind::ListItem, range);
    else
      sentences(range);
  }

  void sentences(ByteRange range) {
    for (const ByteRange sentence : text::sentences_of(range.of(markdown_))) {
      const ByteRange at{range.begin + sentence.begin, range.begin + sentence.end};
      // A token has at most a handful of bytes: short stretches need no count to be known as short.
      if (at.size() > options_.max_sentence_tokens && tokens(at) > options_.max_sentence_tokens)
        cut(at);
      else
        push(UnitKind::Sentence, at);
    }
  }

  /// What has no full stop for pages (a list of names, minified text) is cut behind commas, else spaces, else anywhere.
  void cut(ByteRange range) {
    while (!range.empty()) {
      const std::string_view rest = range.of(markdown_);
      // At least one code point, however small a passage is to be.
      const std::string_view most =
          text::utf8_prefix(rest, std::max<std::size_t>(std::size_t{options_.max_tokens} * 3 / 2, 4));
      std::size_t end = most.size();
      if (end < rest.size()) {
        const std::size_t comma = std::max({rfind_end(most, ", "), rfind_end(most, "，"), rfind_end(most, "、")});
        const std::size_t space = rfind_end(most, " ");
        if (comma > end / 2)
          end = comma;
        else if (space > end / 2)
          end = space;
      }
      push(UnitKind::Sentence, {range.begin, range.begin + static_cast<std::uint32_t>(end)});
      range.begin += static_cast<std::uint32_t>(end);
    }
  }

  static std::size_t rfind_end(std::string_view text, std::string_view mark) {
    const std::size_t at = text.rfind(mark);
    return at == std::string_view::npos ? 0 : at + mark.size();
  }

  void table(ByteRange range) {
    if (tokens(range) <= options_.max_tokens) {
      push(UnitKind::Row, range);
      return;
    }
    const std::size_t first_end = markdown_.find('\n', range.begin);
    const std::size_t delimiter_end = std::min<std::size_t>(markdown_.find('\n', first_end + 1), range.end);
    ByteRange header{range.begin, static_cast<std::uint32_t>(delimiter_end)};
    std::uint32_t header_tokens = tokens(header);
    if (header_tokens > options_.max_tokens / 2) header = {}, header_tokens = 0;  // Too wide to be repeated.
    push(UnitKind::Row, {range.begin, static_cast<std::uint32_t>(delimiter_end)});
    for (std::size_t begin = delimiter_end + 1; begin < range.end;) {
      const std::size_t end = std::min<std::size_t>(markdown_.find('\n', begin), range.end);
      push(UnitKind::Row, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
      units_.back().table_header = header;
      units_.back().header_tokens = header_tokens;
      begin = end + 1;
    }
  }

  /// Code is one unit; a block too long for a passage is divided between lines.
  void lines(ByteRange range) {
    if (tokens(range) <= options_.max_tokens) {
      push(UnitKind::Code, range);
      return;
    }
    ByteRange piece{range.begin, range.begin};
    std::uint32_t piece_tokens = 0;
    const auto close = [&] {
      if (!piece.empty()) push(UnitKind::Code, piece);
      piece_tokens = 0;
    };
    for (std::uint32_t begin = range.begin; begin < range.end;) {
      const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(markdown_.find('\n', begin), range.end));
      const std::uint32_t line_tokens = tokens({begin, end});
      if (line_tokens > options_.max_sentence_tokens) {
        close();
        cut({begin, end});
        piece = {end + 1, end + 1};
      } else {
        if (piece_tokens + line_tokens > options_.max_tokens) {
          close();
          piece = {begin, begin};
        }
        piece.end = end;
        piece_tokens += line_tokens;
      }
      begin = end + 1;
    }
    piece.end = std::min(piece.end, range.end);
    if (piece.begin < piece.end) close();
  }

  std::string_view markdown_;
  const SplitOptions& options_;
  std::vector<Unit> units_;
  std::uint32_t block_ = 0;
};

}  // namespace

std::vector<Unit> units_of(std::string_view markdown, const SplitOptions& options) {
  return UnitMaker(markdown, options).make();
}

}  // namespace openbook::split
