#include "read/ooxml.h"

#include <algorithm>

#include "read/finish.h"
#include "read/ole_file.h"
#include "read/ooxml_decrypt.h"

namespace openbook::read {
namespace {

std::string_view last_step(std::string_view uri) {
  const std::size_t slash = uri.rfind('/');
  return slash == std::string_view::npos ? uri : uri.substr(slash + 1);
}

std::string relations_part(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  const std::string folder(slash == std::string_view::npos ? "" : part.substr(0, slash + 1));
  const std::string_view file = slash == std::string_view::npos ? part : part.substr(slash + 1);
  return folder + "_rels/" + std::string(file) + ".rels";
}

/// "Document1", "PowerPoint Presentation": what programs write when nobody gave a title.
bool is_no_title(std::string_view title) {
  constexpr std::string_view kDefaults[] = {"PowerPoint Presentation",
                                            "PowerPoint 演示文稿",
                                            "PowerPoint-Präsentation",
                                            "Présentation PowerPoint",
                                            "Slide 1",
                                            "Untitled",
                                            "无标题",
                                            "Document",
                                            "No Slide Title"};
  return title.empty() || title.starts_with("Microsoft Word - ") ||
         std::find(std::begin(kDefaults), std::end(kDefaults), title) != std::end(kDefaults);
}

}  // namespace

std::string resolved_part_name(std::string_view base_part, std::string_view target) {
  std::string joined(target);
  if (!target.starts_with('/')) {
    const std::size_t slash = base_part.rfind('/');
    joined = std::string(slash == std::string_view::npos ? "" : base_part.substr(0, slash + 1)) + joined;
  }
  std::vector<std::string_view> steps;
  for (std::size_t at = 0; at <= joined.size();) {
    const std::size_t end = std::min(joined.find('/', at), joined.size());
    const std::string_view step = std::string_view(joined).substr(at, end - at);
    at = end + 1;
    if (step == ".." && !steps.empty()) steps.pop_back();
    if (!step.empty() && step != "." && step != "..") steps.push_back(step);
  }
  std::string name;
  for (const std::string_view step : steps) name.append(name.empty() ? "" : "/").append(step);
  return name;
}

Result<Package> Package::open(const book::Blob& blob, const ReadOptions& options) {
  std::string decrypted;
  if (is_ole_file(blob.bytes)) {
    OB_TRY(decrypted, decrypt_package(blob.bytes, options.password));
    // The archive keeps a view, so the bytes must have their final address before it is opened.
    auto kept = std::make_unique<std::string>(std::move(decrypted));
    OB_TRY(ZipArchive archive, ZipArchive::open(*kept));
    Package package(std::move(archive), {});
    package.decrypted_ = std::move(kept);
    return package;
  }
  OB_TRY(ZipArchive archive, ZipArchive::open(blob.bytes));
  Package package(std::move(archive), {});
  if (package.archive_.is_salvaged())
    package.note("the ZIP archive has lost its directory; what stands before the damage was read");
  return package;
}

Result<std::string> Package::main_part(std::string_view fallback) {
  const Relations roots = relations("");
  const Relation* main = first_of(roots, "officeDocument");
  if (main != nullptr && archive_.contains(main->target)) return main->target;
  if (archive_.contains(fallback)) return std::string(fallback);
  return fail(Code::Corrupt, "the package has no part " + std::string(fallback) +
                                 "; the file is damaged or is not what its extension says");
}

Result<Xml> Package::xml(std::string_view part) {
  OB_TRY(std::string bytes, archive_.read(part));
  OB_TRY(Xml xml, parse_xml(std::move(bytes), part));
  if (xml.declares_entities()) note("part " + std::string(part) + " declares XML entities; they were not expanded");
  return xml;
}

std::optional<Xml> Package::optional_xml(std::string_view part) {
  if (part.empty() || !archive_.contains(part)) return std::nullopt;
  Result<Xml> parsed = xml(part);
  if (parsed) return std::move(*parsed);
  note("not read: " + parsed.error().message);
  return std::nullopt;
}

Relations Package::relations(std::string_view part) {
  Relations relations;
  const std::optional<Xml> xml = optional_xml(part.empty() ? "_rels/.rels" : relations_part(part));
  if (!xml) return relations;
  for (const XmlNode node : xml->root().children()) {
    Relation relation;
    relation.type = last_step(attribute(node, "Type"));
    relation.external = attribute(node, "TargetMode") == "External";
    const std::string_view target = attribute(node, "Target");
    relation.target = relation.external ? std::string(target) : resolved_part_name(part, target);
    relations.emplace(attribute(node, "Id"), std::move(relation));
  }
  return relations;
}

const Relation* Package::first_of(const Relations& relations, std::string_view type) {
  for (const auto& [id, relation] : relations)
    if (relation.type == type && !relation.external) return &relation;
  return nullptr;
}

void Package::read_properties(book::Document& into) {
  const Relations roots = relations("");
  const Relation* core = first_of(roots, "core-properties");
  const std::optional<Xml> xml = optional_xml(core != nullptr ? core->target : "docProps/core.xml");
  if (!xml) return;
  constexpr std::pair<std::string_view, const char*> kNames[] = {{"title", "title"},
                                                                 {"creator", "author"},
                                                                 {"created", "created"},
                                                                 {"modified", "date"},
                                                                 {"subject", "subject"},
                                                                 {"keywords", "keywords"},
                                                                 {"description", "description"},
                                                                 {"category", "category"},
                                                                 {"language", "language"},
                                                                 {"lastModifiedBy", "last_modified_by"}};
  for (const auto& [element, name] : kNames) {
    const std::string value = clean_text(text_of(child(xml->root(), element)));
    if (!trimmed(value).empty()) into.metadata[name] = trimmed(value);
  }
  if (!into.metadata.contains("date") && into.metadata.contains("created"))
    into.metadata["date"] = into.metadata["created"];
  if (const auto title = into.metadata.find("title"); title != into.metadata.end() && !is_no_title(title->second))
    into.title = title->second;
}

void Package::note(std::string text) {
  constexpr std::size_t kMaxNotes = 50;
  if (notes_.size() < kMaxNotes && std::find(notes_.begin(), notes_.end(), text) == notes_.end())
    notes_.push_back(std::move(text));
}

bool sniff_package(std::string_view head, std::string_view folder) {
  return head.starts_with("PK\x03\x04") && head.find(folder) != std::string_view::npos;
}

void finish_package(const book::Blob& blob, std::string_view format, const Package& package, book::Document& document) {
  document.notes.insert(document.notes.end(), package.notes().begin(), package.notes().end());
  if (trimmed(document.markdown).empty()) document.notes.push_back("the document holds no text");
  finish_document(blob, format, document);
}

}  // namespace openbook::read
