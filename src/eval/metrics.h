#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// The figures by which rankings and decisions are judged. Pure functions, safe concurrently.
namespace openbook::eval {

/// One ranking against its judgements. `ranked` has the gain of each document found, best first (0: not relevant);
/// `ideal` has the gains of all relevant documents, in any order.
struct JudgedRanking {
  std::vector<double> ranked;
  std::vector<double> ideal;
};

/// Normalised discounted cumulative gain at k: sum of gain / log2(rank + 1), over that of the best possible order; the
/// gain is the judgement's score itself, as trec_eval and BEIR have it (Järvelin and Kekäläinen 2002). 0 to 1.
double ndcg_at(const JudgedRanking& ranking, std::size_t k);

/// Share of the relevant documents that are among the first k.
double recall_at(const JudgedRanking& ranking, std::size_t k);

/// 1 / rank of the first relevant document, or 0 if none is among the first k.
double reciprocal_rank_at(const JudgedRanking& ranking, std::size_t k);

/// Area under the ROC curve: the chance that a positive has a higher score than a negative, ties counting half.
/// NaN if either is empty.
double auroc(std::span<const double> positives, std::span<const double> negatives);

/// Share of `others` with a score below the highest threshold that keeps (score at or above it) at least `share` of
/// `kept`. NaN if either is empty.
double rejected_where_kept(std::span<const double> kept, std::span<const double> others, double share);

/// Value below which the share `q` of the values lies, interpolated; NaN if there are none.
double quantile(std::vector<double> values, double q);

/// A figure with its 95 % bootstrap interval.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// Resamples whole clusters (queries, or passages with all their questions) with replacement 1,000 times, with a fixed
/// seed. `clusters[i]` is the cluster of item i. `figure` gets the indices of the items drawn and gives the figure;
/// draws for which it is not finite are left out. NaN where there is no item.
Estimate bootstrap(std::span<const std::size_t> clusters,
                   const std::function<double(std::span<const std::size_t>)>& figure);

/// The mean of values, items being clusters[i]'s.
Estimate bootstrap_mean(std::span<const std::size_t> clusters, std::span<const double> values);

}  // namespace openbook::eval
