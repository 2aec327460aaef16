#include "answer/editions.h"

#include <algorithm>

#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::answer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view file_name(std::string_view uri) {
  const std::size_t slash = uri.find_last_of("/\\");
  std::string_view name = slash == std::string_view::npos ? uri : uri.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(0, dot);
}

/// Title or file name without digits, marks, and words that only tell editions apart.
std::string work_name(std::string_view text) {
  std::string folded = text::fold(text);
  for (std::string_view word :
       {"edition", "version", "revised", "valid from", "年版", "修订版", "新版", "旧版", "版", "年"})
    for (std::size_t at = folded.find(word); at != std::string::npos; at = folded.find(word))
      folded.erase(at, word.size());
  std::string out;
  for (char c : folded)
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) out.push_back(c);
  return out;
}

/// Does a passage of `newer` say, close by, that it replaces a document of this title, or of its own name and this
/// year?
bool says_it_replaces(const book::DocumentRef& newer, const book::DocumentRef& older,
                      std::span<const book::Passage> evidence) {
  static constexpr std::string_view kCues[] = {"supersede", "replaces", "replace the", "in place of",
                                               "取代",      "替代",     "代替",        "废止"};
  constexpr std::size_t kAround = 200;
  const std::string title = text::fold(older.title);
  const int year = same_work(newer, older) ? edition_of(older) : 0;
  for (const book::Passage& passage : evidence) {
    if (passage.document.id != newer.id) continue;
    const std::string text = text::fold(text::utf8_prefix(passage.text, 16 << 10));
    for (std::string_view cue : kCues) {
      const std::size_t at = text.find(cue);
      if (at == std::string::npos) continue;
      const std::size_t begin = at > kAround ? at - kAround : 0;
      const std::string_view near = std::string_view(text).substr(begin, 2 * kAround);
      if ((!title.empty() && near.find(title) != std::string_view::npos) ||
          (year != 0 && near.find(std::to_string(year)) != std::string_view::npos))
        return true;
    }
  }
  return false;
}

}  // namespace

int edition_year(std::string_view text) {
  int year = 0;
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    const bool alone = (i == 0 || !is_digit(text[i - 1])) && (i + 4 == text.size() || !is_digit(text[i + 4]));
    if (!alone || !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i),
                               text.begin() + static_cast<std::ptrdiff_t>(i) + 4, is_digit))
      continue;
    const int value =
        (text[i] - '0') * 1000 + (text[i + 1] - '0') * 100 + (text[i + 2] - '0') * 10 + (text[i + 3] - '0');
    if (value >= 1900 && value <= 2099) year = value;
  }
  return year;
}

int edition_of(const book::DocumentRef& document) {
  const int year = edition_year(document.title);
  return year != 0 ? year : edition_year(file_name(document.uri));
}

bool same_work(const book::DocumentRef& a, const book::DocumentRef& b) {
  const std::string title = work_name(a.title), name = work_name(file_name(a.uri));
  return (!title.empty() && title == work_name(b.title)) || (name.size() >= 3 && name == work_name(file_name(b.uri)));
}

int edition_named(std::string_view question) {
  const std::string folded = text::fold(question);
  for (std::string_view word : {"edition", "version", "revision", "年版", "版本"})
    if (folded.find(word) != std::string::npos) return edition_year(folded);
  return 0;
}

Standing standing_of(const book::Passage& first, const book::Passage& second, std::span<const book::Passage> evidence) {
  const book::DocumentRef &a = first.document, &b = second.document;
  if (a.id == b.id) return Standing::Unrelated;
  const int year_a = edition_of(a), year_b = edition_of(b);
  if (same_work(a, b) && year_a != year_b && year_a != 0 && year_b != 0)
    return year_a > year_b ? Standing::FirstIsNewer : Standing::SecondIsNewer;
  const bool a_replaces = says_it_replaces(a, b, evidence), b_replaces = says_it_replaces(b, a, evidence);
  if (a_replaces == b_replaces) return Standing::Unrelated;
  if (a_replaces) return Standing::FirstIsNewer;
  return Standing::SecondIsNewer;
}

}  // namespace openbook::answer
