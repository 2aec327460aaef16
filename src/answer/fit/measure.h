#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How answers are compared and figures are given.
namespace openbook::answer::fit {

/// Folded text without punctuation; English without articles, words parted by one space and a space at both ends;
/// Chinese without any space.
std::string comparable(std::string_view text);

/// Does the text hold one of the answers (all given in comparable form)?
bool contains_answer(const std::string& text, const std::vector<std::string>& answers);

/// The best word F1 (Chinese: character F1) against any of the answers; all in comparable form.
float best_f1(const std::string& text, const std::vector<std::string>& answers);

/// Area under the ROC curve; ties count half. `positive` scores should be higher.
double auroc(const std::vector<float>& positive, const std::vector<float>& negative);

struct Interval {
  double mean = 0, low = 0, high = 0;  ///< Bootstrap over clusters, 95 %.
};

/// Mean of values with an interval from 1,000 resamples of clusters (passages), fixed seed.
Interval bootstrap(const std::vector<std::pair<unsigned, float>>& cluster_and_value);

}  // namespace openbook::answer::fit
