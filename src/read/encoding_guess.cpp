#include "read/encoding_guess.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "read/encoding_convert.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

constexpr std::size_t kSample = std::size_t{64} << 10;

/// The characters of a literal in order, to be searched.
template <std::size_t N>
consteval std::array<char32_t, N> sorted(const char32_t (&text)[N]) {
  std::array<char32_t, N> out{};
  std::copy_n(text, N, out.begin());
  std::sort(out.begin(), out.end());
  return out;
}

template <std::size_t N>
bool holds(const std::array<char32_t, N>& sorted_text, char32_t c) {
  return std::binary_search(sorted_text.begin(), sorted_text.end(), c);
}

// The characters that running text uses most: about half of any Chinese page, two thirds of a Korean one.
constexpr auto kSimplified = sorted(
    U"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    U"行学法所民得"
    U"经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    U"四日那社义事平"
    U"形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已"
    U"通并提直题"
    U"文件使用安装配置运行选择支持系统软件请以及");
constexpr auto kTraditional = sorted(
    U"的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定"
    U"行學法所民得"
    U"經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政"
    U"四日那社義事平"
    U"形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已"
    U"通並提直題"
    U"文件使用安裝配置運行選擇支援系統軟體請以及");
constexpr auto kKorean = sorted(
    U"이다는의에을를가한하고은로지도기사서리시자어인일정대으수있해아부장라것나그보상전게원주들과여제만구니면성스공동비"
    U"습까요할경안"
    U"되조소마와모신된적우러유용했있없않위세무문방계때내오간관개중연선생합명물입회발화행실분당두");

enum class Script { Simplified, Traditional, Japanese, Korean };

struct Candidate {
  const char* name;
  Script script;
};
constexpr Candidate kMultiByte[] = {{"GB18030", Script::Simplified}, {"Big5", Script::Traditional},
                                    {"Shift_JIS", Script::Japanese}, {"EUC-JP", Script::Japanese},
                                    {"EUC-KR", Script::Korean},      {"EUC-TW", Script::Traditional},
                                    {"Johab", Script::Korean}};

bool is_frequent(Script script, char32_t c) {
  switch (script) {
    case Script::Simplified:
      return holds(kSimplified, c) || holds(kTraditional, c);
    case Script::Traditional:
      return holds(kTraditional, c);
    case Script::Japanese:
      return (c >= 0x3041 && c <= 0x3093) || (c >= 0x30A1 && c <= 0x30FC);
    case Script::Korean:
      return holds(kKorean, c);
  }
  return false;
}

bool is_expected(Script script, char32_t c) {
  if ((c >= 0x3000 && c <= 0x3011) || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF01 || c == 0xFF1F ||
      c == 0xFF08 || c == 0xFF09 || (c >= 0x2010 && c <= 0x2026) || (c >= 0x2500 && c <= 0x25FF))
    return true;
  if (script == Script::Korean) return c >= 0xAC00 && c <= 0xD7A3;
  if (script == Script::Japanese && c >= 0x3041 && c <= 0x30FC) return true;
  return c >= 0x4E00 && c <= 0x9FA5;
}

/// How likely a text is what its encoding's language looks like: 0 (no) to about 1.5.
double likelihood(const RawConversion& text, Script script) {
  std::size_t wide = 0, frequent = 0, expected = 0;
  for (std::size_t at = 0; at < text.utf8.size();) {
    const char32_t c = text::next_code_point(text.utf8, at);
    if (c < 0x80) continue;
    ++wide;
    frequent += is_frequent(script, c);
    expected += is_expected(script, c);
  }
  if (wide == 0) return 0;
  const double n = static_cast<double>(wide);
  const double damage = static_cast<double>(text.damaged) / n;
  if (damage > 0.05 || static_cast<double>(expected) / n < 0.7) return 0;
  return static_cast<double>(frequent) / n + 0.3 * static_cast<double>(expected) / n - 4 * damage;
}

std::string ask_uchardet(std::string_view bytes) {
  const std::unique_ptr<struct uchardet, void (*)(uchardet_t)> detector(uchardet_new(), &uchardet_delete);
  if (!detector || uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

bool is_multi_byte(const std::string& name) {
  for (const Candidate& candidate : kMultiByte)
    if (display_name(candidate.name) == display_name(name)) return true;
  return false;
}

/// Which alphabet a letter belongs to; 0: none of these.
int alphabet_of(char32_t c) {
  if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return 1;
  if (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) return 1;
  if (c >= 0x370 && c <= 0x3FF) return 2;
  if (c >= 0x400 && c <= 0x4FF) return 3;
  if (c >= 0x590 && c <= 0x5FF) return 4;
  if (c >= 0x600 && c <= 0x6FF) return 5;
  if (c >= 0xE00 && c <= 0xE7F) return 6;
  return 0;
}

/// Characters that a code page holds and nearly no one writes; many of them are a sign of a mistake.
bool is_rare(char32_t c) {
  static constexpr std::u32string_view kRare =
      U"\u00D0\u00F0\u00DE\u00FE\u00FF\u0178\u0192\u2020\u2021\u02C6\u2030\u02DC\u2039"
      U"\u203A\u00A1\u00A2\u00A4\u00A5\u00A6\u00A8\u00AA\u00AC\u00AF\u00B1\u00B6\u00B8\u00B9\u00BA\u00BE";
  return c == 0xFFFD || (c >= 0x80 && c < 0xA0) || kRare.find(c) != std::u32string_view::npos;
}

bool is_typographic(char32_t c) {
  return (c >= 0x2013 && c <= 0x2026) || c == 0xAB || c == 0xBB || c == 0xA0;
}

bool is_thai_mark(char32_t c) {
  return c == 0xE31 || (c >= 0xE34 && c <= 0xE3A) || (c >= 0xE47 && c <= 0xE4E);
}
bool is_thai_consonant(char32_t c) {
  return c >= 0xE01 && c <= 0xE2E;
}

bool is_capital(char32_t c) {
  return (c >= 0xC0 && c <= 0xDE) || (c >= 0x410 && c <= 0x42F) || (c >= 0x391 && c <= 0x3A9);
}
bool is_small(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF) || (c >= 0x430 && c <= 0x44F) || (c >= 0x3B1 && c <= 0x3C9);
}

/// How much a character between two others speaks against the code page that gave it.
double sign_of_mistake(char32_t before, char32_t c, char32_t after) {
  double sign = 0;
  const int own = alphabet_of(c), left = alphabet_of(before), right = alphabet_of(after);
  if (own == 0 && left != 0 && right != 0 && c != 0x2019 && c != 0xAD && c != 0xB7) sign += is_typographic(c) ? 0.1 : 1;
  if (own != 0 && ((left != 0 && left != own) || (right != 0 && right != own))) sign += 1;
  if (is_capital(c) && is_small(before)) sign += 1;
  if (is_rare(c)) sign += 0.5;
  // No language writes three accented Latin letters in a row, many times.
  if (own == 1 && before >= 0x80 && after >= 0x80 && left == 1 && right == 1) sign += 0.5;
  if (is_thai_mark(c) && !is_thai_consonant(before) && !is_thai_mark(before)) sign += 1;
  if (c >= 0xE40 && c <= 0xE44 && !is_thai_consonant(after)) sign += 1;
  return sign;
}

/// Signs of a wrong code page, as a share of the characters beyond ASCII.
double implausibility(const RawConversion& text) {
  std::size_t beyond = 0;
  double signs = 0;
  char32_t before = ' ';
  for (std::size_t at = 0; at < text.utf8.size();) {
    const char32_t c = text::next_code_point(text.utf8, at);
    std::size_t peek = at;
    const char32_t after = peek < text.utf8.size() ? text::next_code_point(text.utf8, peek) : U' ';
    if (c >= 0x80) {
      ++beyond;
      signs += sign_of_mistake(before, c, after);
    }
    before = c;
  }
  return beyond ? (signs + 2.0 * static_cast<double>(text.damaged)) / static_cast<double>(beyond) : 0;
}

struct SingleByte {
  std::string name = "windows-1252";
  double signs = 1e9;  ///< implausibility() less what speaks for it.
};

SingleByte guess_single_byte(std::string_view sample, const std::string& opinion) {
  SingleByte best;
  const auto consider = [&](const std::string& name, double bonus) {
    const auto text = convert_raw(sample, name);
    if (!text) return;
    const double signs = implausibility(*text) - bonus;
    if (signs < best.signs) best = {name, signs};
  };
  const bool is_dos = opinion.starts_with("IBM85") || opinion.starts_with("MAC");
  if (!opinion.empty() && !is_multi_byte(opinion) && !is_dos) consider(opinion, 0.15);
  for (const char* name : {"windows-1252", "windows-1251", "KOI8-R", "windows-1250", "windows-1253", "windows-1254",
                           "windows-1255", "windows-1256", "TIS-620", "IBM866", "windows-1257", "IBM850"})
    consider(name, name == std::string_view("windows-1252") ? 0.05 : 0.0);
  if (is_dos) consider(opinion, 0.0);
  return best;
}

}  // namespace

std::string guess_encoding(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kSample);
  const std::string opinion = ask_uchardet(sample);
  std::string best;
  double highest = 0;
  for (const Candidate& candidate : kMultiByte) {
    const auto text = convert_raw(sample, candidate.name);
    if (!text) continue;
    double score = likelihood(*text, candidate.script);
    if (score > 0 && display_name(opinion) == display_name(candidate.name)) score += 0.1;
    if (score > highest) highest = score, best = candidate.name;
  }
  // 0.3 stands for "all characters are of the right kind"; what lies above is the share of frequent ones.
  if (highest >= 0.42) return best;
  const SingleByte single = guess_single_byte(sample, opinion);
  if (highest > 0.28 && (is_multi_byte(opinion) || single.signs > 0.08)) return best;
  return single.name;
}

}  // namespace openbook::read
