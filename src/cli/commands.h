#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "openbook/library.h"

/// One function a command: values in, exit code out.
namespace openbook::cli {

struct AddCommand {
  std::vector<std::string> sources;
  AddOptions options;
  bool watch = false;
};
int add(const Context& context, const AddCommand& command);
/// Reads again every file and URL that the library came from.
int update(const Context& context, const AddCommand& command);

struct ListCommand {
  bool all = false;
};
int list(const Context& context, const ListCommand& command);

struct ShowCommand {
  std::string document;
  int version = 0;
};
int show(const Context& context, const ShowCommand& command);
int history(const Context& context, const std::string& document);

struct EraseCommand {
  std::vector<std::string> documents;
  bool yes = false;
};
int remove(const Context& context, const EraseCommand& command);
int forget(const Context& context, const EraseCommand& command);

struct QuestionCommand {
  std::string question;
  std::string as_of;
  std::string language;
  std::string under;  ///< Only documents whose uri begins so.
  std::size_t limit = 10;
  std::string strictness = "balanced";
  bool evidence = false;  ///< Print the passages that an answer may use, and no answer.
};
int search(const Context& context, const QuestionCommand& command);
int ask(const Context& context, const QuestionCommand& command);
int explain(const Context& context, const QuestionCommand& command);

int export_library(const Context& context, const std::string& path, bool history);
int import_library(const Context& context, const std::string& path);
int reindex(const Context& context);
/// `path`: JSON lines of {"question", "answerable"}. Empty: back to how the program came.
int calibrate(const Context& context, const std::string& path);

struct ReadCommand {
  std::string source;
  AddOptions options;
};
int read(const Context& context, const ReadCommand& command);
/// Prints the passages that a file would be divided into.
int split(const Context& context, const ReadCommand& command);

struct EvalCommand {
  std::string path;
  std::string split = "test";
  std::string corpus;
  std::string hide;  ///< "", "passage" or "title".
  std::string only;  ///< "", "even" or "odd": questions whose document's id has such an MD5.
  std::string strictness = "balanced";
  std::size_t limit = 0;  ///< At most so many questions; 0: all.
};
int eval_retrieval(const Context& context, const EvalCommand& command);
int eval_answers(const Context& context, const EvalCommand& command);

}  // namespace openbook::cli
