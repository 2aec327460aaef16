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

Json to_json(const DocumentInfo& info) {
  Json json = book::to_json(info.ref);
  json["format"] = info.format;
  json["bytes"] = info.byte_size;
  json["chunks"] = info.chunk_count;
  json["added"] = to_iso8601(info.ref.added_at);
  if (info.removed_at) json["removed"] = to_iso8601(*info.removed_at);
  return json;
}

/// The documents that the names mean; an unknown name is an error before anything is done.
Result<std::vector<DocumentInfo>> find_all(const Library& library, const std::vector<std::string>& names) {
  std::vector<DocumentInfo> found;
  for (const std::string& name : names) {
    OB_TRY(DocumentInfo info, library.find(name));
    found.push_back(std::move(info));
  }
  return found;
}

std::vector<book::DocumentId> ids_of(const std::vector<DocumentInfo>& documents) {
  std::vector<book::DocumentId> ids;
  for (const DocumentInfo& info : documents) ids.push_back(info.ref.id);
  return ids;
}

void print(const Context& context, const ForgetReceipt& receipt) {
  if (context.json) {
    Json checked = Json::array();
    for (const ForgetReceipt::Line& line : receipt.checked)
      checked.push_back(
          {{"kind", line.kind}, {"text", line.text}, {"in_tables", line.in_tables}, {"in_bytes", line.in_bytes}});
    context.out << to_text({{"forgotten", receipt.uris},
                            {"versions", receipt.version_count},
                            {"chunks", receipt.chunk_count},
                            {"terms", receipt.term_count},
                            {"checked", checked},
                            {"shared", receipt.shared},
                            {"bytes_searched", receipt.bytes_searched},
                            {"revision", receipt.revision},
                            {"clean", receipt.clean}})
                << '\n';
    return;
  }
  for (const std::string& uri : receipt.uris) context.out << "forgotten: " << one_line(uri) << '\n';
  context.out << "erased " << receipt.version_count << " versions, " << receipt.chunk_count << " passages, "
              << receipt.term_count << " words that stood nowhere else\n";
  for (const ForgetReceipt::Line& line : receipt.checked) {
    const std::uint64_t times = line.in_tables + line.in_bytes;
    context.out << "  searched for " << line.kind << " \"" << one_line(line.text, 72) << "\": found " << times
                << " times\n";
  }
  if (!receipt.shared.empty())
    context.out << receipt.shared.size() << " strings stand in other documents too, and remain there\n";
  context.out << (receipt.clean ? "nothing was left in " : "NOT CLEAN: something was left in ")
              << readable_bytes(receipt.bytes_searched) << " of the knowledge base's bytes\n";
}

}  // namespace

int list(const Context& context, const ListCommand& command) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  const auto documents = library->list(command.all);
  if (!documents) return report_error(context, documents.error());
  if (context.json) {
    Json array = Json::array();
    for (const DocumentInfo& info : *documents) array.push_back(to_json(info));
    context.out << to_text({{"documents", array}}) << '\n';
    return kDone;
  }
  for (const DocumentInfo& info : *documents) {
    char head[96];
    std::snprintf(head, sizeof head, "%6lld  v%-3d %-9s %9s  ", static_cast<long long>(info.ref.id), info.ref.version,
                  info.format.c_str(), readable_bytes(info.byte_size).c_str());
    context.out << head << one_line(info.ref.title, 60) << "  " << one_line(info.ref.uri)
                << (info.removed_at ? "  (removed)" : "") << '\n';
  }
  if (documents->empty()) context.err << "the library is empty; `openbook add FOLDER` fills it\n";
  return kDone;
}

int show(const Context& context, const ShowCommand& command) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  const auto info = library->find(command.document);
  if (!info) return report_error(context, info.error());
  const auto document = library->document(info->ref.id, command.version);
  if (!document) return report_error(context, document.error());
  if (context.json)
    context.out << to_text(book::to_json(*document)) << '\n';
  else
    context.out << document->markdown << (document->markdown.ends_with('\n') ? "" : "\n");
  return kDone;
}

int history(const Context& context, const std::string& name) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  const auto info = library->find(name);
  if (!info) return report_error(context, info.error());
  const auto versions = library->history(info->ref.id);
  if (!versions) return report_error(context, versions.error());
  if (context.json) {
    Json array = Json::array();
    for (const VersionInfo& v : *versions) {
      Json json = {{"version", v.number},
                   {"title", v.title},
                   {"added", to_iso8601(v.added_at)},
                   {"bytes", v.byte_size},
                   {"sha256", v.content_hash}};
      json["ended"] = v.ended_at ? Json(to_iso8601(*v.ended_at)) : Json(nullptr);
      array.push_back(std::move(json));
    }
    context.out << to_text({{"document", book::to_json(info->ref)}, {"versions", array}}) << '\n';
    return kDone;
  }
  context.out << one_line(info->ref.uri) << '\n';
  for (const VersionInfo& v : *versions)
    context.out << "  version " << v.number << "  from " << to_iso8601(v.added_at)
                << (v.ended_at ? " to " + to_iso8601(*v.ended_at) : " until now           ") << "  "
                << readable_bytes(v.byte_size) << "  " << one_line(v.title, 60) << '\n';
  return kDone;
}

int remove(const Context& context, const EraseCommand& command) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  const auto documents = find_all(*library, command.documents);
  if (!documents) return report_error(context, documents.error());
  if (const Status removed = library->remove(ids_of(*documents)); !removed)
    return report_error(context, removed.error());
  if (context.json) {
    Json array = Json::array();
    for (const DocumentInfo& info : *documents) array.push_back(book::to_json(info.ref));
    context.out << to_text({{"removed", array}}) << '\n';
  } else {
    for (const DocumentInfo& info : *documents)
      context.out << "removed: " << one_line(info.ref.uri) << " (history keeps it)\n";
  }
  return kDone;
}

int forget(const Context& context, const EraseCommand& command) {
  Result<Library> library = open_library(context, {.ignore_identity = true});
  if (!library) return report_error(context, library.error());
  const auto documents = find_all(*library, command.documents);
  if (!documents) return report_error(context, documents.error());
  if (!command.yes) {
    for (const DocumentInfo& info : *documents) context.err << "  " << one_line(info.ref.uri) << '\n';
    if (!confirm("Erase this and all its versions for good?")) {
      context.err << "nothing was erased; --yes erases without asking\n";
      return kFailed;
    }
  }
  const auto receipt = library->forget(ids_of(*documents));
  if (!receipt) return report_error(context, receipt.error());
  print(context, *receipt);
  return receipt->clean ? kDone : kFailed;
}

}  // namespace openbook::cli
