#include <ostream>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/open_library.h"
#include "cli/terminal.h"

namespace openbook::cli {

int export_library(const Context& context, const std::string& path, bool history) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  if (const Status written = library->export_to(path, history); !written) return report_error(context, written.error());
  if (context.json)
    context.out << to_text({{"exported", path}}) << '\n';
  else
    context.out << "exported to " << one_line(path) << '\n';
  return kDone;
}

int import_library(const Context& context, const std::string& path) {
  Result<Library> library = open_library(context, {.create = true});
  if (!library) return report_error(context, library.error());
  const auto report = library->import_from(path, context.stop);
  if (!report) return report_error(context, report.error());
  if (context.json) {
    context.out << to_text({{"added", report->added},
                            {"updated", report->updated},
                            {"unchanged", report->unchanged},
                            {"failed", report->failures.size()}})
                << '\n';
  } else {
    context.out << report->added << " added, " << report->updated << " updated, " << report->unchanged
                << " unchanged\n";
    for (const Failure& failure : report->failures)
      context.err << "  " << one_line(failure.uri) << ": " << one_line(failure.error.text()) << '\n';
  }
  return report->failures.empty() && !report->cancelled ? kDone : kPartlyDone;
}

int reindex(const Context& context) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  Status done;
  {
    ProgressLine progress(context.err);
    done = library->reindex(
        [&](const AddProgress& p) { progress.show(p.files_done, p.file_count, p.current, p.bytes_done); },
        context.stop);
  }
  if (!done) return report_error(context, done.error());
  context.out << "reindexed\n";
  return kDone;
}

}  // namespace openbook::cli
