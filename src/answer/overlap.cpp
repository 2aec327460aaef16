#include "answer/overlap.h"

#include <algorithm>

namespace openbook::answer {
namespace {

constexpr float kK1 = 0.9f;
constexpr float kB = 0.4f;
constexpr std::uint32_t kWindow = 12;

TermSet matched_of(const Question& question, const std::vector<std::uint64_t>& known) {
  TermSet set;
  for (std::size_t i = 0; i < question.terms.size(); ++i)
    if (holds(known, question.terms[i].hash)) set.set(i);
  return set;
}

/// Number of terms: not one of the question's. Most are not, which the sorted list tells soonest.
std::size_t index_of(const Question& question, std::uint64_t hash) {
  if (!holds(question.known, hash)) return question.terms.size();
  for (std::size_t i = 0; i < question.terms.size(); ++i)
    if (question.terms[i].hash == hash) return i;
  return question.terms.size();
}

struct Hit {
  std::size_t term = 0;
  std::uint32_t position = 0;
};

std::vector<Hit> hits_of(const Question& question, const Unit& unit) {
  std::vector<Hit> hits;
  for (const Term& term : unit.terms)
    if (const std::size_t i = index_of(question, term.hash); i < question.terms.size())
      hits.push_back({i, term.position});
  return hits;
}

/// Two question terms in a row that stand within two positions of each other here, in order.
float pair_share(const Question& question, const std::vector<Hit>& hits) {
  if (question.terms.size() < 2) return 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i + 1 < question.terms.size(); ++i)
    found += std::any_of(hits.begin(), hits.end(), [&](const Hit& a) {
      return a.term == i && std::any_of(hits.begin(), hits.end(), [&](const Hit& b) {
               return b.term == i + 1 && b.position > a.position && b.position <= a.position + 3;
             });
    });
  return static_cast<float>(found) / static_cast<float>(question.terms.size() - 1);
}

float densest(const Question& question, const std::vector<Hit>& hits) {
  float best = 0;
  for (std::size_t first = 0; first < hits.size(); ++first) {
    TermSet set;
    for (std::size_t i = first; i < hits.size() && hits[i].position < hits[first].position + kWindow; ++i)
      set.set(hits[i].term);
    best = std::max(best, weight_of(set, question));
  }
  return best / std::max(question.weight, 1e-6f);
}

/// Longest common substring of the two term sequences.
std::size_t longest_run(const std::vector<Term>& a, const std::vector<Term>& b) {
  std::vector<std::uint16_t> previous(b.size() + 1, 0), current(b.size() + 1, 0);
  std::uint16_t best = 0;
  for (const Term& left : a) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      current[j + 1] = left.hash == b[j].hash ? static_cast<std::uint16_t>(previous[j] + 1) : std::uint16_t{0};
      best = std::max(best, current[j + 1]);
    }
    std::swap(previous, current);
  }
  return best;
}

float found_share(const Question& question, const Unit& unit) {
  if (question.sequence.empty()) return 0;
  const auto place = [&](std::uint64_t hash) {
    return static_cast<std::size_t>(std::lower_bound(question.heard.begin(), question.heard.end(), hash) -
                                    question.heard.begin());
  };
  std::vector<bool> here(question.heard.size() + 1, false);
  for (const Term& term : unit.terms)
    if (const std::size_t at = place(term.hash); at < question.heard.size() && question.heard[at] == term.hash)
      here[at] = true;
  std::size_t found = 0;
  for (const Term& term : question.sequence) found += here[place(term.hash)];
  return static_cast<float>(found) / static_cast<float>(question.sequence.size());
}

float gram_share(const std::vector<std::uint32_t>& question, const std::vector<std::uint32_t>& unit) {
  if (question.empty()) return 0;
  std::size_t found = 0;
  for (std::uint32_t gram : question) found += std::binary_search(unit.begin(), unit.end(), gram);
  return static_cast<float>(found) / static_cast<float>(question.size());
}

UnitOverlap unit_overlap(const Question& question, const Unit& unit) {
  UnitOverlap out;
  out.matched = matched_of(question, unit.known);
  out.coverage = weight_of(out.matched, question) / std::max(question.weight, 1e-6f);
  const std::vector<Hit> hits = hits_of(question, unit);
  out.pair_share = pair_share(question, hits);
  out.density = densest(question, hits);
  const std::size_t run = longest_run(question.sequence, unit.terms);
  out.longest_run =
      question.sequence.empty() ? 0 : static_cast<float>(run) / static_cast<float>(question.sequence.size());
  out.run_share = found_share(question, unit);
  out.gram_share = gram_share(question.grams, unit.grams);
  out.new_terms = static_cast<std::uint32_t>(unit.known.size() - out.matched.count());
  return out;
}

float bm25_of(const Question& question, const PassageText& passage, float mean_length) {
  std::vector<std::uint32_t> counts(question.terms.size(), 0);
  for (const Term& term : passage.terms)
    if (const std::size_t i = index_of(question, term.hash); i < counts.size()) ++counts[i];
  const float length = static_cast<float>(passage.terms.size()) / std::max(mean_length, 1.0f);
  const float k = kK1 * (1 - kB + kB * length);
  float sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto tf = static_cast<float>(counts[i]);
    sum += question.terms[i].weight * tf / (tf + k);
  }
  return sum / std::max(question.weight, 1e-6f);
}

}  // namespace

float weight_of(const TermSet& set, const Question& question) {
  float sum = 0;
  for (std::size_t i = 0; i < question.terms.size(); ++i)
    if (set.test(i)) sum += question.terms[i].weight;
  return sum;
}

PassageOverlap overlap_of(const Question& question, const PassageText& passage, float mean_length) {
  PassageOverlap out;
  const float weight = std::max(question.weight, 1e-6f);
  out.titled = matched_of(question, passage.title);
  out.matched = matched_of(question, passage.known) | out.titled;
  out.coverage = weight_of(out.matched, question) / weight;
  out.bm25 = bm25_of(question, passage, mean_length);
  for (const Unit& unit : passage.units) out.units.push_back(unit_overlap(question, unit));
  for (std::size_t i = 0; i < out.units.size(); ++i) {
    out.best_coverage = std::max(out.best_coverage, out.units[i].coverage);
    const TermSet next = i + 1 < out.units.size() ? out.units[i + 1].matched : TermSet{};
    out.pair_coverage = std::max(out.pair_coverage, weight_of(out.units[i].matched | next, question) / weight);
  }
  return out;
}

}  // namespace openbook::answer
