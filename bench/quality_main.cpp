/// Retrieval beside FTS5 and Xapian, and answers: the sections "retrieval" and "answers" of docs/benchmarks.md.
///
///   bench_quality DATA [--markdown FILE] [--only search|answers]

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>

#include "base/files.h"
#include "base/json.h"
#include "eval/answers.h"
#include "eval/lines.h"
#include "page.h"
#include "search_quality.h"

namespace openbook::bench {
namespace {

struct Arguments {
  std::string data, page, only;
};

const char* const kChineseTexts[] = {"classics_zh", "oi_wiki_zh", "tidb_docs_zh", "apisix_docs_zh", "d2l_zh"};

/// Everything Chinese in one corpus: harder, because more is alike.
Status write_harder_corpus(const std::string& data, const std::string& path) {
  std::ofstream out(path);
  std::vector<std::string> sources{data + "/retrieval/cmrc2018/corpus.jsonl", data + "/retrieval/rgb_zh/corpus.jsonl"};
  for (const char* name : kChineseTexts) sources.push_back(data + "/text/" + name + "/docs.jsonl");
  for (const std::string& source : sources) {
    OB_TRY(const std::string file, eval::plain_or_gzip(source));
    OB_RETURN_IF_ERROR(eval::each_line(file, [&](std::string_view line, int) -> Status {
      if (!line.empty()) out << line << '\n';
      return {};
    }));
  }
  out.flush();
  return out ? Status{} : fail(Code::Io, "cannot write " + path);
}

Status print_search(const Arguments& arguments, const std::string& scratch, std::string& page, bool& pass) {
  const std::string retrieval = arguments.data + "/retrieval/", harder = scratch + "/harder.jsonl";
  OB_RETURN_IF_ERROR(write_harder_corpus(arguments.data, harder));
  const SearchTask tasks[] = {
      {"scifact", retrieval + "scifact", "", Script::English, 0.69},
      {"cranfield", retrieval + "cranfield", "", Script::English, 0.52},
      {"squad11", retrieval + "squad11", "", Script::English, 0.90},
      {"hotpotqa_sample", retrieval + "hotpotqa_sample", "", Script::English, 0.81},
      {"cmrc2018", retrieval + "cmrc2018", "", Script::Chinese, 0.990},
      {"rgb_zh", retrieval + "rgb_zh", "", Script::Chinese, 0.72},
      {"cmrc2018, all Chinese", retrieval + "cmrc2018", harder, Script::Chinese, 0},
      {"rgb_zh, all Chinese", retrieval + "rgb_zh", harder, Script::Chinese, 0},
  };
  Table table({"set", "engine", "nDCG@10", "95 %", "R@1", "R@5", "R@20", "floor", ""});
  for (const SearchTask& task : tasks) {
    std::cerr << task.name << " …\n";
    OB_TRY(const std::vector<SearchFigures> figures, measure_search(task, OPENBOOK_PROGRAMS));
    for (const SearchFigures& f : figures) {
      const bool own = f.engine == "openbook", bar = own && task.floor > 0;
      if (bar) pass &= f.ndcg.value >= task.floor;
      table.add({own ? task.name : "", f.engine, number(f.ndcg.value, 4),
                 number(f.ndcg.low, 3) + " to " + number(f.ndcg.high, 3), number(f.recall_1, 3), number(f.recall_5, 3),
                 number(f.recall_20, 3), bar ? number(task.floor, 3) : "",
                 bar ? verdict(f.ndcg.value >= task.floor) : ""});
    }
    std::cerr << table.text() << '\n';
  }
  page +=
      "Lexical search alone. Test judgements, title and text, all queries; nDCG with graded gains, 95 % "
      "bootstrap over queries. \"All Chinese\": the passages of cmrc2018 and rgb_zh together with the Chinese "
      "documents of `text`.\n\n" +
      table.text() + "\n";
  return {};
}

std::string with_interval(const eval::Estimate& e) {
  return number(100 * e.value, 1) + " [" + number(100 * e.low, 1) + ", " + number(100 * e.high, 1) + "]";
}

/// A figure with its bar: "77.9 [76.0, 79.8] (bar 77: pass)".
std::string with_bar(const eval::Estimate& e, double bar, bool& pass) {
  if (bar == 0) return with_interval(e);
  const bool reached = 100 * e.value >= bar;
  pass &= reached;
  return with_interval(e) + " (" + number(bar, 1) + ": " + verdict(reached) + ")";
}

struct AnswerTask {
  const char* set;
  double sentence, three, f1;              ///< Bars, in percent; 0: none.
  double auroc_passage, declined_passage;  ///< With the passage hidden.
  double auroc_title, declined_title;      ///< With its whole article hidden.
};

Result<eval::AnswerReport> measure(const Arguments& arguments, const AnswerTask& task, eval::Hide hide,
                                   Strictness strictness) {
  std::cerr << "answers, " << task.set << " …\n";
  eval::AnswerMeasureOptions options;
  options.hide = hide;
  options.half = eval::Half::Odd;
  options.strictness = strictness;
  return eval::measure_answers(arguments.data + "/qa/" + task.set, options, {OPENBOOK_PROGRAMS, 0}, {});
}

Status print_answers(const Arguments& arguments, std::string& page, bool& pass) {
  const AnswerTask tasks[] = {{"squad11", 77, 90, 48, 87, 62, 97.8, 95},
                              {"cmrc2018", 80, 93, 60, 97.8, 95, 0, 0},
                              {"squad20", 0, 0, 0, 0, 0, 0, 0}};
  Table answers({"set", "answerable", "sentence contains", "one of three", "span given", "span EM", "span F1",
                 "passage first", "in five", "citations exact"});
  Table declining({"set", "hidden", "AUROC", "declined at 90 % kept"});
  Table levels({"set", "hidden", "level", "answerable answered", "others declined", "declined: precision"});
  for (const AnswerTask& task : tasks) {
    OB_TRY(const auto open, measure(arguments, task, eval::Hide::Nothing, Strictness::Balanced));
    const bool exact = open.citation_exact == 1;
    pass &= exact;
    answers.add({task.set, std::to_string(open.answerable), with_bar(open.sentence_contains, task.sentence, pass),
                 with_bar(open.top3_contains, task.three, pass), number(100 * open.span_given.value, 1),
                 with_interval(open.exact_match), with_bar(open.f1, task.f1, pass),
                 number(100 * open.retrieved_1.value, 1), number(100 * open.retrieved_5.value, 1),
                 number(100 * open.citation_exact, 2) + " of " + std::to_string(open.citation_count)});
    if (open.answerable < open.questions)
      declining.add({task.set, "nothing (near misses)", with_interval(open.auroc), with_interval(open.declined_at_90)});
    for (const eval::Hide hide : {eval::Hide::Passage, eval::Hide::Title}) {
      const bool passage = hide == eval::Hide::Passage;
      for (const auto& [level, name] :
           {std::pair(Strictness::Lenient, "lenient"), std::pair(Strictness::Balanced, "balanced"),
            std::pair(Strictness::Strict, "strict")}) {
        OB_TRY(const auto report, measure(arguments, task, hide, level));
        if (level == Strictness::Lenient)
          declining.add({task.set, passage ? "passage" : "article",
                         with_bar(report.auroc, passage ? task.auroc_passage : task.auroc_title, pass),
                         with_bar(report.declined_at_90, passage ? task.declined_passage : task.declined_title, pass)});
        levels.add({task.set, passage ? "passage" : "article", name, with_interval(report.kept),
                    with_interval(report.recall), with_interval(report.precision)});
      }
      std::cerr << answers.text() << declining.text() << levels.text() << '\n';
    }
  }
  page +=
      "Retrieval included. Fitted on the documents whose id has an even MD5, measured on the odd "
      "ones; percent, with 95 % bootstrap over passages; bars in brackets. The index holds all passages. Sentences "
      "and spans are judged over all answerable questions, whatever the decision to decline was; span figures "
      "where a span is given. Chinese F1 is over characters.\n\n" +
      answers.text() +
      "\nDeclining, where the passage (or its whole article) is hidden for the half of the questions whose id has "
      "an odd MD5:\n\n" +
      declining.text() + "\nThe three levels of strictness:\n\n" + levels.text() + "\n";
  return {};
}

/// Prints a part and puts it into its section of the page.
Status publish(const Arguments& arguments, const char* section, const std::string& text) {
  std::cout << text << std::flush;
  return arguments.page.empty() ? Status{} : replace_section(arguments.page, section, text);
}

Status run(const Arguments& arguments, bool& pass) {
  OB_TRY(const TemporaryFolder scratch, TemporaryFolder::make());
  const std::string where = moment() + "; " + machine();
  if (arguments.only != "answers") {
    std::string text = "## Retrieval\n\n" + where + "; " + fts5_version() + ", " + xapian_version() + ".\n\n";
    OB_RETURN_IF_ERROR(print_search(arguments, scratch.path(), text, pass));
    OB_RETURN_IF_ERROR(publish(arguments, "retrieval", text));
  }
  if (arguments.only != "search") {
    std::string text = "## Answers\n\n" + where + ".\n\n";
    OB_RETURN_IF_ERROR(print_answers(arguments, text, pass));
    OB_RETURN_IF_ERROR(publish(arguments, "answers", text));
  }
  return {};
}

}  // namespace
}  // namespace openbook::bench

int main(int count, char** values) {
  openbook::bench::Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const bool has_value = i + 1 < count;
    if (std::strcmp(values[i], "--markdown") == 0 && has_value)
      arguments.page = values[++i];
    else if (std::strcmp(values[i], "--only") == 0 && has_value)
      arguments.only = values[++i];
    else
      arguments.data = values[i];
  }
  if (arguments.data.empty()) {
    std::fprintf(stderr, "usage: bench_quality DATA [--markdown FILE] [--only search|answers]\n");
    return 2;
  }
  bool pass = true;
  const openbook::Status done = openbook::bench::run(arguments, pass);
  if (!done) std::fprintf(stderr, "bench_quality: %s\n", done.error().text().c_str());
  return !done ? 1 : pass ? 0 : 3;
}
