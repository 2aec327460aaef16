#include "answer/fit/measure.h"

#include <algorithm>
#include <map>
#include <random>

#include "text/characters.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::answer::fit {
namespace {

/// Words of comparable English, single characters of comparable Chinese.
std::map<std::string, int> pieces_of(const std::string& text, int& count) {
  std::map<std::string, int> pieces;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) ++pieces[word], ++count;
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(text, at);
    if (c == ' ') {
      flush();
    } else if (text::is_cjk(c)) {
      flush();
      word = text.substr(begin, at - begin);
      flush();
    } else {
      word += text.substr(begin, at - begin);
    }
  }
  flush();
  return pieces;
}

}  // namespace

std::string comparable(std::string_view text) {
  const std::string folded = text::fold(text);
  std::string out = " ", word;
  const auto flush = [&] {
    if (!word.empty() && word != "a" && word != "an" && word != "the") out += word + " ";
    word.clear();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(folded, at);
    const auto kind = text::class_of(c);
    if (text::is_cjk(kind)) {
      flush();
      out += folded.substr(begin, at - begin) + " ";
    } else if (kind == text::CharacterClass::Letter || kind == text::CharacterClass::Digit) {
      word += folded.substr(begin, at - begin);
    } else if (c != '\'' && c != ',' && c != '.') {
      flush();
    } else if (c == '.' && !word.empty() && !(word.back() >= '0' && word.back() <= '9')) {
      continue;  // "U.S." and "US" are the same word.
    }
  }
  flush();
  return out;
}

bool contains_answer(const std::string& text, const std::vector<std::string>& answers) {
  return std::any_of(answers.begin(), answers.end(), [&](const std::string& answer) {
    return answer.size() > 1 && text.find(answer) != std::string::npos;
  });
}

float best_f1(const std::string& text, const std::vector<std::string>& answers) {
  float best = 0;
  int size = 0;
  const auto pieces = pieces_of(text, size);
  for (const std::string& answer : answers) {
    int answer_size = 0, common = 0;
    for (const auto& [piece, count] : pieces_of(answer, answer_size)) {
      const auto found = pieces.find(piece);
      if (found != pieces.end()) common += std::min(count, found->second);
    }
    if (common > 0) best = std::max(best, 2.0f * static_cast<float>(common) / static_cast<float>(size + answer_size));
  }
  return best;
}

double auroc(const std::vector<float>& positive, const std::vector<float>& negative) {
  std::vector<std::pair<float, int>> all;
  for (float score : positive) all.push_back({score, 1});
  for (float score : negative) all.push_back({score, 0});
  std::sort(all.begin(), all.end());
  double rank_sum = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t j = i;
    while (j < all.size() && all[j].first == all[i].first) ++j;
    const double rank = (static_cast<double>(i + j) + 1) / 2;
    for (std::size_t k = i; k < j; ++k) rank_sum += all[k].second * rank;
    i = j;
  }
  const auto p = static_cast<double>(positive.size()), n = static_cast<double>(negative.size());
  return p == 0 || n == 0 ? 0.5 : (rank_sum - p * (p + 1) / 2) / (p * n);
}

Interval bootstrap(const std::vector<std::pair<unsigned, float>>& values) {
  std::map<unsigned, std::pair<double, double>> clusters;
  double sum = 0;
  for (const auto& [cluster, value] : values) {
    clusters[cluster].first += value;
    clusters[cluster].second += 1;
    sum += value;
  }
  std::vector<std::pair<double, double>> list;
  for (const auto& [unused, pair] : clusters) list.push_back(pair);
  if (list.empty()) return {};
  std::mt19937_64 random(7);
  std::vector<double> means;
  for (int round = 0; round < 1000; ++round) {
    double total = 0, count = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto& pick = list[random() % list.size()];
      total += pick.first;
      count += pick.second;
    }
    means.push_back(total / count);
  }
  std::sort(means.begin(), means.end());
  return {sum / static_cast<double>(values.size()), means[25], means[974]};
}

}  // namespace openbook::answer::fit
