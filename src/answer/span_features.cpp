#include <algorithm>
#include <cmath>

#include "answer/lexicon.h"
#include "answer/sentence_features.h"
#include "answer/span_candidates.h"
#include "answer/spans.h"

namespace openbook::answer {
namespace {

/// Appends values for one candidate; every call path must append the same number.
class Row {
 public:
  explicit Row(std::vector<float>& out) : out_(out) {}
  void add(float value) { out_.push_back(value); }
  void add(bool value) { out_.push_back(value ? 1.0f : 0.0f); }
  void one_hot(int index, int count) {
    for (int i = 0; i < count; ++i) out_.push_back(i == index ? 1.0f : 0.0f);
  }

 private:
  std::vector<float>& out_;
};

/// A question term's occurrence in the sentence, by word.
struct Match {
  std::size_t term = 0;
  int word = 0;
};

/// What all candidates of one sentence share.
struct SentenceView {
  const Question& question;
  const SpanSource& source;
  std::vector<Word> words;
  std::vector<float> word_weight;  ///< Weight of the question term that the word matches; 0: none.
  std::vector<bool> word_known;    ///< The word stands in the question (function words too).
  std::vector<Match> matches;
  int after_word = -1;  ///< Word where the text beside the question word begins here.
  int before_word = -1;
  int next_term_word = -1;  ///< First content term after the question word.
  float after_share = 0;
  float before_share = 0;
};

int word_at(const std::vector<Word>& words, std::uint32_t offset) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i].range.end > offset) return static_cast<int>(i);
  return static_cast<int>(words.size()) - 1;
}

/// Where the longest prefix (or suffix) of `piece`, two characters at least, stands in the sentence.
int find_piece(const SentenceView& view, ByteRange piece, bool prefix, float& share) {
  const std::string_view text = piece.of(view.question.lower);
  for (std::size_t size = text.size(); size >= 3; --size) {
    const std::string_view part = prefix ? text.substr(0, size) : text.substr(text.size() - size);
    const std::size_t found = view.source.unit->lower.find(part);
    if (found == std::string::npos) continue;
    share = static_cast<float>(size) / static_cast<float>(text.size());
    return word_at(view.words, static_cast<std::uint32_t>(prefix ? found : found + size - 1));
  }
  return -1;
}

void read_matches(SentenceView& view) {
  const Question& question = view.question;
  view.word_weight.assign(view.words.size(), 0);
  view.word_known.assign(view.words.size(), false);
  std::vector<std::uint8_t> covered(view.source.text.size(), 0);
  for (const Term& term : view.source.unit->terms) {
    for (const Term& asked : question.sequence)
      if (asked.hash == term.hash && !asked.range.overlaps(question.frame.asked))
        std::fill(covered.begin() + term.range.begin, covered.begin() + term.range.end, std::uint8_t{1});
    for (std::size_t i = 0; i < question.terms.size(); ++i)
      if (question.terms[i].hash == term.hash) {
        const int word = word_at(view.words, term.range.begin);
        view.matches.push_back({i, word});
        for (std::size_t w = 0; w < view.words.size(); ++w)
          if (view.words[w].range.overlaps(term.range))
            view.word_weight[w] = std::max(view.word_weight[w], question.terms[i].weight);
        const bool next = question.terms[i].range.begin >= question.frame.asked.end;
        if (next && view.next_term_word < 0 && (i == 0 || question.terms[i - 1].range.begin < question.frame.asked.end))
          view.next_term_word = word;
      }
  }
  for (std::size_t w = 0; w < view.words.size(); ++w) {
    const ByteRange range = view.words[w].range;
    view.word_known[w] =
        std::all_of(covered.begin() + range.begin, covered.begin() + range.end, [](std::uint8_t c) { return c != 0; });
  }
}

class CandidateWriter {
 public:
  CandidateWriter(const SentenceView& view, std::uint32_t sentence, std::vector<float>& out)
      : view_(view), sentence_(sentence), row_(out) {}

  void write(std::uint32_t first, std::uint32_t last) {
    first_ = static_cast<int>(first);
    last_ = static_cast<int>(last);
    range_ = {view_.words[first].range.begin, view_.words[last].range.end};
    write_sentence();
    write_size();
    write_words();
    write_marks();
    write_borders();
    write_nearness();
    write_frame();
  }

 private:
  int size() const { return last_ - first_ + 1; }
  const Word& word(int i) const { return view_.words[static_cast<std::size_t>(i)]; }
  int class_at(int i) const {
    if (i < 0 || i >= static_cast<int>(view_.words.size())) return kWordClassCount;
    return static_cast<int>(word(i).kind);
  }
  float weight() const { return std::max(view_.question.weight, 1e-6f); }
  std::string_view text() const { return range_.of(view_.source.text); }

  void write_sentence() {
    row_.add(std::max(view_.source.log_probability, -8.0f));
    row_.one_hot(static_cast<int>(sentence_), 3);
    row_.one_hot(static_cast<int>(view_.question.frame.type), kQuestionTypeCount);
  }

  void write_size() {
    const int n = size();
    row_.one_hot(n <= 4 ? n - 1 : n <= 6 ? 4 : n <= 8 ? 5 : 6, 7);
    row_.add(std::log(1.0f + static_cast<float>(range_.size())) / 4);
    row_.add(static_cast<float>(first_) / static_cast<float>(view_.words.size()));
  }

  void write_words() {
    std::array<int, kWordClassCount> counts{};
    int known = 0;
    float known_weight = 0;
    for (int i = first_; i <= last_; ++i) {
      ++counts[static_cast<std::size_t>(class_at(i))];
      known += view_.word_known[static_cast<std::size_t>(i)];
      known_weight += view_.word_weight[static_cast<std::size_t>(i)];
    }
    const auto n = static_cast<float>(size());
    for (int count : counts) row_.add(static_cast<float>(count) / n);
    row_.add(static_cast<float>(known) / n);
    row_.add(known == size());
    row_.add(known > 0);
    row_.add(known_weight / weight());
    row_.add(counts[static_cast<std::size_t>(WordClass::Comma)] > 0);
    row_.add(counts[static_cast<std::size_t>(WordClass::Conjunction)] > 0);
    row_.add(counts[static_cast<std::size_t>(WordClass::Preposition)] > 0);
    row_.add(counts[static_cast<std::size_t>(WordClass::Auxiliary)] > 0);
    row_.add(text().find('%') != std::string_view::npos || text().find('$') != std::string_view::npos);
  }

  /// Marks that the span equals, holds, or cuts in two.
  void write_marks() {
    std::array<bool, kMarkKindCount> equal{}, inside{}, cut{};
    bool fit_equal = false, fit_inside = false, fit_around = false;
    for (const Mark& mark : view_.source.unit->marks) {
      const auto kind = static_cast<std::size_t>(mark.kind);
      const bool fits = mark_fits(mark.kind, view_.question.frame.type);
      if (mark.range == range_)
        equal[kind] = true, fit_equal |= fits;
      else if (range_.contains(mark.range))
        inside[kind] = true, fit_inside |= fits;
      else if (mark.range.contains(range_))
        cut[kind] = true, fit_around |= fits;
      else if (mark.range.overlaps(range_))
        cut[kind] = true;
    }
    for (std::size_t kind = 0; kind < kMarkKindCount; ++kind) {
      row_.add(equal[kind]);
      row_.add(inside[kind]);
      row_.add(cut[kind]);
    }
    row_.add(fit_equal);
    row_.add(fit_inside);
    row_.add(fit_around);
  }

  void write_borders() {
    row_.one_hot(class_at(first_ - 1), kWordClassCount + 1);
    row_.one_hot(class_at(last_ + 1), kWordClassCount + 1);
    row_.one_hot(class_at(first_), kWordClassCount);
    row_.one_hot(class_at(last_), kWordClassCount);
    row_.add(first_ > 0 && view_.word_known[static_cast<std::size_t>(first_ - 1)]);
    row_.add(last_ + 1 < static_cast<int>(view_.words.size()) && view_.word_known[static_cast<std::size_t>(last_ + 1)]);
    row_.add(view_.word_known[static_cast<std::size_t>(first_)]);
    row_.add(view_.word_known[static_cast<std::size_t>(last_)]);
    static constexpr std::string_view kBefore[] = {"in", "of", "by", "to",  "for", "with",   "from",  "at",
                                                   "on", "as", "is", "was", "the", "called", "named", "and"};
    for (auto cue : kBefore) row_.add(first_ > 0 && lower_at(first_ - 1) == cue);
    static constexpr std::string_view kChineseBefore[] = {"是", "为", "由", "在", "于", "的",
                                                          "有", "被", "和", "至", "到", "名"};
    for (auto cue : kChineseBefore) row_.add(ends_before(cue));
    static constexpr std::string_view kChineseAfter[] = {"的", "是", "和", "等", "，", "。",
                                                         "、", "（", "为", "在", "人"};
    for (auto cue : kChineseAfter) row_.add(view_.source.text.substr(range_.end).starts_with(cue));
  }

  std::string_view lower_at(int i) const { return word(i).range.of(view_.source.unit->lower); }
  bool ends_before(std::string_view cue) const { return view_.source.text.substr(0, range_.begin).ends_with(cue); }

  void write_nearness() {
    float left = 0, right = 0, near = 0, left_best = 0, right_best = 0, left_weight = 0, total = 0;
    TermSetSeen seen;
    for (const Match& match : view_.matches) {
      if (match.word >= first_ && match.word <= last_) continue;
      const bool is_left = match.word < first_;
      const float w = view_.question.terms[match.term].weight;
      const auto gap = static_cast<float>(is_left ? first_ - match.word : match.word - last_);
      near = std::max(near, 1 / gap);
      (is_left ? left_best : right_best) = std::max(is_left ? left_best : right_best, 1 / gap);
      if (gap <= 5) (is_left ? left : right) += w;
      if (is_left) left_weight += w;
      total += w;
      seen.add(match.term, w / (1 + 0.3f * gap));
    }
    row_.add(near);
    row_.add(left_best);
    row_.add(right_best);
    row_.add(std::min(left / weight(), 1.5f));
    row_.add(std::min(right / weight(), 1.5f));
    row_.add(total > 0 ? left_weight / total : 0.5f);
    row_.add(seen.sum() / weight());
  }

  /// Each term's best proximity, summed.
  struct TermSetSeen {
    std::vector<std::pair<std::size_t, float>> best;
    void add(std::size_t term, float value) {
      for (auto& [known, old] : best)
        if (known == term) {
          old = std::max(old, value);
          return;
        }
      best.push_back({term, value});
    }
    float sum() const {
      float total = 0;
      for (const auto& [unused, value] : best) total += value;
      return total;
    }
  };

  /// How the span stands to the words that stood beside the question word.
  void write_frame() {
    add_relation(view_.after_word, view_.after_share);
    add_relation(view_.before_word, view_.before_share);
    add_relation(view_.next_term_word, view_.next_term_word < 0 ? 0.0f : 1.0f);
    const std::string_view after = view_.question.frame.after.of(view_.question.lower);
    const std::string_view lower = range_.of(view_.source.unit->lower);
    row_.add(tail_share(lower, after));
    row_.add(head_share(view_.source.unit->lower, range_.end, after));
    row_.add(
        before_share(view_.source.unit->lower, range_.begin, view_.question.frame.before.of(view_.question.lower)));
    row_.add(!after.empty() && lower.find(after.substr(0, 6)) != std::string_view::npos);
  }

  void add_relation(int at, float share) {
    const bool known = at >= 0;
    row_.add(known ? share : 0.0f);
    row_.add(known && at >= first_ && at <= last_ ? share : 0.0f);
    row_.add(known && at < first_ ? share / static_cast<float>(first_ - at) : 0.0f);
    row_.add(known && at > last_ ? share / static_cast<float>(at - last_) : 0.0f);
  }

  /// Share of `after`'s beginning (the noun asked for, the measure word) with which the span ends.
  static float tail_share(std::string_view span, std::string_view after) {
    for (std::size_t size = after.size(); size >= 3; --size)
      if (span.ends_with(after.substr(0, size))) return static_cast<float>(size) / static_cast<float>(after.size());
    return 0;
  }
  static float head_share(std::string_view sentence, std::uint32_t end, std::string_view after) {
    std::string_view rest = sentence.substr(end);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    for (std::size_t size = after.size(); size >= 3; --size)
      if (rest.starts_with(after.substr(0, size))) return static_cast<float>(size) / static_cast<float>(after.size());
    return 0;
  }
  static float before_share(std::string_view sentence, std::uint32_t begin, std::string_view before) {
    std::string_view head = sentence.substr(0, begin);
    if (head.ends_with(' ')) head.remove_suffix(1);
    for (std::size_t size = before.size(); size >= 3; --size)
      if (head.ends_with(before.substr(before.size() - size)))
        return static_cast<float>(size) / static_cast<float>(before.size());
    return 0;
  }

  const SentenceView& view_;
  std::uint32_t sentence_;
  Row row_;
  int first_ = 0;
  int last_ = 0;
  ByteRange range_;
};

SentenceView view_of(WordFinder& finder, const Question& question, const SpanSource& source) {
  SentenceView view{question, source, finder.words_of(source.text), {}, {}, {}};
  if (view.words.empty()) return view;
  read_matches(view);
  view.after_word = find_piece(view, question.frame.after, true, view.after_share);
  view.before_word = find_piece(view, question.frame.before, false, view.before_share);
  return view;
}

}  // namespace

SpanSearch read_spans(WordFinder& finder, const Question& question, std::span<const SpanSource> sentences) {
  SpanSearch search;
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    const SentenceView view = view_of(finder, question, sentences[s]);
    CandidateWriter writer(view, s, search.features);
    for (const auto& [first, last] : span_candidates(view.words)) {
      search.candidates.push_back({s, {view.words[first].range.begin, view.words[last].range.end}, first, last, 0});
      writer.write(first, last);
    }
  }
  return search;
}

int span_feature_count() {
  WordFinder finder;
  Unit unit;
  unit.lower = "a";
  Question question;
  const SpanSource source{&unit, "x", 0};
  return static_cast<int>(read_spans(finder, question, {&source, 1}).features.size());
}

void score_spans(const NetView& net, SpanSearch& search) {
  const auto n = static_cast<std::size_t>(net.inputs);
  std::vector<float> scores;
  for (std::size_t i = 0; i < search.candidates.size(); ++i)
    scores.push_back(score_of(net, std::span<const float>(search.features).subspan(i * n, n)));
  log_softmax(scores);
  for (std::size_t i = 0; i < scores.size(); ++i) search.candidates[i].log_probability = scores[i];
}

}  // namespace openbook::answer
