#include <cstdio>
#include <ostream>

#include "base/json.h"
#include "base/watch.h"
#include "cli/commands.h"
#include "cli/open_library.h"
#include "cli/terminal.h"

namespace openbook::cli {
namespace {

Json to_json(const AddReport& report) {
  Json failures = Json::array();
  for (const Failure& failure : report.failures)
    failures.push_back(
        {{"uri", failure.uri}, {"code", name_of(failure.error.code)}, {"message", failure.error.text()}});
  Json notes = Json::array();
  for (const auto& [uri, note] : report.notes) notes.push_back({{"uri", uri}, {"note", note}});
  return {{"files", report.files},          {"added", report.added},
          {"updated", report.updated},      {"unchanged", report.unchanged},
          {"removed", report.removed},      {"vanished", report.vanished},
          {"failures", failures},           {"notes", notes},
          {"bytes", report.markdown_bytes}, {"seconds", report.seconds},
          {"revision", report.revision},    {"cancelled", report.cancelled}};
}

void print(const Context& context, const AddReport& report, bool pruned) {
  if (context.json) {
    context.out << to_text(to_json(report)) << '\n';
    return;
  }
  constexpr std::size_t kMostListed = 20;
  for (std::size_t i = 0; i < report.notes.size() && i < kMostListed; ++i)
    context.err << "note: " << one_line(report.notes[i].first) << ": " << one_line(report.notes[i].second) << '\n';
  if (report.notes.size() > kMostListed)
    context.err << "note: and " << report.notes.size() - kMostListed << " more; --json lists all\n";
  for (const std::string& uri : report.vanished)
    context.err << (pruned ? "pruned: " : "vanished: ") << one_line(uri)
                << (pruned ? "\n" : " (its documents stay; --prune removes them)\n");
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f", report.seconds);
  context.out << report.added << " added, " << report.updated << " updated, " << report.removed << " removed, "
              << report.unchanged << " unchanged; " << readable_bytes(report.markdown_bytes) << " of text in "
              << seconds << " s\n";
  if (report.cancelled) context.err << "stopped; the same command goes on from here\n";
  if (!report.failures.empty()) {
    context.err << report.failures.size() << " could not be read:\n";
    for (const Failure& failure : report.failures)
      context.err << "  " << one_line(failure.uri) << ": " << one_line(failure.error.text()) << '\n';
  }
}

int exit_code_of(const AddReport& report) {
  return report.failures.empty() && !report.cancelled ? kDone : kPartlyDone;
}

int follow(const Context& context, Library& library, const AddCommand& command) {
  AddOptions options = command.options;
  options.prune = true;  // What vanishes while watched was deleted, not merely not named.
  const auto report_changes = [&](const Changes&) -> Status {
    OB_TRY(const AddReport report, library.add(command.sources, options, {}, context.stop));
    if (report.added + report.updated + report.removed + report.failures.size() > 0) print(context, report, true);
    context.out.flush();
    return {};
  };
  const Status watched = watch(command.sources, report_changes, context.stop);
  return watched ? kDone : report_error(context, watched.error());
}

}  // namespace

int add(const Context& context, const AddCommand& command) {
  Result<Library> library = open_library(context, {.create = true});
  if (!library) return report_error(context, library.error());
  Result<AddReport> report = [&] {
    ProgressLine progress(context.err);
    return library->add(
        command.sources, command.options,
        [&](const AddProgress& p) { progress.show(p.files_done, p.file_count, p.current, p.bytes_done); },
        context.stop);
  }();
  if (!report) return report_error(context, report.error());
  print(context, *report, command.options.prune);
  if (command.watch && !context.stop.stop_requested()) {
    context.err << "watching; Ctrl-C ends it\n";
    context.out.flush();
    return follow(context, *library, command);
  }
  return exit_code_of(*report);
}

int update(const Context& context, const AddCommand& command) {
  Result<Library> library = open_library(context);
  if (!library) return report_error(context, library.error());
  Result<AddReport> report = [&] {
    ProgressLine progress(context.err);
    return library->update(
        command.options,
        [&](const AddProgress& p) { progress.show(p.files_done, p.file_count, p.current, p.bytes_done); },
        context.stop);
  }();
  if (!report) return report_error(context, report.error());
  print(context, *report, command.options.prune);
  return exit_code_of(*report);
}

}  // namespace openbook::cli
