#include "answer/fit/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "answer/decline.h"
#include "answer/fit/measure.h"
#include "answer/fit/span_cases.h"

namespace openbook::answer::fit {
namespace {

using Values = std::vector<std::pair<unsigned, float>>;

void print(const char* name, const Values& values) {
  const Interval i = bootstrap(values);
  std::printf("  %-46s %5.1f [%.1f, %.1f]  n %zu\n", name, 100 * i.mean, 100 * i.low, 100 * i.high, values.size());
}

void report_sentences(const std::vector<Case>& cases) {
  Values first, five, reranked, one, three, cross_one, cross_three;
  for (const Case& c : cases) {
    const unsigned cluster = c.labelled().passage;
    float right[2] = {0, 0};
    for (std::size_t i = 0; i < std::min<std::size_t>(3, c.ranking.sentences.size()); ++i) {
      const RankedSentence& s = c.ranking.sentences[i];
      if (!c.right[s.passage][s.unit]) continue;
      if (i == 0) right[0] = 1;
      right[1] = 1;
    }
    if (!c.labelled().held_out) {
      cross_one.push_back({cluster, right[0]});
      cross_three.push_back({cluster, right[1]});
      continue;
    }
    first.push_back({cluster, c.gold == 0 ? 1.0f : 0.0f});
    five.push_back({cluster, c.gold >= 0 && c.gold < 5 ? 1.0f : 0.0f});
    one.push_back({cluster, right[0]});
    three.push_back({cluster, right[1]});
    const auto& raw = c.ranking.passage_raw;
    const auto best = std::max_element(raw.begin(), raw.end()) - raw.begin();
    reranked.push_back({cluster, !raw.empty() && best == c.gold ? 1.0f : 0.0f});
  }
  print("passage found first (BM25)", first);
  print("passage among five (BM25)", five);
  print("passage first after the passage scorer", reranked);
  print("shown sentence contains the answer", one);
  print("one of three sentences contains it", three);
  print("cross-validated on the fitting half: shown", cross_one);
  print("cross-validated on the fitting half: three", cross_three);
}

void report_short(const Source& source, const std::vector<std::uint32_t>& questions, const Models& models) {
  std::vector<std::uint32_t> held;
  for (std::uint32_t q : questions)
    if (source.set.questions[q].held_out) held.push_back(q);
  Values right;
  for (Case& c : make_cases(source, held, Hide::Nothing, Sample::Short)) {
    rank_unseen(models, c);
    const bool shown =
        !c.ranking.sentences.empty() && c.right[c.ranking.sentences[0].passage][c.ranking.sentences[0].unit] != 0;
    right.push_back({c.labelled().passage, shown ? 1.0f : 0.0f});
  }
  print("shown contains it: short question, small set", right);
}

void report_kinds(const std::vector<Case>& cases) {
  std::size_t asked = 0, missing = 0;
  for (const Case& c : cases) {
    if (c.labelled().held_out || c.ranking.sentences.empty()) continue;
    ++asked;
    missing += decline_signals(c.question, c.ranking,
                               c.found.evidence.chunk_count)[static_cast<std::size_t>(Signal::KindMissing)] > 0;
  }
  std::printf("  asked-for kind missing, fitting half           %5.1f of answerable  n %zu\n",
              100.0 * static_cast<double>(missing) / static_cast<double>(std::max<std::size_t>(asked, 1)), asked);
}

void report_spans(const std::vector<Case>& cases, const Models& models) {
  std::vector<Case> held;
  for (const Case& c : cases)
    if (c.labelled().held_out) held.push_back(c);
  std::vector<SpanCase> spans = make_span_cases(held);
  Values exact, f1, given, given_f1, given_exact;
  for (std::size_t i = 0; i < held.size(); ++i) {
    SpanCase& span = spans[i];
    const unsigned cluster = held[i].labelled().passage;
    score_spans(models.span.view(), span.search);
    std::size_t best = 0;
    for (std::size_t k = 0; k < span.f1.size(); ++k)
      if (span.search.candidates[k].log_probability > span.search.candidates[best].log_probability) best = k;
    const float value = span.f1.empty() ? 0.0f : span.f1[best];
    f1.push_back({cluster, value});
    exact.push_back({cluster, value > 0.999f ? 1.0f : 0.0f});
    if (!held[i].question.frame.wants_span()) continue;
    const bool sure = !span.f1.empty() && span.search.candidates[best].log_probability >= models.span_threshold;
    given.push_back({cluster, sure ? 1.0f : 0.0f});
    if (!sure) continue;
    given_f1.push_back({cluster, value});
    given_exact.push_back({cluster, value > 0.999f ? 1.0f : 0.0f});
  }
  print("span F1, every question", f1);
  print("span exact match, every question", exact);
  print("span given, of questions that ask for one", given);
  print("span F1 where given", given_f1);
  print("span exact match where given", given_exact);
}

struct Scored {
  std::vector<float> kept;      ///< Answerable.
  std::vector<float> declined;  ///< Not answerable.
};

void print_declining(const char* name, Scored scored, const Models& models) {
  std::sort(scored.kept.rbegin(), scored.kept.rend());
  if (scored.kept.empty() || scored.declined.empty()) return;
  const float at_90 = scored.kept[static_cast<std::size_t>(0.9 * static_cast<double>(scored.kept.size() - 1))];
  const auto share_below = [](const std::vector<float>& scores, float limit) {
    return 100.0 *
           static_cast<double>(std::count_if(scores.begin(), scores.end(), [&](float s) { return s < limit; })) /
           static_cast<double>(scores.size());
  };
  std::printf("  declining, %-28s AUROC %.3f; at 90 %% kept %.1f %% declined (n %zu + %zu)\n", name,
              auroc(scored.kept, scored.declined), share_below(scored.declined, at_90), scored.kept.size(),
              scored.declined.size());
  const char* const kLevels[] = {"lenient", "balanced", "strict"};
  for (std::size_t level = 0; level < 3; ++level) {
    const float p = models.thresholds[level];
    const float limit = std::log(p / (1 - p));
    std::printf("      %-9s keeps %.1f %%, declines %.1f %%\n", kLevels[level], 100 - share_below(scored.kept, limit),
                share_below(scored.declined, limit));
  }
}

float decline_score(const Models& models, Case& c) {
  rank_unseen(models, c);
  return decision_score_of(models.decline.view(), decline_signals(c.question, c.ranking, c.found.evidence.chunk_count));
}

void report_declining(const Source& source, const std::vector<std::uint32_t>& questions, const Models& models,
                      Hide hide, Sample sample, const char* name) {
  std::vector<std::uint32_t> present, absent;
  for (std::uint32_t q : questions) {
    const LabelledQuestion& labelled = source.set.questions[q];
    if (labelled.held_out) (labelled.hide ? absent : present).push_back(q);
  }
  Scored scored;
  for (Case& c : make_cases(source, present, Hide::Nothing, sample)) scored.kept.push_back(decline_score(models, c));
  for (Case& c : make_cases(source, absent, hide, sample)) scored.declined.push_back(decline_score(models, c));
  print_declining(name, scored, models);
}

}  // namespace

void report(const Source& source, std::vector<Case>& cases, const std::vector<std::uint32_t>& questions,
            const Models& models) {
  std::printf("%s\n", source.set.name.c_str());
  report_sentences(cases);
  report_kinds(cases);
  report_short(source, questions, models);
  report_spans(cases, models);
  report_declining(source, questions, models, Hide::Passage, Sample::Whole, "passage hidden");
  report_declining(source, questions, models, Hide::Article, Sample::Whole, "article hidden");
  report_declining(source, questions, models, Hide::Article, Sample::Small, "article hidden, small");
}

void report_near_misses(const Source& source, const Models& models) {
  std::vector<std::uint32_t> held;
  for (std::uint32_t q = 0; q < source.set.questions.size(); ++q)
    if (source.set.questions[q].held_out) held.push_back(q);
  Scored scored;
  for (Case& c : make_cases(source, held, Hide::Nothing))
    (c.labelled().answerable ? scored.kept : scored.declined).push_back(decline_score(models, c));
  std::printf("%s\n", source.set.name.c_str());
  print_declining("near misses", scored, models);
}

}  // namespace openbook::answer::fit
