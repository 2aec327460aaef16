#include "eval/comparable.h"

#include <algorithm>
#include <map>

#include "text/characters.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::eval {
namespace {

bool is_article(std::string_view word) {
  return word == "a" || word == "an" || word == "the";
}

/// Marks that stand inside words and numbers ("don't", "U.S.", "5,500,000") vanish; all others part words.
bool vanishes(char32_t c) {
  return c == '\'' || c == U'’' || c == ',' || c == '.';
}

struct Bag {
  std::map<std::string_view, int> counts;
  int size = 0;
};

Bag bag_of(std::string_view comparable_text) {
  Bag bag;
  for (std::size_t at = 0; at < comparable_text.size();) {
    const std::size_t end = std::min(comparable_text.find(' ', at), comparable_text.size());
    if (end > at) ++bag.counts[comparable_text.substr(at, end - at)], ++bag.size;
    at = end + 1;
  }
  return bag;
}

}  // namespace

std::string comparable(std::string_view text) {
  const std::string folded = text::fold(text);
  std::string out = " ", word;
  const auto end_word = [&] {
    if (!word.empty() && !is_article(word)) out += word + ' ';
    word.clear();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(folded, at);
    const text::CharacterClass kind = text::class_of(c);
    const std::string_view bytes = std::string_view(folded).substr(begin, at - begin);
    if (text::is_cjk(kind)) {
      end_word();
      out.append(bytes) += ' ';
    } else if (kind == text::CharacterClass::Letter || kind == text::CharacterClass::Digit ||
               kind == text::CharacterClass::Mark) {
      word += bytes;
    } else if (!vanishes(c)) {
      end_word();
    }
  }
  end_word();
  return out;
}

bool contains_any(std::string_view text, std::span<const std::string> answers) {
  return std::ranges::any_of(answers, [&](const std::string& answer) {
    return answer.size() > 1 && text.find(answer) != std::string_view::npos;
  });
}

bool equals_any(std::string_view text, std::span<const std::string> answers) {
  return std::ranges::any_of(answers, [&](const std::string& answer) { return text == answer; });
}

double best_f1(std::string_view text, std::span<const std::string> answers) {
  const Bag given = bag_of(text);
  double best = 0;
  for (const std::string& answer : answers) {
    const Bag wanted = bag_of(answer);
    int shared = 0;
    for (const auto& [word, count] : wanted.counts)
      if (const auto found = given.counts.find(word); found != given.counts.end())
        shared += std::min(count, found->second);
    if (shared > 0) best = std::max(best, 2.0 * shared / (given.size + wanted.size));
  }
  return best;
}

}  // namespace openbook::eval
