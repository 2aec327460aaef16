#include "retrieve/spelling.h"

#include <algorithm>

#include "text/pinyin.h"
#include "text/utf8.h"

namespace openbook::retrieve {
namespace {

using text::OwnedToken;
using text::TokenKind;

bool is_plain_letters(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string correct_word(std::string_view word, const Vocabulary& vocabulary) {
  const std::size_t limit = word.size() < 8 ? 1 : 2;
  std::string best;
  std::size_t best_distance = limit + 1;
  std::uint64_t best_frequency = 0;
  const auto consider = [&](std::string_view term, std::uint64_t frequency) {
    if (frequency == 0 || term.size() + limit < word.size() || term.size() > word.size() + limit) return;
    if (!is_plain_letters(term)) return;
    const std::size_t distance = edit_distance(word, term, limit);
    if (distance < best_distance || (distance == best_distance && frequency > best_frequency)) {
      best = term;
      best_distance = distance;
      best_frequency = frequency;
    }
  };
  // People rarely miss the first letter; where nothing near begins with it, the first two may be swapped.
  vocabulary.visit_prefix(word.substr(0, 1), consider);
  if (best_distance > 1) vocabulary.visit_prefix(word.substr(1, 1), consider);
  return best_distance <= limit ? best : std::string();
}

std::uint16_t sound_of(std::string_view character) {
  std::size_t at = 0;
  return character.empty() ? 0 : text::sound_of(text::next_code_point(character, at));
}

/// The character that the library writes between (or beside) the neighbours of `wrong`, and that sounds the same.
std::string correct_character(std::string_view before, std::string_view wrong, std::string_view after,
                              const Vocabulary& vocabulary) {
  const std::uint16_t sound = sound_of(wrong);
  std::string best;
  std::uint64_t best_frequency = 0;
  const auto consider = [&](std::string_view character, std::uint64_t frequency) {
    if (frequency > best_frequency && character != wrong && sound_of(character) == sound) {
      best = character;
      best_frequency = frequency;
    }
  };
  if (!before.empty() && sound != 0) {
    vocabulary.visit_prefix(before, [&](std::string_view bigram, std::uint64_t frequency) {
      if (bigram.size() <= before.size() || bigram.size() > before.size() + 4) return;
      const std::string_view middle = bigram.substr(before.size());
      if (middle.size() != wrong.size()) return;
      if (!after.empty()) {
        const std::uint64_t right = vocabulary.document_frequency(std::string(middle) + std::string(after));
        frequency = std::min(frequency, right);
      }
      consider(middle, frequency);
    });
  }
  return best;
}

void correct_chinese(const std::vector<OwnedToken>& tokens, const Vocabulary& vocabulary,
                     std::vector<Correction>& corrections) {
  std::vector<const OwnedToken*> characters;
  for (const OwnedToken& token : tokens)
    if (token.kind == TokenKind::Character) characters.push_back(&token);
  const auto known = [&](std::size_t left) {  // Is the bigram of two neighbouring characters in the library?
    if (left + 1 >= characters.size() || characters[left]->range.end != characters[left + 1]->range.begin) return true;
    if (characters[left]->stop_word || characters[left + 1]->stop_word) return true;  // Not kept as pairs.
    return vocabulary.document_frequency(characters[left]->term + characters[left + 1]->term) > 0;
  };
  const auto beside = [&](std::size_t left) {
    return left + 1 < characters.size() && characters[left]->range.end == characters[left + 1]->range.begin;
  };
  for (std::size_t i = 1; i < characters.size(); ++i) {
    const bool left_wrong = beside(i - 1) && !known(i - 1);
    const bool right_wrong = beside(i) && !known(i);
    // One strange neighbour is an ordinary new combination; strange on both sides is a slip of the pen.
    if (!left_wrong || (beside(i) && !right_wrong)) continue;
    const std::string_view after = beside(i) ? std::string_view(characters[i + 1]->term) : std::string_view();
    const std::string right = correct_character(characters[i - 1]->term, characters[i]->term, after, vocabulary);
    if (right.empty()) continue;
    corrections.push_back({characters[i]->range, right});
    ++i;  // Its right neighbour was strange only because of it.
  }
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<std::size_t> two_back(b.size() + 1), back(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) back[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({back[j] + 1, row[j - 1] + 1, back[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_back[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(two_back, back);
    std::swap(back, row);
  }
  return std::min(back[b.size()], limit + 1);
}

std::vector<Correction> corrections_for(std::string_view question, const std::vector<OwnedToken>& tokens,
                                        const Vocabulary& vocabulary) {
  std::vector<Correction> corrections;
  for (const OwnedToken& token : tokens) {
    const std::string_view written = token.range.of(question);
    const bool capital_inside = std::any_of(written.begin() + (written.empty() ? 0 : 1), written.end(),
                                            [](char c) { return c >= 'A' && c <= 'Z'; });
    if (token.kind != TokenKind::Word || token.stop_word || token.term.size() < 4 || capital_inside) continue;
    if (!is_plain_letters(token.term) || vocabulary.document_frequency(token.term) > 0) continue;
    if (std::string right = correct_word(token.term, vocabulary); !right.empty())
      corrections.push_back({token.range, std::move(right)});
  }
  correct_chinese(tokens, vocabulary, corrections);
  return corrections;
}

}  // namespace openbook::retrieve
