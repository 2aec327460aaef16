#include "text/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>

#include "text/utf8.h"

namespace openbook::text {
namespace {

struct CharacterPair {
  char16_t traditional;
  char16_t simplified;
};

constexpr CharacterPair kTraditional[] = {
#include "text/traditional_table.inc"
};

char32_t to_simplified(char32_t code_point) {
  if (code_point < 0x3400 || code_point > 0xFFFF) return code_point;
  const auto* const end = std::end(kTraditional);
  const auto* const found =
      std::lower_bound(std::begin(kTraditional), end, static_cast<char16_t>(code_point),
                       [](const CharacterPair& pair, char16_t wanted) { return pair.traditional < wanted; });
  return found != end && found->traditional == code_point ? found->simplified : code_point;
}

std::string fold_slowly(char32_t code_point) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const nfkc_casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* const nfd = icu::Normalizer2::getNFDInstance(status);
  std::string folded;
  if (U_FAILURE(status)) {
    append_utf8(folded, code_point);
    return folded;
  }
  const auto once = nfkc_casefold->normalize(icu::UnicodeString(static_cast<UChar32>(code_point)), status);
  // Hangul must stay composed, and kana keep their voicing marks: only Latin, Greek, Cyrillic and the like lose
  // accents.
  const bool decompose = code_point < 0x1100 || (code_point >= 0x1E00 && code_point < 0x2000);
  const auto twice = decompose ? nfd->normalize(once, status) : once;
  for (int32_t at = 0; at < twice.length(); at = twice.moveIndex32(at, 1)) {
    const UChar32 c = twice.char32At(at);
    if (decompose && u_charType(c) == U_NON_SPACING_MARK) continue;
    append_utf8(folded, to_simplified(static_cast<char32_t>(c)));
  }
  return folded;
}

/// Folded forms met so far, by pages of 256 code points. One for each thread, so that it needs no lock.
class FoldCache {
 public:
  std::string_view folded(char32_t code_point) {
    auto& page = pages_[code_point >> 8];
    if (!page) page = std::make_unique<Page>();
    Entry& entry = (*page)[code_point & 0xFF];
    if (!entry.known) {
      entry.text = fold_slowly(code_point);
      entry.known = true;
    }
    return entry.text;
  }

 private:
  struct Entry {
    std::string text;
    bool known = false;
  };
  using Page = std::array<Entry, 256>;
  std::array<std::unique_ptr<Page>, 0x1100> pages_;
};

}  // namespace

std::string_view fold_code_point(char32_t code_point) {
  thread_local const auto cache = std::make_unique<FoldCache>();
  return cache->folded(code_point <= 0x10FFFF ? code_point : 0xFFFD);
}

std::string fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      folded.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte));
      ++at;
    } else {
      folded += fold_code_point(next_code_point(text, at));
    }
  }
  return folded;
}

std::string to_nfc(std::string_view text) {
  // Below U+0300 everything is NFC already: the bytes of nearly all English text.
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0xCC; });
  UErrorCode status = U_ZERO_ERROR;
  const auto* const nfc = plain ? nullptr : icu::Normalizer2::getNFCInstance(status);
  if (nfc == nullptr || U_FAILURE(status)) return std::string(text);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (nfc->isNormalizedUTF8(piece, status) && U_SUCCESS(status)) return std::string(text);
  std::string normalised;
  icu::StringByteSink<std::string> sink(&normalised);
  status = U_ZERO_ERROR;
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_SUCCESS(status) ? normalised : std::string(text);
}

}  // namespace openbook::text
