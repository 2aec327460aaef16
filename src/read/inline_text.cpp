#include "read/inline_text.h"

#include <algorithm>

#include "read/xml.h"
#include "text/markdown.h"

namespace openbook::read {
namespace {

/// "here", "下载": only the address tells where such a link leads. Elsewhere it would only break the sentence.
bool says_nothing(std::string_view shown) {
  constexpr std::string_view kWords[] = {"here",   "this",    "link",     "click here", "download",  "this link",
                                         "source", "website", "web page", "site",       "read more", "more",
                                         "链接",   "这里",    "此处",     "点击这里",   "点击此处",  "下载",
                                         "网址",   "官网",    "来源"};
  std::string word(trimmed(shown));
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

}  // namespace

void InlineText::plain(std::string_view text) {
  if (text.empty()) return;
  if (closed_ || pieces_.empty() || pieces_.back().is_raw) pieces_.emplace_back();
  closed_ = false;
  pieces_.back().text += text;
}

void InlineText::raw(std::string_view markdown) {
  pieces_.push_back({std::string(markdown), true});
  closed_ = false;
}

std::size_t InlineText::piece_count() {
  closed_ = true;
  return pieces_.size();
}

void InlineText::link_from(std::size_t mark, std::string_view address) {
  closed_ = true;
  if (mark >= pieces_.size()) return;
  std::string shown;
  for (std::size_t i = mark; i < pieces_.size(); ++i) {
    if (pieces_[i].is_raw && pieces_[i].text.find("](") != std::string::npos) return;  // Links do not nest.
    shown += pieces_[i].text;
  }
  const bool spoken =
      address.starts_with("http://") || address.starts_with("https://") || address.starts_with("ftp://");
  const bool fits = address.find_first_of(" <>\n()") == std::string_view::npos;
  if (!spoken || !fits || !says_nothing(shown)) return;
  pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(mark), Piece{"[", true});
  pieces_.push_back({"](" + std::string(address) + ")", true});
}

bool InlineText::is_blank() const {
  for (const Piece& piece : pieces_)
    if (!trimmed(piece.text).empty()) return false;
  return true;
}

std::string InlineText::markdown() const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (piece.is_raw) {
      out += piece.text;
    } else if (trimmed(out).empty()) {
      out += text::escape_markdown(piece.text);
    } else {
      // A letter before it tells the escaper that no line begins here.
      out += std::string_view(text::escape_markdown("x" + piece.text)).substr(1);
    }
  }
  return out;
}

std::string InlineText::text() const {
  std::string out;
  for (const Piece& piece : pieces_)
    if (!piece.is_raw || (piece.text != "[" && !piece.text.starts_with("]("))) out += piece.text;
  return out;
}

}  // namespace openbook::read
