#include "read/encoding_convert.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include <array>
#include <memory>

#include "text/utf8.h"

namespace openbook::read {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Called by ICU for bytes that are not of the encoding: one U+FFFD for each stretch, counted.
void U_CALLCONV replace_damage(const void* context, UConverterToUnicodeArgs* arguments, const char*, int32_t,
                               UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  ++*static_cast<std::size_t*>(const_cast<void*>(context));
  static constexpr UChar kReplacement[] = {0xFFFD};
  ucnv_cbToUWriteUChars(arguments, kReplacement, 1, 0, error);
}

Converter open_converter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

void append_utf16(std::string& out, const UChar* text, std::size_t size, char16_t& pending) {
  for (std::size_t i = 0; i < size; ++i) {
    const char16_t unit = text[i];
    if (unit >= 0xD800 && unit < 0xDC00) {
      if (pending) text::append_utf8(out, 0xFFFD);
      pending = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      text::append_utf8(out, pending ? 0x10000 + ((pending - 0xD800u) << 10) + (unit - 0xDC00u) : 0xFFFDu);
      pending = 0;
    } else {
      if (pending) text::append_utf8(out, 0xFFFD);
      pending = 0;
      if (unit < 0x80)
        out += static_cast<char>(unit);
      else
        text::append_utf8(out, unit);
    }
  }
}

/// Names found in the wild that ICU does not know, or knows as a narrower set than what they are used for.
std::string icu_name(const std::string& encoding) {
  std::string lower;
  for (const char c : encoding)
    if (c != '"' && c != '\'' && c != ' ') lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  static constexpr struct {
    std::string_view name, icu;
  } kNames[] = {{"gb2312", "GB18030"},          {"gbk", "GB18030"},
                {"x-gbk", "GB18030"},           {"cp936", "GB18030"},
                {"gb_2312-80", "GB18030"},      {"x-euc-cn", "GB18030"},
                {"big5", "Big5-HKSCS"},         {"cp950", "Big5-HKSCS"},
                {"x-x-big5", "Big5-HKSCS"},     {"big5hkscs", "Big5-HKSCS"},
                {"shift_jis", "windows-31j"},   {"shift-jis", "windows-31j"},
                {"sjis", "windows-31j"},        {"x-sjis", "windows-31j"},
                {"cp932", "windows-31j"},       {"ms_kanji", "windows-31j"},
                {"euc-kr", "windows-949"},      {"ks_c_5601-1987", "windows-949"},
                {"ks_c_5601", "windows-949"},   {"ksc5601", "windows-949"},
                {"uhc", "windows-949"},         {"cp949", "windows-949"},
                {"iso-8859-1", "windows-1252"}, {"latin1", "windows-1252"},
                {"us-ascii", "windows-1252"},   {"ascii", "windows-1252"},
                {"iso-8859-9", "windows-1254"}, {"tis-620", "windows-874"},
                {"iso-8859-11", "windows-874"}, {"utf8", "UTF-8"},
                {"utf-8-sig", "UTF-8"},         {"mac-cyrillic", "x-mac-cyrillic"},
                {"euc-tw", "EUC-TW"},           {"hz-gb-2312", "HZ"},
                {"unicode", "UTF-16"},          {"utf-16le", "UTF-16LE"}};
  for (const auto& row : kNames)
    if (row.name == lower) return std::string(row.icu);
  return lower;
}

}  // namespace

RawConversion convert_johab(std::string_view bytes) {
  // Five-bit letter codes → index of the jamo within Unicode's syllable formula; -1: no such letter.
  static constexpr std::array<int, 32> kInitial = {-1, -1, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13,
                                                   14, 15, 16, 17, 18, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  static constexpr std::array<int, 32> kVowel = {-1, -1, -1, 0,  1,  2,  3,  4,  -1, -1, 5,  6,  7,  8,  9,  10,
                                                 -1, -1, 11, 12, 13, 14, 15, 16, -1, -1, 17, 18, 19, 20, -1, -1};
  static constexpr std::array<int, 32> kFinal = {-1, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14,
                                                 15, 16, -1, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, -1, -1};
  RawConversion out;
  const Converter euc = open_converter("windows-949");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) {
      out.utf8 += bytes[i];
      continue;
    }
    const unsigned trail = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
    const unsigned pair = (lead << 8) | trail;
    const int initial = kInitial[(pair >> 10) & 31], vowel = kVowel[(pair >> 5) & 31], final = kFinal[pair & 31];
    char32_t code_point = 0;
    if (lead <= 0xD3 && trail >= 0x41 && initial >= 0 && vowel >= 0 && final >= 0) {
      code_point = static_cast<char32_t>(0xAC00 + (initial * 21 + vowel) * 28 + final);
    } else if (lead >= 0xD9 && trail >= 0x31 && euc) {
      const unsigned base = lead <= 0xDE ? (lead - 0xD9) * 2 + 0xA1 : (lead - 0xE0) * 2 + 0xCA;
      const bool second = trail >= 0xA1;
      const unsigned column = second ? trail : trail >= 0x91 ? trail - 0x91 + 0xEF : trail - 0x31 + 0xA1;
      const char euc_pair[] = {static_cast<char>(base + second), static_cast<char>(column)};
      UChar units[4] = {};
      UErrorCode error = U_ZERO_ERROR;
      if (ucnv_toUChars(euc.get(), units, 4, euc_pair, 2, &error) == 1 && U_SUCCESS(error) && units[0] != 0xFFFD)
        code_point = units[0];
    }
    out.damaged += code_point == 0;
    text::append_utf8(out.utf8, code_point ? code_point : 0xFFFD);
    i += trail >= 0x31;
  }
  return out;
}

std::optional<RawConversion> convert_raw(std::string_view bytes, const std::string& encoding) {
  const std::string name = icu_name(encoding);
  if (name == "johab" || name == "x-johab" || name == "cp1361") return convert_johab(bytes);
  const Converter converter = open_converter(name);
  if (!converter) return std::nullopt;
  RawConversion out;
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter.get(), &replace_damage, &out.damaged, nullptr, nullptr, &error);
  if (U_FAILURE(error)) return std::nullopt;
  out.utf8.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 4096> buffer;
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  char16_t pending = 0;
  do {
    error = U_ZERO_ERROR;
    UChar* target = buffer.data();
    ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source, source_end, nullptr, true, &error);
    append_utf16(out.utf8, buffer.data(), static_cast<std::size_t>(target - buffer.data()), pending);
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  if (pending) text::append_utf8(out.utf8, 0xFFFD);
  return out;
}

std::string display_name(const std::string& encoding) {
  const std::string name = icu_name(encoding);
  static constexpr struct {
    std::string_view icu, shown;
  } kShown[] = {{"windows-31j", "Shift_JIS"}, {"windows-949", "EUC-KR"}, {"Big5-HKSCS", "Big5"},
                {"windows-874", "TIS-620"},   {"GB18030", "GB18030"},    {"gb18030", "GB18030"},
                {"HZ", "HZ-GB-2312"},         {"johab", "Johab"},        {"EUC-TW", "EUC-TW"},
                {"x-johab", "Johab"}};
  for (const auto& row : kShown)
    if (row.icu == name) return std::string(row.shown);
  UErrorCode error = U_ZERO_ERROR;
  for (const char* standard : {"MIME", "IANA"}) {
    const char* shown = ucnv_getStandardName(name.c_str(), standard, &error);
    if (U_SUCCESS(error) && shown) return shown;
    error = U_ZERO_ERROR;
  }
  return text::to_valid_utf8(encoding);
}

}  // namespace openbook::read
