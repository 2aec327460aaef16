#include "eval/answers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <unordered_map>

#include "base/json.h"
#include "base/thread_pool.h"
#include "eval/asking.h"
#include "eval/report.h"

namespace openbook::eval {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kKept = 0.9;

std::vector<LabelledQuestion> questions_that_count(std::vector<LabelledQuestion> all,
                                                   const AnswerMeasureOptions& options) {
  std::erase_if(all, [&](const LabelledQuestion& question) {
    if (options.hide != Hide::Nothing && (!question.answerable || question.documents.empty())) return true;
    if (options.half == Half::Whole) return false;
    return question.documents.empty() || md5_is_odd(question.documents.front()) != (options.half == Half::Odd);
  });
  if (options.limit > 0 && all.size() > options.limit) all.resize(options.limit);
  return all;
}

Result<std::vector<Asked>> ask_all(const Asker& asker, const std::vector<LabelledQuestion>& questions,
                                   std::size_t thread_count, std::stop_token stop) {
  std::vector<Asked> results(questions.size());
  std::optional<Error> first_error;
  std::mutex mutex;
  std::stop_source failed;
  const std::stop_callback forward(stop, [&] { failed.request_stop(); });
  ThreadPool pool(thread_count);
  pool.for_each_index(
      questions.size(),
      [&](std::size_t index, std::size_t) {
        Result<Asked> asked = asker.ask(questions[index]);
        if (asked) {
          results[index] = *asked;
          return;
        }
        const std::lock_guard lock(mutex);
        if (!first_error) first_error = std::move(asked.error()).at("question " + questions[index].id);
        failed.request_stop();
      },
      failed.get_token());
  if (first_error) return fail(*std::move(first_error));
  if (stop.stop_requested()) return fail(Code::Cancelled, "stopped");
  return results;
}

/// Items are the questions; their clusters are the passages they were written for.
class Figures {
 public:
  Figures(const std::vector<LabelledQuestion>& questions, const std::vector<Asked>& asked) : asked_(asked) {
    std::unordered_map<std::string, std::size_t> numbers;
    for (const LabelledQuestion& question : questions)
      clusters_.push_back(
          numbers.emplace(question.documents.empty() ? question.id : question.documents.front(), numbers.size())
              .first->second);
  }

  /// Share (or mean) of `value` over the questions that `counts`.
  template <typename Counts, typename Value>
  Estimate mean(Counts counts, Value value) const {
    std::vector<std::size_t> clusters;
    std::vector<double> values;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (!counts(asked_[i])) continue;
      clusters.push_back(clusters_[i]);
      values.push_back(static_cast<double>(value(asked_[i])));
    }
    return bootstrap_mean(clusters, values);
  }

  /// A figure of the confidences of answerable and of other questions.
  Estimate decision(double (*figure)(std::span<const double> answerable, std::span<const double> others)) const {
    return bootstrap(clusters_, [&](std::span<const std::size_t> items) {
      std::vector<double> answerable, others;
      for (std::size_t item : items) (asked_[item].answerable ? answerable : others).push_back(asked_[item].confidence);
      return figure(answerable, others);
    });
  }

 private:
  const std::vector<Asked>& asked_;
  std::vector<std::size_t> clusters_;
};

double declined_at_kept(std::span<const double> answerable, std::span<const double> others) {
  return rejected_where_kept(answerable, others, kKept);
}

void fill_answers(const Figures& figures, AnswerReport& report) {
  const auto answerable = [](const Asked& a) { return a.answerable; };
  const auto with_span = [](const Asked& a) { return a.answerable && a.span_given; };
  report.sentence_contains = figures.mean(answerable, [](const Asked& a) { return a.sentence_contains; });
  report.top3_contains = figures.mean(answerable, [](const Asked& a) { return a.top3_contains; });
  report.span_given = figures.mean(answerable, [](const Asked& a) { return a.span_given; });
  report.exact_match = figures.mean(with_span, [](const Asked& a) { return a.exact_match; });
  report.f1 = figures.mean(with_span, [](const Asked& a) { return a.f1; });
  report.retrieved_1 = figures.mean(answerable, [](const Asked& a) { return a.retrieved_1; });
  report.retrieved_5 = figures.mean(answerable, [](const Asked& a) { return a.retrieved_5; });
  report.answered_right = figures.mean(answerable, [](const Asked& a) { return a.answered && a.sentence_contains; });
  report.kept = figures.mean(answerable, [](const Asked& a) { return a.answered; });
}

void fill_declining(const Figures& figures, AnswerReport& report) {
  const Estimate none{kNone, kNone, kNone};
  report.auroc = report.declined_at_90 = report.precision = report.recall = none;
  if (report.answerable == 0 || report.answerable == report.questions) return;
  report.auroc = figures.decision(auroc);
  report.declined_at_90 = figures.decision(declined_at_kept);
  report.precision =
      figures.mean([](const Asked& a) { return !a.answered; }, [](const Asked& a) { return !a.answerable; });
  report.recall =
      figures.mean([](const Asked& a) { return !a.answerable; }, [](const Asked& a) { return !a.answered; });
}

}  // namespace

Result<AnswerReport> measure_answers(const std::string& path, const AnswerMeasureOptions& options,
                                     const Setting& setting, std::stop_token stop) {
  OB_TRY(QuestionSet set, load_questions(path, options.corpus));
  const std::vector<LabelledQuestion> questions = questions_that_count(std::move(set.questions), options);
  if (questions.empty()) return fail(Code::InvalidInput, path + " has no question of the kind asked for");
  OB_TRY(const Corpus corpus, Corpus::add(set.corpus, setting, stop));
  const Asker asker(corpus, set, options);
  OB_TRY(const std::vector<Asked> asked, ask_all(asker, questions, setting.thread_count, stop));

  AnswerReport report;
  report.set = set.name;
  report.questions = questions.size();
  std::size_t exact = 0;
  for (const Asked& one : asked) {
    report.answerable += one.answerable;
    report.citation_count += one.citations;
    exact += one.exact_citations;
  }
  report.citation_exact =
      report.citation_count == 0 ? kNone : static_cast<double>(exact) / static_cast<double>(report.citation_count);
  const Figures figures(questions, asked);
  fill_answers(figures, report);
  fill_declining(figures, report);
  return report;
}

Json to_json(const AnswerReport& report) {
  const std::pair<const char*, const Estimate*> estimates[] = {
      {"sentence_contains", &report.sentence_contains},
      {"top3_contains", &report.top3_contains},
      {"exact_match", &report.exact_match},
      {"f1", &report.f1},
      {"retrieved@1", &report.retrieved_1},
      {"retrieved@5", &report.retrieved_5},
      {"span_given", &report.span_given},
      {"kept", &report.kept},
      {"answered_right", &report.answered_right},
      {"auroc", &report.auroc},
      {"declined_at_90", &report.declined_at_90},
      {"precision", &report.precision},
      {"recall", &report.recall},
  };
  Json json{{"set", report.set}, {"questions", report.questions}, {"answerable", report.answerable}};
  Json decline, intervals;
  for (const auto& [name, estimate] : estimates) {
    const bool declining = estimate == &report.auroc || estimate == &report.declined_at_90 ||
                           estimate == &report.precision || estimate == &report.recall;
    (declining ? decline : json)[name] = figure_json(estimate->value);
    intervals[name] = interval_json(*estimate);
  }
  json["decline"] = std::move(decline);
  json["citation_exact"] = figure_json(report.citation_exact);
  json["citations"] = report.citation_count;
  json["intervals"] = std::move(intervals);
  return json;
}

}  // namespace openbook::eval
