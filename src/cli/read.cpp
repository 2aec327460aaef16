#include <ostream>

#include "base/json.h"
#include "book/json.h"
#include "cli/commands.h"
#include "cli/terminal.h"

namespace openbook::cli {

int read(const Context& context, const ReadCommand& command) {
  std::size_t count = 0;
  const Status done = read_document(
      command.source, command.options, {.programs_folder = context.programs_folder},
      [&](book::Document document) -> Status {
        for (const std::string& note : document.notes) context.err << "note: " << one_line(note) << '\n';
        if (context.json) {
          context.out << to_text(book::to_json(document)) << '\n';
        } else {
          if (count > 0) context.out << "\n---\n\n";
          context.out << document.markdown << (document.markdown.ends_with('\n') ? "" : "\n");
        }
        ++count;
        return {};
      },
      context.stop);
  return done ? kDone : report_error(context, done.error());
}

int split(const Context& context, const ReadCommand& command) {
  const Status done = read_document(
      command.source, command.options, {.programs_folder = context.programs_folder},
      [&](book::Document document) -> Status {
        for (const book::Chunk& chunk : split_document(document)) {
          Json json = {{"range", {chunk.range.begin, chunk.range.end}},
                       {"parent", {chunk.parent.begin, chunk.parent.end}},
                       {"tokens", chunk.token_count},
                       {"heading", chunk.heading},
                       {"text", chunk.text_of(document.markdown)}};
          if (context.json) {
            context.out << to_text(json) << '\n';
            continue;
          }
          context.out << "--- " << chunk.range.begin << "–" << chunk.range.end << ", " << chunk.token_count
                      << " tokens";
          for (const std::string& heading : chunk.heading) context.out << " › " << one_line(heading);
          context.out << '\n' << chunk.text_of(document.markdown) << "\n\n";
        }
        return {};
      },
      context.stop);
  return done ? kDone : report_error(context, done.error());
}

}  // namespace openbook::cli
