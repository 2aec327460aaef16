#include "search_quality.h"

#include <functional>

#include "base/files.h"
#include "base/json.h"
#include "eval/beir.h"
#include "eval/corpus.h"
#include "eval/lines.h"

namespace openbook::bench {
namespace {

constexpr std::size_t kDepth = 20;

using Search = std::function<Result<std::vector<std::string>>(const std::string& query)>;

Result<SearchFigures> figures_of(const std::string& engine, const eval::BeirSet& set, const Search& search) {
  std::vector<std::size_t> clusters;
  std::vector<double> ndcg, recall_1, recall_5, recall_20;
  for (const eval::BeirQuery& query : set.queries) {
    OB_TRY(const std::vector<std::string> found, search(query.text));
    eval::JudgedRanking ranking;
    for (const std::string& id : found) {
      const auto judged = query.judged.find(id);
      ranking.ranked.push_back(judged == query.judged.end() ? 0 : judged->second);
    }
    for (const auto& [unused, gain] : query.judged) ranking.ideal.push_back(gain);
    clusters.push_back(clusters.size());
    ndcg.push_back(eval::ndcg_at(ranking, 10));
    recall_1.push_back(eval::recall_at(ranking, 1));
    recall_5.push_back(eval::recall_at(ranking, 5));
    recall_20.push_back(eval::recall_at(ranking, 20));
  }
  const auto mean = [](const std::vector<double>& values) {
    double sum = 0;
    for (double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  };
  return SearchFigures{engine, eval::bootstrap_mean(clusters, ndcg), mean(recall_1), mean(recall_5), mean(recall_20)};
}

Result<SearchFigures> figures_of(Peer& peer, const eval::BeirSet& set) {
  std::vector<std::string> ids;
  OB_RETURN_IF_ERROR(eval::each_object(set.corpus, [&](const Json& object) -> Status {
    ids.push_back(eval::text_member(object, "_id"));
    return peer.add(eval::text_member(object, "title"), eval::text_member(object, "text"));
  }));
  OB_RETURN_IF_ERROR(peer.finish());
  return figures_of(peer.name(), set, [&](const std::string& query) -> Result<std::vector<std::string>> {
    OB_TRY(const std::vector<std::uint32_t> found, peer.search(query, kDepth));
    std::vector<std::string> names;
    for (std::uint32_t document : found) names.push_back(ids[document]);
    return names;
  });
}

}  // namespace

Result<std::vector<SearchFigures>> measure_search(const SearchTask& task, const std::string& programs_folder) {
  OB_TRY(eval::BeirSet set, eval::load_beir(task.folder, "test"));
  if (!task.corpus.empty()) set.corpus = task.corpus;
  std::vector<SearchFigures> all;
  {
    OB_TRY(const eval::Corpus corpus, eval::Corpus::add(set.corpus, {programs_folder, 0}, {}));
    OB_TRY(SearchFigures own,
           figures_of("openbook", set, [&](const std::string& query) { return corpus.search(query, kDepth); }));
    all.push_back(std::move(own));
  }
  OB_TRY(const TemporaryFolder folder, TemporaryFolder::make());
  OB_TRY(const std::unique_ptr<Peer> fts5, make_fts5(folder.path() + "/fts5.db", task.script));
  OB_TRY(const std::unique_ptr<Peer> xapian, make_xapian(folder.path() + "/xapian", task.script));
  for (Peer* peer : {fts5.get(), xapian.get()}) {
    OB_TRY(SearchFigures figures, figures_of(*peer, set));
    all.push_back(std::move(figures));
  }
  return all;
}

}  // namespace openbook::bench
