#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "book/document.h"
#include "read/reader.h"
#include "read/xml.h"
#include "read/zip_archive.h"

/// What DOCX, XLSX and PPTX share: an OPC package of XML parts joined by relationships (ECMA-376 part 2).
namespace openbook::read {

struct Relation {
  std::string type;    ///< Last step of the type's URI: "styles", "hyperlink", "slide".
  std::string target;  ///< Name of the part, or the URI of what lies outside.
  bool external = false;
};

/// Relations of one part by their id.
using Relations = std::map<std::string, Relation, std::less<>>;

/// One package, open. Not safe concurrently; the blob must outlive it.
class Package {
 public:
  /// Errors: Corrupt (no ZIP), Unsupported (encrypted, without a password that opens it), OverLimit.
  static Result<Package> open(const book::Blob& blob, const ReadOptions& options);

  ZipArchive& archive() { return archive_; }

  /// Name of the part that the package is about; `fallback` ("word/document.xml") where nothing tells.
  /// Errors: Corrupt (the package has no such part).
  Result<std::string> main_part(std::string_view fallback);

  Result<Xml> xml(std::string_view part);
  /// A part that the document can do without: a damaged one leaves a note, a missing one nothing; both give a null
  /// tree's root. The tree lives as long as the returned value.
  std::optional<Xml> optional_xml(std::string_view part);
  /// Empty where the part has none, or where they are damaged.
  Relations relations(std::string_view part);
  /// The first relation of that type; null if none.
  static const Relation* first_of(const Relations& relations, std::string_view type);

  /// Fills metadata (title, author, date, …) from docProps, and Document::title from it.
  void read_properties(book::Document& into);

  void note(std::string text);
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  Package(ZipArchive archive, std::string decrypted)
      : decrypted_(std::make_unique<std::string>(std::move(decrypted))), archive_(std::move(archive)) {}

  std::unique_ptr<std::string> decrypted_;  ///< What archive_ reads, of an encrypted package.
  ZipArchive archive_;
  std::vector<std::string> notes_;
};

/// Does the head of a ZIP file name parts below `folder` ("word/")?
bool sniff_package(std::string_view head, std::string_view folder);

/// Last work on a document: what finish_document() does, and the package's notes.
void finish_package(const book::Blob& blob, std::string_view format, const Package& package, book::Document& document);

/// "a/b/c.xml" + "../d.xml" → "a/d.xml"; an absolute target is its own answer.
std::string resolved_part_name(std::string_view base_part, std::string_view target);

}  // namespace openbook::read
