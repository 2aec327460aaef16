#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "answer/fit/report.h"

/// Fits the answerer's scorers and writes src/answer/weights_table.cpp: fit_answerer DATA TABLE.
namespace openbook::answer::fit {
namespace {

struct Work {
  std::unique_ptr<Source> source;
  std::vector<std::uint32_t> questions;  ///< The answerable ones.
  std::vector<Case> cases;
  Models models;
};

Result<Work> make_work(const std::string& data, const std::string& name) {
  Work work;
  OB_TRY(work.source, load_source(data, name));
  for (std::uint32_t q = 0; q < work.source->set.questions.size(); ++q)
    if (work.source->set.questions[q].answerable) work.questions.push_back(q);
  return work;
}

void fit_all(Work& work, bool chinese) {
  work.cases = make_cases(*work.source, work.questions, Hide::Nothing);
  std::vector<std::uint32_t> fitted;
  for (std::uint32_t q : work.questions)
    if (!work.source->set.questions[q].held_out) fitted.push_back(q);
  std::vector<Case> small = make_cases(*work.source, fitted, Hide::Nothing, Sample::Short);
  fit_ranking(work.cases, small, work.models);
  small.clear();
  fit_spans(work.cases, work.models);
  fit_decline(*work.source, work.questions, chinese, work.models);
}

Status run(const std::string& data, const std::string& table) {
  OB_TRY(Work english, make_work(data, "squad11"));
  OB_TRY(Work chinese, make_work(data, "cmrc2018"));
  std::thread other([&] { fit_all(chinese, true); });
  fit_all(english, false);
  other.join();
  OB_RETURN_IF_ERROR(write_table(table, english.models, chinese.models));
  report(*english.source, english.cases, english.questions, english.models);
  report(*chinese.source, chinese.cases, chinese.questions, chinese.models);
  OB_TRY(const auto near_misses, load_source(data, "squad20"));
  report_near_misses(*near_misses, english.models);
  return {};
}

}  // namespace
}  // namespace openbook::answer::fit

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: openbook-fit-answerer DATA TABLE\n");
    return 2;
  }
  const auto status = openbook::answer::fit::run(arguments[1], arguments[2]);
  if (status) return 0;
  std::fprintf(stderr, "openbook-fit-answerer: %s\n", status.error().text().c_str());
  return 1;
}
