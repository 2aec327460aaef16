#include "answer/decline.h"

#include <algorithm>
#include <cmath>

namespace openbook::answer {
namespace {

class SignalWriter {
 public:
  SignalWriter(const Question& question, const Ranking& ranking, std::uint64_t chunk_count)
      : question_(question), ranking_(ranking), chunk_count_(chunk_count), weight_(std::max(question.weight, 1e-6f)) {}

  Signals write() {
    const RankedSentence& best = ranking_.sentences.front();
    best_passage_ = best.passage;
    best_unit_ = best.unit;
    write_matches();
    write_scores();
    write_missing();
    write_question();
    set(Signal::KindMissing, is_kind_missing());
    const auto& sentence = ranking_.features[best.passage][best.unit];
    const auto& passage = ranking_.passage_features[best.passage];
    std::copy(sentence.begin(), sentence.end(), signals_.begin() + kOwnSignalCount);
    std::copy(passage.begin(), passage.end(), signals_.begin() + kOwnSignalCount + kSentenceFeatureCount);
    return signals_;
  }

 private:
  void set(Signal signal, float value) { signals_[static_cast<std::size_t>(signal)] = value; }
  const PassageOverlap& passage() const { return ranking_.overlaps[best_passage_]; }
  float share(const TermSet& set) const { return weight_of(set, question_) / weight_; }
  static float feature(const PassageFeatures& f, PassageFeature which) { return f[static_cast<std::size_t>(which)]; }

  void write_matches() {
    std::vector<float> matches;
    float coverage = 0;
    for (const PassageOverlap& overlap : ranking_.overlaps) {
      matches.push_back(overlap.bm25);
      coverage += overlap.coverage;
    }
    std::sort(matches.rbegin(), matches.rend());
    const float top = std::max(matches[0], 1e-6f);
    set(Signal::TopMatch, matches[0]);
    set(Signal::BestMatch, passage().bm25);
    set(Signal::SentenceCoverage, passage().units[best_unit_].coverage);
    set(Signal::PassageCoverage, passage().coverage);
    set(Signal::MatchMargin, matches.size() > 1 ? (top - matches[1]) / top : 1.0f);
    set(Signal::LastMatch, matches.size() > 1 ? matches.back() / top : 0.0f);
    set(Signal::MeanCoverage, coverage / static_cast<float>(matches.size()));
    const float second =
        matches.size() > 1 ? feature(ranking_.passage_features[1], PassageFeature::SearchOfBest) : 0.0f;
    set(Signal::SearchMargin, 1 - second);
    set(Signal::BestTwoCoverage, passage().pair_coverage);
  }

  void write_scores() {
    std::vector<float> raw = ranking_.passage_raw;
    const float sum = log_sum_exp(raw);
    std::sort(raw.rbegin(), raw.rend());
    const RankedSentence& best = ranking_.sentences.front();
    set(Signal::PassageScore, ranking_.passage_raw[best_passage_]);
    set(Signal::PassageChance, std::exp(ranking_.passage_log_probability[best_passage_]));
    set(Signal::PassageMargin, raw.size() > 1 ? std::min(raw[0] - raw[1], 10.0f) : 10.0f);
    set(Signal::PassageSum, sum);
    set(Signal::SentenceScore, best.raw);
    set(Signal::SentenceWithin, std::exp(best.within));
    set(Signal::SentenceChance, std::exp(best.log_probability));
    float three = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, ranking_.sentences.size()); ++i)
      three += std::exp(ranking_.sentences[i].log_probability);
    set(Signal::ThreeChance, three);
  }

  /// What the question names and no passage, or not the best one, holds.
  void write_missing() {
    TermSet anywhere;
    for (const PassageOverlap& overlap : ranking_.overlaps) anywhere |= overlap.matched;
    const TermSet sentence = passage().units[best_unit_].matched | passage().titled;
    float names = 0, numbers = 0, asked = 0, rarest = 0, heaviest = 1e-6f, sentence_names = 0, sentence_numbers = 0;
    for (std::size_t i = 0; i < question_.terms.size(); ++i) {
      const QuestionTerm& term = question_.terms[i];
      heaviest = std::max(heaviest, term.weight);
      if (term.name && !sentence.test(i)) sentence_names += term.weight;
      if (term.number && !sentence.test(i)) sentence_numbers += term.weight;
      if (anywhere.test(i)) continue;
      names += term.name ? term.weight : 0;
      numbers += term.number ? term.weight : 0;
      asked += term.asked_for ? term.weight : 0;
      rarest = std::max(rarest, term.weight);
    }
    set(Signal::Nowhere, 1 - share(anywhere));
    set(Signal::NamesNowhere, names / weight_);
    set(Signal::NumbersNowhere, numbers / weight_);
    set(Signal::AskedNowhere, asked / weight_);
    set(Signal::RarestNowhere, rarest / heaviest);
    set(Signal::SentenceNamesMissing, sentence_names / weight_);
    set(Signal::SentenceNumbersMissing, sentence_numbers / weight_);
  }

  void write_question() {
    const auto& best = ranking_.passage_features[best_passage_];
    set(Signal::TopTitle, share(ranking_.overlaps[0].titled));
    set(Signal::TitleRuns, feature(best, PassageFeature::TitleShare));
    set(Signal::SameTopic, feature(ranking_.passage_features[0], PassageFeature::TitleShare));
    set(Signal::PassageCount, static_cast<float>(ranking_.overlaps.size()) / 20);
    set(Signal::LogChunks, std::log(1.0f + static_cast<float>(chunk_count_)) / 10);
    set(Signal::QuestionWeight, std::log(1.0f + weight_) / 5);
    set(Signal::QuestionTerms, static_cast<float>(question_.terms.size()) / 20);
    set(Signal::Negated, question_.frame.negated ? 1.0f : 0.0f);
  }

  /// Looks at the sentences that are likely enough to be shown.
  float is_kind_missing() const {
    constexpr float kLikely = 0.35f;
    const float top = ranking_.sentences.front().log_probability;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, ranking_.sentences.size()); ++i) {
      const RankedSentence& s = ranking_.sentences[i];
      if (s.log_probability < top + std::log(kLikely)) break;
      const SentenceFeatures& f = ranking_.features[s.passage][s.unit];
      if (f[static_cast<std::size_t>(SentenceFeature::KindHeld)] >= 0 ||
          f[static_cast<std::size_t>(SentenceFeature::KindHeldBefore)] > 0)
        return 0;
    }
    return 1;
  }

  const Question& question_;
  const Ranking& ranking_;
  std::uint64_t chunk_count_;
  float weight_;
  std::uint32_t best_passage_ = 0, best_unit_ = 0;
  Signals signals_{};
};

float sigmoid(float x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

const char* name_of(Signal signal) {
  static constexpr const char* kNames[] = {"top match",
                                           "best match",
                                           "sentence coverage",
                                           "passage coverage",
                                           "search margin",
                                           "match margin",
                                           "passage score",
                                           "passage chance",
                                           "passage margin",
                                           "passage sum",
                                           "sentence score",
                                           "sentence within passage",
                                           "sentence chance",
                                           "three sentences' chance",
                                           "question found nowhere",
                                           "names found nowhere",
                                           "numbers found nowhere",
                                           "asked-for noun found nowhere",
                                           "rarest term found nowhere",
                                           "names not in sentence",
                                           "numbers not in sentence",
                                           "last match",
                                           "mean coverage",
                                           "title match",
                                           "passages of the same title",
                                           "passages",
                                           "log of chunks",
                                           "question weight",
                                           "question terms",
                                           "negated",
                                           "two sentences' coverage",
                                           "same topic on top",
                                           "asked-for kind missing"};
  static_assert(std::size(kNames) == kOwnSignalCount);
  return kNames[static_cast<int>(signal)];
}

Signals decline_signals(const Question& question, const Ranking& ranking, std::uint64_t chunk_count) {
  if (ranking.sentences.empty()) return {};
  return SignalWriter(question, ranking, chunk_count).write();
}

float decision_score_of(const NetView& net, const Signals& signals) {
  return score_of(net, signals) - kKindPenalty * signals[static_cast<std::size_t>(Signal::KindMissing)];
}

float Calibration::probability(float score) const {
  return sigmoid(scale * score + bias);
}

Calibration calibrate(std::span<const CalibrationCase> cases, const Calibration& prior, float prior_weight) {
  // Gaussian priors around the given values: the weight of a handful of cases at the decision's border.
  Calibration out = prior;
  const float tie_bias = std::max(prior_weight, 0.1f) * 0.25f;
  const float tie_scale = std::max(prior_weight, 0.1f);
  for (int round = 0; round < 50; ++round) {
    float gb = tie_bias * (out.bias - prior.bias), gs = tie_scale * (out.scale - prior.scale);
    float hbb = tie_bias, hss = tie_scale, hbs = 0;
    for (const CalibrationCase& c : cases) {
      if (!std::isfinite(c.score)) continue;
      const float p = out.probability(c.score), slope = p - (c.answerable ? 1.0f : 0.0f), curve = p * (1 - p);
      gb += slope;
      gs += slope * c.score;
      hbb += curve;
      hss += curve * c.score * c.score;
      hbs += curve * c.score;
    }
    const float determinant = std::max(hbb * hss - hbs * hbs, 1e-6f);
    out.bias -= std::clamp((hss * gb - hbs * gs) / determinant, -1.0f, 1.0f);
    out.scale -= std::clamp((hbb * gs - hbs * gb) / determinant, -0.3f, 0.3f);
    out.scale = std::clamp(out.scale, 0.1f, 5.0f);
  }
  return out;
}

}  // namespace openbook::answer
