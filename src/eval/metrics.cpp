#include "eval/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace openbook::eval {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kRounds = 1000;
constexpr std::uint64_t kSeed = 20'240'229;

double discounted(std::span<const double> gains, std::size_t k) {
  double sum = 0;
  for (std::size_t i = 0; i < std::min(k, gains.size()); ++i) sum += gains[i] / std::log2(static_cast<double>(i) + 2);
  return sum;
}

/// Items of each cluster, clusters in order of their first item.
std::vector<std::vector<std::size_t>> items_by_cluster(std::span<const std::size_t> clusters) {
  std::vector<std::size_t> order(clusters.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return clusters[a] < clusters[b]; });
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || clusters[order[i]] != clusters[order[i - 1]]) groups.emplace_back();
    groups.back().push_back(order[i]);
  }
  return groups;
}

/// A number below `count`. std::uniform_int_distribution differs between standard libraries; this does not.
std::size_t below(std::mt19937_64& random, std::size_t count) {
  return static_cast<std::size_t>(random() % count);
}

}  // namespace

double ndcg_at(const JudgedRanking& ranking, std::size_t k) {
  std::vector<double> ideal = ranking.ideal;
  std::sort(ideal.begin(), ideal.end(), std::greater<>());
  const double best = discounted(ideal, k);
  return best > 0 ? discounted(ranking.ranked, k) / best : 0;
}

double recall_at(const JudgedRanking& ranking, std::size_t k) {
  if (ranking.ideal.empty()) return 0;
  const auto end = ranking.ranked.begin() + static_cast<std::ptrdiff_t>(std::min(k, ranking.ranked.size()));
  const auto found = std::count_if(ranking.ranked.begin(), end, [](double gain) { return gain > 0; });
  return static_cast<double>(found) / static_cast<double>(ranking.ideal.size());
}

double reciprocal_rank_at(const JudgedRanking& ranking, std::size_t k) {
  for (std::size_t i = 0; i < std::min(k, ranking.ranked.size()); ++i)
    if (ranking.ranked[i] > 0) return 1 / static_cast<double>(i + 1);
  return 0;
}

double auroc(std::span<const double> positives, std::span<const double> negatives) {
  if (positives.empty() || negatives.empty()) return kNone;
  std::vector<std::pair<double, bool>> all;
  all.reserve(positives.size() + negatives.size());
  for (double score : positives) all.emplace_back(score, true);
  for (double score : negatives) all.emplace_back(score, false);
  std::sort(all.begin(), all.end());
  double wins = 0;
  std::size_t negatives_below = 0;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin, positive_count = 0;
    for (; end < all.size() && all[end].first == all[begin].first; ++end) positive_count += all[end].second;
    const std::size_t negative_count = end - begin - positive_count;
    wins += static_cast<double>(positive_count) *
            (static_cast<double>(negatives_below) + static_cast<double>(negative_count) / 2);
    negatives_below += negative_count;
    begin = end;
  }
  return wins / (static_cast<double>(positives.size()) * static_cast<double>(negatives.size()));
}

double rejected_where_kept(std::span<const double> kept, std::span<const double> others, double share) {
  if (kept.empty() || others.empty()) return kNone;
  std::vector<double> scores(kept.begin(), kept.end());
  std::sort(scores.begin(), scores.end(), std::greater<>());
  const auto needed = static_cast<std::size_t>(std::ceil(share * static_cast<double>(scores.size()) - 1e-9));
  const double threshold = scores[std::max<std::size_t>(needed, 1) - 1];
  const auto rejected = std::count_if(others.begin(), others.end(), [&](double score) { return score < threshold; });
  return static_cast<double>(rejected) / static_cast<double>(others.size());
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return kNone;
  std::sort(values.begin(), values.end());
  const double place = q * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(place);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (values[high] - values[low]) * (place - static_cast<double>(low));
}

Estimate bootstrap(std::span<const std::size_t> clusters,
                   const std::function<double(std::span<const std::size_t>)>& figure) {
  if (clusters.empty()) return {kNone, kNone, kNone};
  const std::vector<std::vector<std::size_t>> groups = items_by_cluster(clusters);
  std::vector<std::size_t> items(clusters.size());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = i;
  Estimate estimate{figure(items), kNone, kNone};
  std::mt19937_64 random(kSeed);
  std::vector<double> draws;
  for (int round = 0; round < kRounds; ++round) {
    items.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const auto& group = groups[below(random, groups.size())];
      items.insert(items.end(), group.begin(), group.end());
    }
    if (const double value = figure(items); std::isfinite(value)) draws.push_back(value);
  }
  estimate.low = quantile(draws, 0.025);
  estimate.high = quantile(draws, 0.975);
  return estimate;
}

Estimate bootstrap_mean(std::span<const std::size_t> clusters, std::span<const double> values) {
  return bootstrap(clusters, [&](std::span<const std::size_t> items) {
    double sum = 0;
    for (std::size_t item : items) sum += values[item];
    return sum / static_cast<double>(items.size());
  });
}

}  // namespace openbook::eval
