#include "cli/manual.h"

#include <CLI/CLI.hpp>

namespace openbook::cli {
namespace {

/// roff would take a leading full stop or a backslash for a request.
std::string roff(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == '-') escaped += '\\';
    escaped += c;
  }
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

void append_options(const CLI::App& app, std::string& page) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_name() == "--help" || option->get_name() == "-h,--help") continue;
    page += ".TP\n.B " + roff(option->get_name(false, true)) + "\n" + roff(option->get_description()) + "\n";
  }
}

void append_command(const CLI::App& app, const std::string& prefix, std::string& page) {
  for (const CLI::App* sub : app.get_subcommands(nullptr)) {
    page += ".SS " + roff(prefix + sub->get_name()) + "\n" + roff(sub->get_description()) + ".\n";
    append_options(*sub, page);
    append_command(*sub, prefix + sub->get_name() + " ", page);
  }
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  std::string page = ".TH OPENBOOK 1\n.SH NAME\nopenbook \\- documents in, cited answers out\n";
  page += ".SH SYNOPSIS\n.B openbook\n[OPTIONS] COMMAND [ARGUMENTS]\n.SH OPTIONS\n";
  append_options(app, page);
  page += ".SH COMMANDS\n";
  append_command(app, "", page);
  page += ".SH EXIT STATUS\n0: all done. 1: failed. 2: wrong usage. 3: partly done, each failure listed.\n";
  return page;
}

std::string bash_completion(const CLI::App& app) {
  std::string commands;
  std::string cases;
  for (const CLI::App* sub : app.get_subcommands(nullptr)) {
    commands += (commands.empty() ? "" : " ") + sub->get_name();
    std::string options;
    for (const CLI::Option* option : sub->get_options())
      for (const std::string& name : option->get_lnames()) options += " --" + name;
    for (const CLI::App* inner : sub->get_subcommands(nullptr)) options += " " + inner->get_name();
    cases += "    " + sub->get_name() + ") words=\"" + (options.empty() ? options : options.substr(1)) + "\" ;;\n";
  }
  return "_openbook() {\n"
         "  local words current=\"${COMP_WORDS[COMP_CWORD]}\" command=\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do case \" " +
         commands +
         " \" in *\" $word \"*) command=$word; break ;; esac; done\n"
         "  case \"$command\" in\n" +
         cases + "    *) words=\"" + commands +
         " --kb --config --json --threads --version --help\" ;;\n  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ ${#COMPREPLY[@]} -gt 0 || \"$current\" == -* ]] || COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "}\ncomplete -o filenames -F _openbook openbook\n";
}

}  // namespace openbook::cli
