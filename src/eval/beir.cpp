#include "eval/beir.h"

#include <charconv>
#include <filesystem>

#include "base/json.h"
#include "eval/lines.h"

namespace openbook::eval {
namespace {

using Judgements = std::unordered_map<std::string, std::unordered_map<std::string, double>>;

std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> columns;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    columns.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return columns;
}

Result<Judgements> load_judgements(const std::string& path) {
  Judgements judgements;
  OB_RETURN_IF_ERROR(each_line(path, [&](std::string_view line, int number) -> Status {
    const std::vector<std::string_view> columns = columns_of(line);
    if (line.empty() || (number == 1 && columns[0] == "query-id")) return {};
    // BEIR has three columns; TREC's own form has a fourth, unused one before the document.
    const std::size_t shift = columns.size() == 4 ? 1 : 0;
    double gain = 0;
    const std::string_view score = columns.size() >= 3 ? columns[2 + shift] : std::string_view();
    const auto parsed = std::from_chars(score.data(), score.data() + score.size(), gain);
    if (score.empty() || parsed.ec != std::errc() || parsed.ptr != score.data() + score.size())
      return fail(Code::Corrupt, path + ": line " + std::to_string(number) +
                                     " must be query-id, corpus-id and a score, with tabs between");
    if (gain > 0) judgements[std::string(columns[0])][std::string(columns[1 + shift])] = gain;
    return {};
  }));
  return judgements;
}

}  // namespace

std::string last_part(const std::string& path) {
  const std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
  return whole.filename().empty() ? whole.parent_path().filename().string() : whole.filename().string();
}

Result<BeirSet> load_beir(const std::string& folder, const std::string& split) {
  BeirSet set;
  set.name = last_part(folder);
  OB_TRY(set.corpus, plain_or_gzip(folder + "/corpus.jsonl"));
  OB_TRY(const std::string queries, plain_or_gzip(folder + "/queries.jsonl"));
  OB_TRY(const std::string qrels, plain_or_gzip(folder + "/qrels/" + split + ".tsv"));
  OB_TRY(Judgements judgements, load_judgements(qrels));
  OB_RETURN_IF_ERROR(each_object(queries, [&](const Json& object) -> Status {
    BeirQuery query{text_member(object, "_id"), text_member(object, "text"), {}};
    if (query.id.empty() || !object.contains("text")) return fail(Code::Corrupt, "a query needs `_id` and `text`");
    const auto found = judgements.find(query.id);
    if (found == judgements.end()) return {};
    query.judged = std::move(found->second);
    judgements.erase(found);
    if (!query.text.empty()) set.queries.push_back(std::move(query));
    return {};
  }));
  if (!judgements.empty())
    return fail(Code::Corrupt,
                qrels + " judges a query that " + queries + " does not have: " + judgements.begin()->first);
  if (set.queries.empty()) return fail(Code::InvalidInput, qrels + " has no judgement");
  return set;
}

}  // namespace openbook::eval
