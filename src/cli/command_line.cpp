#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <ostream>

#include "cli/commands.h"
#include "cli/manual.h"
#include "cli/open_library.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "openbook/version.h"

namespace openbook::cli {
namespace {

/// Options before the command.
struct Global {
  std::string knowledge_base;
  std::string config;
  bool json = false;
  std::size_t threads = 0;
};

/// The values of all commands, filled by the parser; only the chosen command's are used.
struct Values {
  Global global;
  AddCommand add;
  ListCommand list;
  ShowCommand show;
  EraseCommand erase;
  QuestionCommand question;
  ReadCommand read;
  EvalCommand eval;
  std::string document, file;
  std::string max_file_size, read_memory, read_output;
  bool no_ocr = false;
  bool history = false;
  bool man = false, completion = false;
};

using Command = std::function<int(const Context&)>;

class CommandLine {
 public:
  explicit CommandLine(Settings settings) : settings_(std::move(settings)) {
    values_.question.strictness = settings_.strictness;
    values_.question.limit = settings_.limit;
    values_.global.threads = settings_.threads;
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "openbook " OPENBOOK_VERSION);
    app_.set_help_all_flag("--help-all", "Help for every command");
    app_.add_option("--kb", values_.global.knowledge_base, "Knowledge base: a name, or the path of a file")
        ->envname("OPENBOOK_KB");
    app_.add_option("--config", values_.global.config, "Settings file (YAML)");
    app_.add_flag("--json", values_.global.json, "Print results as JSON");
    app_.add_option("--threads", values_.global.threads, "Threads to use; 0: one for each processor");
    app_.fallthrough();  // "openbook ask … --json" means the same as "openbook --json ask …".
    add_document_commands();
    add_question_commands();
    add_eval_commands();
    add_other_commands();
  }

  CLI::App& app() { return app_; }
  Values& values() { return values_; }
  const Command& chosen() const { return chosen_; }

 private:
  CLI::App* command(const char* name, const char* description, Command run) {
    CLI::App* sub = app_.add_subcommand(name, description);
    sub->final_callback([this, run = std::move(run)] { chosen_ = run; });
    return sub;
  }

  void add_read_options(CLI::App* sub) {
    sub->add_option("--password", values_.add.options.password, "For encrypted documents");
    sub->add_option("--max-file-size", values_.max_file_size, "Largest file that is read, for example 512M (256M)");
    sub->add_option("--read-seconds", values_.add.options.read_seconds, "Processor time that one file may cost (60)");
    sub->add_option("--read-memory", values_.read_memory, "Memory that one file's reader may use (1G)");
    sub->add_option("--read-output", values_.read_output, "Text that one file may give (512M)");
    sub->add_option("--max-pages", values_.add.options.max_pages, "Pages that a PDF may have (20000)");
    sub->add_flag("--no-ocr", values_.no_ocr, "Leave scans and pictures alone");
  }

  void add_document_commands() {
    CLI::App* sub = command("add", "Add files, folders, URLs, or - for standard input",
                            [this](const Context& c) { return add(c, values_.add); });
    sub->add_option("SOURCE", values_.add.sources, "What to add")->required();
    sub->add_flag("--prune", values_.add.options.prune, "Remove documents whose file has vanished");
    sub->add_flag("--watch", values_.add.watch, "Stay, and follow changes of the folders");
    sub->add_option("--include", values_.add.options.include, "Only files that match this glob (may be repeated)")
        ->expected(1)
        ->allow_extra_args(false);
    sub->add_option("--exclude", values_.add.options.exclude, "No files that match this glob (may be repeated)")
        ->expected(1)
        ->allow_extra_args(false);
    sub->add_option("--name", values_.add.options.stdin_name, "Name for standard input (stdin.md)");
    add_read_options(sub);

    sub = command("update", "Read again everything that the library came from",
                  [this](const Context& c) { return update(c, values_.add); });
    sub->add_flag("--prune", values_.add.options.prune, "Remove documents whose file has vanished");
    add_read_options(sub);

    sub = command("list", "List the documents", [this](const Context& c) { return list(c, values_.list); });
    sub->add_flag("--all", values_.list.all, "Also those that were removed");

    sub = command("show", "Print a document as the library holds it",
                  [this](const Context& c) { return show(c, values_.show); });
    sub->add_option("DOCUMENT", values_.show.document, "Number, URI, or the end of one")->required();
    sub->add_option("--version-number", values_.show.version, "An older version");

    sub = command("history", "List a document's versions",
                  [this](const Context& c) { return history(c, values_.document); });
    sub->add_option("DOCUMENT", values_.document, "Number, URI, or the end of one")->required();

    sub = command("remove", "Hide documents from now on; history keeps them",
                  [this](const Context& c) { return remove(c, values_.erase); });
    sub->add_option("DOCUMENT", values_.erase.documents, "Number, URI, or the end of one")->required();

    sub = command("forget", "Erase documents for good, and prove it",
                  [this](const Context& c) { return forget(c, values_.erase); });
    sub->add_option("DOCUMENT", values_.erase.documents, "Number, URI, or the end of one")->required();
    sub->add_flag("--yes", values_.erase.yes, "Do not ask");

    sub = command("export", "Write the library to a file of JSON lines",
                  [this](const Context& c) { return export_library(c, values_.file, values_.history); });
    sub->add_option("FILE", values_.file, "File to write")->required();
    sub->add_flag("--history", values_.history, "All versions, not only the visible ones");

    sub = command("import", "Add what export wrote",
                  [this](const Context& c) { return import_library(c, values_.file); });
    sub->add_option("FILE", values_.file, "File to read")->required();

    sub = command("calibrate", "Fit the decision to answer or decline to the library's own questions",
                  [this](const Context& c) { return calibrate(c, values_.file); });
    sub->add_option("FILE", values_.file, "JSON lines of question and answerable; none: undo");

    command("reindex", "Divide and index all documents anew, after an update of openbook",
            [](const Context& c) { return reindex(c); });
  }

  void add_filter_options(CLI::App* sub) {
    sub->add_option("--as-of", values_.question.as_of, "Ask the library as it was, for example 2026-03-31");
    sub->add_option("--language", values_.question.language, "Only documents in this language (en, zh, …)");
    sub->add_option("--under", values_.question.under, "Only documents whose URI begins so");
  }

  void add_question_commands() {
    CLI::App* sub =
        command("search", "Find passages", [this](const Context& c) { return search(c, values_.question); });
    sub->add_option("QUERY", values_.question.question, "What to look for")->required();
    sub->add_option("-n,--limit", values_.question.limit, "Passages to print (10)")->check(CLI::Range(1, 1000));
    add_filter_options(sub);

    const auto strictness = CLI::IsMember({"lenient", "balanced", "strict"});
    sub = command("ask", "Answer a question from the documents, with citations",
                  [this](const Context& c) { return ask(c, values_.question); });
    sub->add_option("QUESTION", values_.question.question, "The question")->required();
    sub->add_option("--strictness", values_.question.strictness, "How sure to be before answering")->check(strictness);
    sub->add_flag("--evidence", values_.question.evidence, "Print the passages that the answer may use");
    add_filter_options(sub);

    sub = command("explain", "Answer a question, and show what every stage did",
                  [this](const Context& c) { return explain(c, values_.question); });
    sub->add_option("QUESTION", values_.question.question, "The question")->required();
    sub->add_option("--strictness", values_.question.strictness, "How sure to be before answering")->check(strictness);
    add_filter_options(sub);
  }

  void add_eval_commands() {
    CLI::App* sub = app_.add_subcommand("eval", "Measure retrieval and answers");
    sub->require_subcommand(1);
    CLI::App* retrieval = sub->add_subcommand("retrieval", "nDCG, recall and MRR on a BEIR folder");
    retrieval->add_option("DIR", values_.eval.path, "Folder with corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv")
        ->required();
    retrieval->add_option("--split", values_.eval.split, "Which judgements (test)");
    retrieval->add_option("--limit", values_.eval.limit, "At most so many queries");
    retrieval->final_callback(
        [this] { chosen_ = [this](const Context& c) { return eval_retrieval(c, values_.eval); }; });
    CLI::App* answers = sub->add_subcommand("answers", "Answers and declining on a set of questions");
    answers->add_option("FILE", values_.eval.path, "qa.jsonl, its folder, or a SQuAD file")->required();
    answers->add_option("--corpus", values_.eval.corpus, "BEIR folder that holds the passages");
    answers
        ->add_option("--hide", values_.eval.hide, "Hide the passage, or all of its title, from half of the questions")
        ->check(CLI::IsMember({"passage", "title"}));
    answers->add_option("--documents", values_.eval.only, "Only questions on documents whose id has an even or odd MD5")
        ->check(CLI::IsMember({"even", "odd"}));
    answers->add_option("--strictness", values_.eval.strictness, "How sure to be before answering")
        ->check(CLI::IsMember({"lenient", "balanced", "strict"}));
    answers->add_option("--limit", values_.eval.limit, "At most so many questions");
    answers->final_callback([this] { chosen_ = [this](const Context& c) { return eval_answers(c, values_.eval); }; });
  }

  void add_other_commands() {
    CLI::App* sub = command("read", "Print what a reader makes of a file, as Markdown",
                            [this](const Context& c) { return read(c, values_.read); });
    sub->add_option("FILE", values_.read.source, "A file, a URL, or -")->required();
    add_read_options(sub);

    sub = command("split", "Print the passages that a file would be divided into",
                  [this](const Context& c) { return split(c, values_.read); });
    sub->add_option("FILE", values_.read.source, "A file, a URL, or -")->required();
    add_read_options(sub);

    sub = command("help", "Help, the manual page, completions", [this](const Context& c) {
      if (values_.man)
        c.out << manual_page(app_);
      else if (values_.completion)
        c.out << bash_completion(app_);
      else
        c.out << app_.help();
      return static_cast<int>(kDone);
    });
    sub->add_flag("--man", values_.man, "The manual page, in roff");
    sub->add_flag("--completion", values_.completion, "Completions for bash");
  }

  Settings settings_;
  CLI::App app_{"Documents in, cited answers out.", "openbook"};
  Values values_;
  Command chosen_;
};

/// The settings file has to be known before the options that it gives defaults to.
std::string config_path(int count, const char* const* arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument(arguments[i]);
    if (argument == "--config" && i + 1 < count) return arguments[i + 1];
    if (argument.starts_with("--config=")) return std::string(argument.substr(9));
  }
  return {};
}

/// The first word that is neither an option nor a command, when no command was given; else empty.
std::string unknown_command(const CLI::App& app, int count, const char* const* arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string word(arguments[i]);
    if (word == "--kb" || word == "--config" || word == "--threads") {
      ++i;
    } else if (!word.starts_with("-")) {
      const auto commands = app.get_subcommands(nullptr);
      const bool known = std::ranges::any_of(commands, [&](const CLI::App* sub) { return sub->get_name() == word; });
      return known ? std::string() : word;
    }
  }
  return {};
}

/// Reads a size such as "512M" where one is given.
Status settle_size(const char* option, const std::string& given, std::uint64_t& bytes) {
  if (given.empty()) return {};
  bytes = parse_bytes(given);
  if (bytes > 0) return {};
  return fail(Code::InvalidInput, std::string(option) + " " + given + " is no size; write for example 512M");
}

Status settle(Values& values) {
  AddOptions& options = values.add.options;
  options.ocr = !values.no_ocr;
  OB_RETURN_IF_ERROR(settle_size("--max-file-size", values.max_file_size, options.max_file_bytes));
  OB_RETURN_IF_ERROR(settle_size("--read-memory", values.read_memory, options.read_memory_bytes));
  OB_RETURN_IF_ERROR(settle_size("--read-output", values.read_output, options.max_output_bytes));
  values.read.options = options;
  return {};
}

}  // namespace

int run(int argument_count, const char* const* arguments, std::ostream& out, std::ostream& err, std::stop_token stop) {
  Result<Settings> settings = load_settings(config_path(argument_count, arguments));
  if (!settings) {
    err << "openbook: " << settings.error().text() << '\n';
    return kWrongUsage;
  }
  const std::string default_name = settings->knowledge_base;
  const auto line = std::make_unique<CommandLine>(*std::move(settings));
  try {
    line->app().parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    if (const std::string unknown = unknown_command(line->app(), argument_count, arguments); !unknown.empty()) {
      err << "openbook: there is no command \"" << unknown << "\"; `openbook help` lists them\n";
      return kWrongUsage;
    }
    return line->app().exit(error, out, err) == 0 ? kDone : kWrongUsage;
  }
  Values& values = line->values();
  const std::string name = values.global.knowledge_base.empty() ? default_name : values.global.knowledge_base;
  const char* const programs = std::getenv("OPENBOOK_LIBEXEC");
  const Context context{knowledge_base_path(name),
                        name,
                        values.global.json,
                        values.global.threads,
                        programs == nullptr ? "" : programs,
                        out,
                        err,
                        stop};
  if (const Status settled = settle(values); !settled) return report_error(context, settled.error());
  return line->chosen()(context);
}

}  // namespace openbook::cli
