#include "answer/sentence_features.h"

#include <algorithm>
#include <cmath>

#include "answer/kind.h"

namespace openbook::answer {
namespace {

using F = SentenceFeature;

/// Sums over a passage that the relative features compare with.
struct PassageBest {
  float coverage = 0, titled = 0, density = 0, run = 0, grams = 0;
};

class Writer {
 public:
  Writer(const Question& question, const PassageText& passage, const PassageOverlap& overlap)
      : question_(question), passage_(passage), overlap_(overlap), weight_(std::max(question.weight, 1e-6f)) {
    const AnswerKind kind = kind_asked(question);
    for (const Unit& unit : passage.units)
      kind_.push_back(kind == AnswerKind::Any ? 0.0f : holds_kind(kind, question, unit) ? 1.0f : -1.0f);
    for (const UnitOverlap& unit : overlap.units) {
      best_.coverage = std::max(best_.coverage, unit.coverage);
      best_.titled = std::max(best_.titled, share(unit.matched | overlap.titled));
      best_.density = std::max(best_.density, unit.density);
      best_.run = std::max(best_.run, unit.longest_run);
      best_.grams = std::max(best_.grams, unit.gram_share);
    }
  }

  SentenceFeatures write(std::size_t index) {
    index_ = index;
    features_ = {};
    write_overlap();
    write_context();
    write_matter();
    write_shape();
    write_answer_marks();
    write_question();
    return features_;
  }

 private:
  void set(F feature, float value) { features_[static_cast<std::size_t>(feature)] = value; }
  void set(F feature, bool value) { set(feature, value ? 1.0f : 0.0f); }
  float share(const TermSet& set) const { return weight_of(set, question_) / weight_; }
  const Unit& unit() const { return passage_.units[index_]; }
  const UnitOverlap& here() const { return overlap_.units[index_]; }
  TermSet matched_at(std::ptrdiff_t offset) const {
    const auto at = static_cast<std::ptrdiff_t>(index_) + offset;
    return at < 0 || at >= static_cast<std::ptrdiff_t>(overlap_.units.size())
               ? TermSet{}
               : overlap_.units[static_cast<std::size_t>(at)].matched;
  }

  void write_overlap() {
    const UnitOverlap& o = here();
    float rarest_matched = 0, rarest_unmatched = 0, saturated = 0;
    for (std::size_t i = 0; i < question_.terms.size(); ++i) {
      const float w = question_.terms[i].weight;
      (o.matched.test(i) ? rarest_matched : rarest_unmatched) =
          std::max(o.matched.test(i) ? rarest_matched : rarest_unmatched, w);
      if (o.matched.test(i)) saturated += w;
    }
    const float rarest = std::max({rarest_matched, rarest_unmatched, 1e-6f});
    const auto length = static_cast<float>(unit().length);
    int rank = 0;
    for (const UnitOverlap& other : overlap_.units) rank += other.coverage > o.coverage;
    set(F::Coverage, o.coverage);
    set(F::CoverageSquare, o.coverage * o.coverage);
    set(F::CountShare, question_.terms.empty()
                           ? 0.0f
                           : static_cast<float>(o.matched.count()) / static_cast<float>(question_.terms.size()));
    set(F::RarestMatched, rarest_matched / rarest);
    set(F::RarestUnmatched, rarest_unmatched / rarest);
    set(F::CoverageBehindBest, o.coverage - best_.coverage);
    set(F::CoverageOfBest, o.coverage / std::max(best_.coverage, 1e-6f));
    set(F::CoverageRank, 1.0f / static_cast<float>(1 + rank));
    set(F::PairShare, o.pair_share);
    set(F::Density, o.density);
    set(F::DensityBehindBest, o.density - best_.density);
    set(F::LongestRun, o.longest_run);
    set(F::LongestRunBehindBest, o.longest_run - best_.run);
    set(F::RunShare, o.run_share);
    set(F::GramShare, o.gram_share);
    set(F::GramBehindBest, o.gram_share - best_.grams);
    set(F::SaturatedMatch, saturated / weight_ / (1.0f + 0.3f * length / 25.0f));
  }

  void write_context() {
    const TermSet matched = here().matched;
    TermSet elsewhere, before;
    for (std::size_t i = 0; i < overlap_.units.size(); ++i) {
      if (i != index_) elsewhere |= overlap_.units[i].matched;
      if (i < index_) before |= overlap_.units[i].matched;
    }
    const TermSet previous = matched_at(-1), next = matched_at(1);
    set(F::WithTitle, share(matched | overlap_.titled));
    set(F::WithTitleBehindBest, share(matched | overlap_.titled) - best_.titled);
    set(F::OnlyHere, share(matched & ~elsewhere));
    set(F::FirstHere, share(matched & ~before));
    set(F::WithPrevious, share(matched | previous) - here().coverage);
    set(F::WithNext, share(matched | next) - here().coverage);
    set(F::WithBoth, share(matched | previous | next));
    set(F::PreviousCoverage, share(previous));
    set(F::NextCoverage, share(next));
    // The passage's first sentence mostly names its subject, which later ones leave out.
    set(F::WithSubject, share(matched | overlap_.titled | (overlap_.units.front().matched)));
    set(F::PassageCoverage, overlap_.coverage);
    set(F::TitleCoverage, share(overlap_.titled));
  }

  /// Names, numbers and the asked-for noun of the question.
  void write_matter() {
    float names = 0, named = 0, numbers = 0, numbered = 0, asked = 0, asked_found = 0;
    const TermSet matched = here().matched | overlap_.titled;
    for (std::size_t i = 0; i < question_.terms.size(); ++i) {
      const QuestionTerm& term = question_.terms[i];
      if (term.name) names += term.weight, named += matched.test(i) ? term.weight : 0;
      if (term.number) numbers += term.weight, numbered += here().matched.test(i) ? term.weight : 0;
      if (term.asked_for) asked += term.weight, asked_found += here().matched.test(i) ? term.weight : 0;
    }
    set(F::NamesMatched, named / weight_);
    set(F::NumbersMatched, numbered / weight_);
    set(F::NamesMissing, (names - named) / weight_);
    set(F::NumbersMissing, (numbers - numbered) / weight_);
    set(F::AskedMatched, asked > 0 ? asked_found / asked : 0.0f);
    const auto quoted = [&](const ByteRange& quote) {
      return unit().lower.find(quote.of(question_.lower)) != std::string::npos;
    };
    set(F::QuoteMatched, std::any_of(question_.quotes.begin(), question_.quotes.end(), quoted));
    set(F::AskedNear, piece_share(question_.frame.after));
    set(F::BesideMatched, piece_share(question_.frame.before));
    if (!question_.terms.empty()) {
      set(F::LastTermMatched, here().matched.test(question_.terms.size() - 1));
      set(F::FirstTermMatched, here().matched.test(0));
    }
  }

  /// Longest prefix or suffix of the words beside the question word that stands here, as a share of them.
  float piece_share(ByteRange range) const {
    if (range.empty()) return 0;
    const std::string_view text = range.of(question_.lower);
    float best = 0;
    for (std::size_t size = text.size(); size >= 3 && best == 0; --size) {
      const bool prefix = unit().lower.find(text.substr(0, size)) != std::string::npos;
      const bool suffix = unit().lower.find(text.substr(text.size() - size)) != std::string::npos;
      if (prefix || suffix) best = static_cast<float>(size) / static_cast<float>(text.size());
    }
    return best;
  }

  void write_shape() {
    const auto count = static_cast<float>(passage_.units.size());
    const auto length = static_cast<float>(unit().length);
    set(F::LogLength, std::log(1.0f + length) / 4.0f);
    set(F::Short, length < 6);
    set(F::NewTerms, std::log(1.0f + static_cast<float>(here().new_terms)) / 4.0f);
    set(F::NewShare, static_cast<float>(here().new_terms) / std::max(1.0f, static_cast<float>(unit().known.size())));
    set(F::IsFirst, index_ == 0);
    set(F::IsLast, index_ + 1 == passage_.units.size());
    set(F::Place, static_cast<float>(index_) / std::max(1.0f, count - 1));
    set(F::UnitCount, std::log(count) / 4.0f);
    set(F::PointsBack, unit().points_back);
    set(F::IsQuestion, unit().is_question);
    set(F::IsListItem, unit().kind == UnitKind::ListItem);
    set(F::IsTableRow, unit().kind == UnitKind::TableRow);
    set(F::IsCode, unit().kind == UnitKind::Code);
  }

  void write_answer_marks() {
    const std::vector<Mark> marks = new_marks(question_, unit(), unit().lower);
    int fits = 0;
    float nearest = 0;
    for (const Mark& mark : marks) {
      const auto slot = static_cast<int>(F::MarkNumber);
      const int order[] = {0, 1, 2, 3, 4};
      features_[static_cast<std::size_t>(slot + order[static_cast<int>(mark.kind)])] = 1;
      if (!mark_fits(mark.kind, question_.frame.type)) continue;
      ++fits;
      nearest = std::max(nearest, nearness(mark.range));
    }
    set(F::TypeFits, fits > 0);
    set(F::TypeFitsCount, std::log(1.0f + static_cast<float>(fits)));
    set(F::TypeFitsNear, nearest);
    set(F::KindHeld, kind_[index_]);
    if (index_ > 0) set(F::KindHeldBefore, kind_[index_ - 1]);
    set(F::ReasonFits, question_.frame.type == QuestionType::Why && unit().has_reason);
    set(F::MannerFits, question_.frame.type == QuestionType::How && unit().has_manner);
    const auto& lower = unit().lower;
    const bool superlative = lower.find(" most ") != std::string::npos || lower.find("first") != std::string::npos ||
                             lower.find("est ") != std::string::npos || lower.find("最") != std::string::npos ||
                             lower.find("第一") != std::string::npos || lower.find("首") != std::string::npos ||
                             lower.find(" only ") != std::string::npos;
    set(F::ComparesFits, question_.compares == superlative ? 0.0f : question_.compares ? -1.0f : 0.3f);
    const bool negated = lower.find(" not ") != std::string::npos || lower.find(" no ") != std::string::npos ||
                         lower.find("不") != std::string::npos || lower.find("没有") != std::string::npos;
    set(F::NegationFits, question_.frame.negated && negated);
  }

  /// 1 when matched question terms stand beside the mark, falling with the distance in bytes.
  float nearness(ByteRange mark) const {
    float best = 0;
    for (const Term& term : unit().terms) {
      if (!holds(question_.known, term.hash) || term.range.overlaps(mark)) continue;
      const float gap = term.range.begin >= mark.end ? static_cast<float>(term.range.begin - mark.end)
                                                     : static_cast<float>(mark.begin - term.range.end);
      best = std::max(best, 1.0f / (1.0f + gap / 10.0f));
    }
    return best;
  }

  void write_question() {
    features_[static_cast<std::size_t>(F::TypeWho) + static_cast<std::size_t>(question_.frame.type)] = 1;
    set(F::QuestionLength, std::log(1.0f + static_cast<float>(question_.terms.size())) / 3.0f);
  }

  const Question& question_;
  const PassageText& passage_;
  const PassageOverlap& overlap_;
  float weight_;
  PassageBest best_;
  std::vector<float> kind_;  ///< Of each unit.
  std::size_t index_ = 0;
  SentenceFeatures features_{};
};

}  // namespace

bool mark_fits(MarkKind mark, QuestionType type) {
  switch (type) {
    case QuestionType::Who:
      return mark == MarkKind::Name;
    case QuestionType::When:
      return mark == MarkKind::Date;
    case QuestionType::Where:
      return mark == MarkKind::Place || mark == MarkKind::Name;
    case QuestionType::Number:
      return mark == MarkKind::Number;
    case QuestionType::Entity:
      return mark == MarkKind::Name || mark == MarkKind::Quote;
    default:
      return false;
  }
}

std::vector<Mark> new_marks(const Question& question, const Unit& unit, std::string_view lower) {
  std::vector<Mark> marks;
  for (const Mark& mark : unit.marks)
    if (question.lower.find(mark.range.of(lower)) == std::string::npos) marks.push_back(mark);
  return marks;
}

std::vector<SentenceFeatures> sentence_features(const Question& question, const PassageText& passage,
                                                const PassageOverlap& overlap) {
  std::vector<SentenceFeatures> features;
  if (passage.units.empty()) return features;
  Writer writer(question, passage, overlap);
  for (std::size_t i = 0; i < passage.units.size(); ++i) features.push_back(writer.write(i));
  return features;
}

}  // namespace openbook::answer
