#include "read/layout_bidi.h"

#include <unicode/ubidi.h>
#include <unicode/unistr.h>

#include <memory>

#include "text/utf8.h"

namespace openbook::read {

namespace {

bool is_right_to_left(char32_t c) {
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE);
}

}  // namespace

bool has_right_to_left(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0xD6) {
      ++at;
      continue;
    }
    if (is_right_to_left(text::next_code_point(text, at))) return true;
  }
  return false;
}

std::string logical_order(std::string_view visual_line) {
  std::size_t rtl = 0, other = 0;
  for (std::size_t at = 0; at < visual_line.size();) {
    const char32_t c = text::next_code_point(visual_line, at);
    if (is_right_to_left(c)) ++rtl;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) ++other;
  }
  const icu::UnicodeString visual =
      icu::UnicodeString::fromUTF8({visual_line.data(), static_cast<int>(visual_line.size())});
  const std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), &ubidi_close);
  UErrorCode status = U_ZERO_ERROR;
  ubidi_setReorderingMode(bidi.get(), UBIDI_REORDER_INVERSE_LIKE_DIRECT);
  ubidi_setPara(bidi.get(), visual.getBuffer(), visual.length(), rtl >= other ? 1 : 0, nullptr, &status);
  icu::UnicodeString logical;
  const int capacity = visual.length() * 2 + 8;
  char16_t* buffer = logical.getBuffer(capacity);
  const int size = ubidi_writeReordered(bidi.get(), buffer, capacity, UBIDI_DO_MIRRORING, &status);
  logical.releaseBuffer(U_SUCCESS(status) ? size : 0);
  if (U_FAILURE(status)) return std::string(visual_line);
  std::string out;
  logical.toUTF8String(out);
  return out;
}

}  // namespace openbook::read
