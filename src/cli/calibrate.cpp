#include <cstdio>
#include <fstream>
#include <ostream>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/open_library.h"

namespace openbook::cli {
namespace {

Result<std::vector<OwnQuestion>> load_questions(const std::string& path) {
  std::ifstream file(path);
  if (!file) return fail(Code::NotFound, path + " cannot be opened");
  std::vector<OwnQuestion> questions;
  std::string text;
  for (std::size_t number = 1; std::getline(file, text); ++number) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Result<Json> line = parse_json(text);
    const bool good = line && line->is_object() && line->contains("question") && (*line)["question"].is_string() &&
                      line->contains("answerable") && (*line)["answerable"].is_boolean();
    if (!good)
      return fail(Error{Code::InvalidInput,
                        "a line must be {\"question\": \"…\", \"answerable\": true or false}",
                        {"line " + std::to_string(number), path}});
    questions.push_back({(*line)["question"].get<std::string>(), (*line)["answerable"].get<bool>()});
  }
  if (questions.empty()) return fail(Code::InvalidInput, path + " holds no question");
  return questions;
}

}  // namespace

int calibrate(const Context& context, const std::string& path) {
  Result<Library> library = open_library(context);
  if (!library) return report_error(context, library.error());
  std::vector<OwnQuestion> questions;
  if (!path.empty()) {
    Result<std::vector<OwnQuestion>> loaded = load_questions(path);
    if (!loaded) return report_error(context, loaded.error());
    questions = *std::move(loaded);
  }
  const Result<CalibrationReport> report = library->calibrate(questions);
  if (!report) return report_error(context, report.error());
  if (context.json) {
    context.out << to_text({{"questions", report->questions},
                            {"loss_before", report->loss_before},
                            {"loss_after", report->loss_after},
                            {"adopted", report->adopted}})
                << '\n';
    return kDone;
  }
  if (questions.empty()) {
    context.out << "the decision is again as the program came\n";
    return kDone;
  }
  char line[160];
  std::snprintf(line, sizeof line, "%zu questions: loss %.3f before, %.3f after (on questions not fitted to); %s\n",
                report->questions, report->loss_before, report->loss_after,
                report->adopted ? "adopted" : "not better, so nothing was changed");
  context.out << line;
  return kDone;
}

}  // namespace openbook::cli
