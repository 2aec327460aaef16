#include <cstdio>
#include <ostream>

#include "base/clock.h"
#include "base/json.h"
#include "book/json.h"
#include "cli/commands.h"
#include "cli/open_library.h"
#include "cli/terminal.h"

namespace openbook::cli {
namespace {

Result<book::Filter> filter_of(const QuestionCommand& command) {
  book::Filter filter;
  filter.language = command.language;
  filter.uri_prefix = command.under;
  if (!command.as_of.empty()) {
    OB_TRY(filter.as_of, parse_date(command.as_of));
  }
  return filter;
}

Result<AskOptions> ask_options_of(const QuestionCommand& command) {
  AskOptions options;
  OB_TRY(options.filter, filter_of(command));
  if (command.strictness == "lenient") options.strictness = Strictness::Lenient;
  if (command.strictness == "strict") options.strictness = Strictness::Strict;
  return options;
}

std::string file_name(std::string_view uri) {
  return std::string(uri.substr(uri.rfind('/') + 1));
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

enum class Tongue : bool { English, Chinese };

/// "page 3" or "第3页".
std::string counted(Tongue tongue, const char* english, const char* chinese, std::uint32_t number) {
  if (tongue == Tongue::English) return std::string(english) + " " + std::to_string(number);
  return "第" + std::to_string(number) + chinese;
}

/// "Handbook (handbook.pdf), version 2, page 3, Leave › Annual leave".
std::string place_of(const book::DocumentRef& document, const book::Location& at,
                     const std::vector<std::string>& heading, Tongue tongue = Tongue::English) {
  const std::string name = file_name(document.uri);
  std::string place = document.title.empty() ? name : document.title + " (" + name + ")";
  const auto add = [&](const std::string& more) { place += ", " + more; };
  if (document.version > 1) add(counted(tongue, "version", "版", static_cast<std::uint32_t>(document.version)));
  if (at.page > 0) add(counted(tongue, "page", "页", at.page));
  if (!at.part.empty()) add(at.part);
  if (at.row > 0) add(counted(tongue, "row", "行", at.row));
  if (at.page == 0 && at.row == 0 && at.line > 0) add(counted(tongue, "line", "行", at.line));
  if (!heading.empty()) add(joined(heading, " › "));
  return one_line(place);
}

void print(const Context& context, const book::Answer& answer) {
  const Style style = style_of_output();
  context.out << style.strong << answer.text << style.off << '\n';
  if (answer.citations.empty()) return;
  const bool chinese = answer.text.find("。") != std::string::npos || answer.text.find("，") != std::string::npos;
  context.out << '\n';
  if (answer.answered)
    context.out << (chinese ? "出处\n" : "Sources\n");
  else
    context.out << (chinese ? "最接近的段落\n" : "Nearest passages\n");
  for (const book::Citation& citation : answer.citations) {
    context.out << '[' << citation.number << "] "
                << place_of(citation.document, citation.location, citation.heading,
                            chinese ? Tongue::Chinese : Tongue::English)
                << '\n'
                << "    " << style.faint << (chinese ? "“" : "\"") << one_line(citation.quote, 400)
                << (chinese ? "”" : "\"") << style.off << '\n';
  }
}

void print(const Context& context, const std::vector<book::Passage>& passages) {
  const Style style = style_of_output();
  int rank = 0;
  for (const book::Passage& passage : passages) {
    char score[32];
    std::snprintf(score, sizeof score, "%6.2f", static_cast<double>(passage.score));
    const book::Location at = passage.source.resolve(passage.chunk.range);
    context.out << style.strong << ++rank << style.off << "  " << score << "  "
                << place_of(passage.document, at, passage.chunk.heading) << '\n'
                << "    " << style.faint << one_line(passage.text, 240) << style.off << '\n';
  }
}

void print(const Context& context, const book::Trace& trace) {
  const Style style = style_of_output();
  for (const book::TraceStep& step : trace.steps) {
    char millis[32];
    std::snprintf(millis, sizeof millis, "%.2f ms", step.millis);
    context.out << style.strong << step.stage << style.off << "  " << style.faint << millis << style.off << '\n';
    for (const auto& [name, value] : step.facts)
      context.out << "  " << one_line(name) << ": " << one_line(value, 300) << '\n';
  }
}

Json to_json(const book::Trace& trace) {
  Json steps = Json::array();
  for (const book::TraceStep& step : trace.steps) {
    Json facts = Json::array();
    for (const auto& [name, value] : step.facts) facts.push_back({name, value});
    steps.push_back({{"stage", step.stage}, {"ms", step.millis}, {"facts", facts}});
  }
  return steps;
}

void tell_correction(const Context& context, const std::string& given, const std::string& corrected) {
  if (!corrected.empty() && corrected != given) context.err << "searched for: " << one_line(corrected) << '\n';
}

}  // namespace

int search(const Context& context, const QuestionCommand& command) {
  Result<Library> library = open_library(context);
  if (!library) return report_error(context, library.error());
  const Result<book::Filter> filter = filter_of(command);
  if (!filter) return report_error(context, filter.error());
  const auto result = library->search(command.question, {command.limit, *filter});
  if (!result) return report_error(context, result.error());
  if (context.json) {
    context.out << to_text(book::to_json(*result)) << '\n';
    return kDone;
  }
  tell_correction(context, result->query, result->corrected);
  print(context, result->hits);
  if (result->hits.empty()) context.err << "nothing found\n";
  return kDone;
}

int ask(const Context& context, const QuestionCommand& command) {
  Result<Library> library = open_library(context);
  if (!library) return report_error(context, library.error());
  const Result<AskOptions> options = ask_options_of(command);
  if (!options) return report_error(context, options.error());
  if (command.evidence) {
    const auto evidence = library->evidence(command.question, *options);
    if (!evidence) return report_error(context, evidence.error());
    if (context.json) {
      book::SearchResult result{command.question, command.question, evidence->revision, evidence->passages, {}};
      context.out << to_text(book::to_json(result)) << '\n';
    } else {
      print(context, evidence->passages);
    }
    return kDone;
  }
  const auto answer = library->ask(command.question, *options);
  if (!answer) return report_error(context, answer.error());
  if (context.json)
    context.out << to_text(book::to_json(*answer)) << '\n';
  else
    print(context, *answer);
  return kDone;
}

int explain(const Context& context, const QuestionCommand& command) {
  Result<Library> library = open_library(context);
  if (!library) return report_error(context, library.error());
  const Result<AskOptions> options = ask_options_of(command);
  if (!options) return report_error(context, options.error());
  book::Trace trace;
  const auto answer = library->ask(command.question, *options, &trace);
  if (!answer) return report_error(context, answer.error());
  if (context.json) {
    context.out << to_text({{"answer", book::to_json(*answer)}, {"trace", to_json(trace)}}) << '\n';
    return kDone;
  }
  print(context, trace);
  context.out << '\n';
  print(context, *answer);
  return kDone;
}

}  // namespace openbook::cli
