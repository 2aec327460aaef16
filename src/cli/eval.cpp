#include <cmath>
#include <cstdio>
#include <ostream>

#include "base/json.h"
#include "cli/commands.h"
#include "eval/answers.h"
#include "eval/retrieval.h"

namespace openbook::cli {
namespace {

eval::Setting setting_of(const Context& context) {
  return {context.programs_folder, context.thread_count};
}

void print_row(const Context& context, const char* name, const eval::Estimate& estimate) {
  char row[128];
  if (std::isnan(estimate.value))
    std::snprintf(row, sizeof row, "  %-18s     -", name);
  else
    std::snprintf(row, sizeof row, "  %-18s %6.3f   [%.3f, %.3f]", name, estimate.value, estimate.low, estimate.high);
  context.out << row << '\n';
}

void print(const Context& context, const eval::RetrievalReport& report) {
  context.out << report.set << ": " << report.queries << " queries, " << report.documents
              << " documents (95 % interval over queries)\n";
  for (const char* name : {"ndcg@10", "recall@1", "recall@5", "recall@20", "recall@100", "mrr@10"})
    print_row(context, name, report.lexical.at(name));
  char times[128];
  std::snprintf(times, sizeof times, "  added in %.2f s; one query %.2f ms (median), %.2f ms (95 %%)",
                report.index_seconds, report.query_ms_p50, report.query_ms_p95);
  context.out << times << '\n';
}

void print(const Context& context, const eval::AnswerReport& report) {
  context.out << report.set << ": " << report.questions << " questions, " << report.answerable
              << " of them answerable (95 % interval over passages)\n";
  const std::pair<const char*, const eval::Estimate*> rows[] = {
      {"sentence contains", &report.sentence_contains},
      {"one of three does", &report.top3_contains},
      {"span given", &report.span_given},
      {"  exact match", &report.exact_match},
      {"  F1", &report.f1},
      {"passage first", &report.retrieved_1},
      {"passage in five", &report.retrieved_5},
      {"answered", &report.kept},
      {"answered right", &report.answered_right},
      {"declining AUROC", &report.auroc},
      {"  declined at 90 %", &report.declined_at_90},
      {"  precision", &report.precision},
      {"  recall", &report.recall},
  };
  for (const auto& [name, estimate] : rows) print_row(context, name, *estimate);
  char line[128];
  std::snprintf(line, sizeof line, "  %-18s %6.3f   of %zu", "citations exact", report.citation_exact,
                report.citation_count);
  context.out << line << '\n';
}

Strictness strictness_of(const std::string& name) {
  if (name == "lenient") return Strictness::Lenient;
  return name == "strict" ? Strictness::Strict : Strictness::Balanced;
}

template <typename Report>
int tell(const Context& context, const Result<Report>& report) {
  if (!report) return report_error(context, report.error());
  if (context.json)
    context.out << to_text(eval::to_json(*report)) << '\n';
  else
    print(context, *report);
  return kDone;
}

}  // namespace

int eval_retrieval(const Context& context, const EvalCommand& command) {
  return tell(context,
              eval::measure_retrieval(command.path, {command.split, command.limit}, setting_of(context), context.stop));
}

int eval_answers(const Context& context, const EvalCommand& command) {
  eval::AnswerMeasureOptions options;
  options.corpus = command.corpus;
  options.hide = command.hide == "passage" ? eval::Hide::Passage
                 : command.hide == "title" ? eval::Hide::Title
                                           : eval::Hide::Nothing;
  options.half = command.only == "even"  ? eval::Half::Even
                 : command.only == "odd" ? eval::Half::Odd
                                         : eval::Half::Whole;
  options.strictness = strictness_of(command.strictness);
  options.limit = command.limit;
  return tell(context, eval::measure_answers(command.path, options, setting_of(context), context.stop));
}

}  // namespace openbook::cli
