#include "eval/retrieval.h"

#include <array>

#include "base/clock.h"
#include "base/json.h"
#include "eval/beir.h"
#include "eval/report.h"

namespace openbook::eval {
namespace {

constexpr std::size_t kDepth = 100;
constexpr std::size_t kTimedDepth = 20;

struct Figure {
  const char* name;
  double (*of)(const JudgedRanking&, std::size_t);
  std::size_t depth;
};
constexpr std::array kFigures = {
    Figure{"ndcg@10", ndcg_at, 10},     Figure{"recall@1", recall_at, 1},     Figure{"recall@5", recall_at, 5},
    Figure{"recall@20", recall_at, 20}, Figure{"recall@100", recall_at, 100}, Figure{"mrr@10", reciprocal_rank_at, 10},
};

JudgedRanking judge(const BeirQuery& query, const std::vector<std::string>& found) {
  JudgedRanking ranking;
  for (const std::string& id : found) {
    const auto judged = query.judged.find(id);
    ranking.ranked.push_back(judged == query.judged.end() ? 0 : judged->second);
  }
  for (const auto& [unused, gain] : query.judged) ranking.ideal.push_back(gain);
  return ranking;
}

}  // namespace

Result<RetrievalReport> measure_retrieval(const std::string& folder, const RetrievalOptions& options,
                                          const Setting& setting, std::stop_token stop) {
  OB_TRY(BeirSet set, load_beir(folder, options.split));
  if (options.limit > 0 && set.queries.size() > options.limit) set.queries.resize(options.limit);
  OB_TRY(const Corpus corpus, Corpus::add(set.corpus, setting, stop));

  std::vector<JudgedRanking> rankings;
  std::vector<double> millis;
  for (const BeirQuery& query : set.queries) {
    if (stop.stop_requested()) return fail(Code::Cancelled, "stopped");
    OB_TRY(const auto found, corpus.search(query.text, kDepth));
    rankings.push_back(judge(query, found));
    const Stopwatch watch;
    OB_RETURN_IF_ERROR(corpus.library().search(query.text, {kTimedDepth, {}}));
    millis.push_back(watch.millis());
  }

  RetrievalReport report;
  report.set = set.name;
  report.queries = set.queries.size();
  report.documents = corpus.document_count();
  std::vector<std::size_t> clusters(rankings.size());
  for (std::size_t i = 0; i < clusters.size(); ++i) clusters[i] = i;
  for (const Figure& figure : kFigures) {
    std::vector<double> values;
    for (const JudgedRanking& ranking : rankings) values.push_back(figure.of(ranking, figure.depth));
    report.lexical[figure.name] = bootstrap_mean(clusters, values);
  }
  report.index_seconds = corpus.seconds();
  report.query_ms_p50 = quantile(millis, 0.5);
  report.query_ms_p95 = quantile(millis, 0.95);
  report.markdown_bytes = corpus.markdown_bytes();
  report.file_bytes = corpus.file_bytes();
  return report;
}

Json to_json(const RetrievalReport& report) {
  Json lexical, intervals;
  for (const Figure& figure : kFigures) {
    const Estimate& estimate = report.lexical.at(figure.name);
    lexical[figure.name] = figure_json(estimate.value);
    intervals[figure.name] = interval_json(estimate);
  }
  return {{"set", report.set},
          {"queries", report.queries},
          {"modes", {{"lexical", lexical}}},
          {"index_seconds", report.index_seconds},
          {"query_ms", {{"p50", report.query_ms_p50}, {"p95", report.query_ms_p95}}},
          {"documents", report.documents},
          {"intervals", {{"lexical", intervals}}},
          {"bytes", {{"text", report.markdown_bytes}, {"file", report.file_bytes}}}};
}

}  // namespace openbook::eval
