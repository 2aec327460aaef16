#include "book/evidence.h"

#include <algorithm>

namespace openbook::book {

std::uint32_t Passage::markdown_offset(std::uint32_t text_offset) const {
  if (!chunk.lead.empty()) {
    // The joining newline belongs to the end of the lead.
    if (text_offset <= chunk.lead.size()) return chunk.lead.begin + text_offset;
    text_offset -= chunk.lead.size() + 1;
  }
  return chunk.range.begin + std::min(text_offset, chunk.range.size());
}

}  // namespace openbook::book
