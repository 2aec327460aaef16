// Adds a document to a knowledge base, asks it a question, and prints the answer with its sources.
#include <iostream>

#include "openbook/library.h"

namespace {

int report_error(const openbook::Error& error) {
  std::cerr << "embed: " << error.text() << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: embed FILE QUESTION\n";
    return 2;
  }
  openbook::LibraryOptions options;
  options.create = true;
  options.programs_folder = OPENBOOK_PROGRAMS;
  auto library = openbook::Library::open("embed.db", options);
  if (!library) return report_error(library.error());

  const auto report = library->add({argv[1]}, {}, nullptr, {});
  if (!report) return report_error(report.error());
  if (!report->failures.empty()) return report_error(report->failures.front().error);

  const auto answer = library->ask(argv[2], {});
  if (!answer) return report_error(answer.error());
  std::cout << answer->text << '\n';
  for (const auto& citation : answer->citations)
    std::cout << '[' << citation.number << "] " << citation.document.uri << ", version " << citation.document.version
              << ": \"" << citation.quote << "\"\n";
  return answer->answered ? 0 : 3;
}
