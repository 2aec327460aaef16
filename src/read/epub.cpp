#include "read/epub.h"

#include <algorithm>
#include <map>
#include <set>

#include "read/finish.h"
#include "read/html_to_markdown.h"
#include "read/ooxml.h"

namespace openbook::read {
namespace {

class EpubReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override;
};

struct Book {
  Xml package;
  std::vector<std::string> chapters;  ///< Names of parts, in reading order.
};

/// "chapter%201.xhtml#start" → "chapter 1.xhtml".
std::string decoded_path(std::string_view uri) {
  uri = uri.substr(0, uri.find('#'));
  std::string path;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size() && digit(uri[i + 1]) >= 0 && digit(uri[i + 2]) >= 0) {
      path += static_cast<char>(digit(uri[i + 1]) * 16 + digit(uri[i + 2]));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

Result<std::string> package_part(ZipArchive& archive) {
  if (const Result<std::string> bytes = archive.read("META-INF/container.xml")) {
    if (const Result<Xml> container = parse_xml(*bytes, "META-INF/container.xml")) {
      const std::string path = decoded_path(attribute(descendant(container->root(), "rootfile"), "full-path"));
      if (archive.contains(path)) return path;
    }
  }
  for (const std::string& name : archive.names())
    if (name.ends_with(".opf")) return name;  // The container file is damaged or missing.
  return fail(Code::Corrupt, "the archive has no package file (.opf); it is damaged or no EPUB");
}

/// Books under DRM name their chapters here; obfuscated fonts do not matter.
bool is_locked(ZipArchive& archive, const std::vector<std::string>& chapters) {
  const Result<std::string> bytes = archive.read("META-INF/encryption.xml");
  if (!bytes) return false;
  const Result<Xml> xml = parse_xml(*bytes, "META-INF/encryption.xml");
  if (!xml) return false;
  for (const XmlNode data : xml->root().children()) {
    const std::string path =
        resolved_part_name("", decoded_path(attribute(descendant(data, "CipherReference"), "URI")));
    if (std::find(chapters.begin(), chapters.end(), path) != chapters.end()) return true;
  }
  return false;
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const bool begins = at == 0 || words[at - 1] == ' ';
    const std::size_t end = at + word.size();
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

struct Item {
  std::string part;
  std::string_view media_type;
  bool is_contents = false;
};

/// Files that the guide of EPUB 2 calls the table of contents.
std::set<std::string> contents_pages(XmlNode package, const std::string& base) {
  std::set<std::string> pages;
  for (const XmlNode reference : child(package, "guide").children())
    if (attribute(reference, "type") == "toc")
      pages.insert(resolved_part_name(base, decoded_path(attribute(reference, "href"))));
  return pages;
}

Result<Book> open_book(ZipArchive& archive) {
  OB_TRY(const std::string base, package_part(archive));
  OB_TRY(std::string bytes, archive.read(base));
  OB_TRY(Xml xml, parse_xml(std::move(bytes), base));
  Book book{std::move(xml), {}};
  const XmlNode root = book.package.root();
  std::map<std::string, Item, std::less<>> items;
  for (const XmlNode node : child(root, "manifest").children())
    items[std::string(attribute(node, "id"))] = {resolved_part_name(base, decoded_path(attribute(node, "href"))),
                                                 attribute(node, "media-type"),
                                                 has_word(attribute(node, "properties"), "nav")};
  std::vector<std::string> contents;
  const std::set<std::string> guide = contents_pages(root, base);
  std::set<std::string> seen;
  for (const XmlNode reference : child(root, "spine").children()) {
    const auto item = items.find(attribute(reference, "idref"));
    if (item == items.end() || item->second.media_type.starts_with("image/")) continue;
    const std::string& part = item->second.part;
    if (!seen.insert(part).second) continue;
    const bool skipped = item->second.is_contents || (guide.contains(part) && guide.size() == 1);
    (skipped ? contents : book.chapters).push_back(part);
  }
  if (book.chapters.empty()) book.chapters = contents;  // A book that is nothing but its contents.
  if (book.chapters.empty()) return fail(Code::Corrupt, "the book's spine names no chapter; the file is damaged");
  return book;
}

void read_metadata(XmlNode metadata, book::Document& document) {
  constexpr std::pair<std::string_view, const char*> kNames[] = {
      {"title", "title"}, {"creator", "author"},          {"language", "language"},     {"publisher", "publisher"},
      {"date", "date"},   {"description", "description"}, {"identifier", "identifier"}, {"subject", "subject"}};
  for (const auto& [element, name] : kNames) {
    for (const XmlNode node : metadata.children()) {
      const std::string text = clean_text(text_of(node));
      if (!is(node, element) || trimmed(text).empty()) continue;
      std::string& value = document.metadata[name];
      const bool many = element == "creator" || element == "subject";
      if (value.empty()) {
        value = trimmed(text);
      } else if (many) {
        value += "; " + std::string(trimmed(text));
      }
    }
  }
  if (const auto title = document.metadata.find("title"); title != document.metadata.end())
    document.title = title->second;
}

Status EpubReader::read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const {
  OB_TRY(ZipArchive archive, ZipArchive::open(blob.bytes));
  OB_TRY(const Book book, open_book(archive));
  if (is_locked(archive, book.chapters))
    return fail(Code::Unsupported, "the book is locked by DRM; only an unlocked EPUB can be read");
  book::Document document = begin_document(blob);
  read_metadata(child(book.package.root(), "metadata"), document);
  std::size_t read_count = 0;
  for (const std::string& part : book.chapters) {
    const Result<std::string> html = archive.read(part);
    if (!html) {
      if (html.error().code == Code::OverLimit) return fail(html.error());
      document.notes.push_back("chapter " + part + " was not read: " + html.error().message);
      continue;
    }
    HtmlOptions options;
    options.main_content_only = false;
    options.keep_lines = false;
    options.part = document.source.part_number(part);
    const Status status = append_html_as_markdown(*html, options, document);
    if (!status) document.notes.push_back("chapter " + part + " was not read: " + status.error().message);
    read_count += status.has_value();
  }
  if (read_count == 0)
    return fail(Code::Corrupt, "none of the book's " + std::to_string(book.chapters.size()) +
                                   " chapters can be read; the file is damaged: fetch it again");
  if (archive.is_salvaged())
    document.notes.push_back("the ZIP archive has lost its directory; what stands before the damage was read");
  finish_document(blob, "epub", document);
  return sink(std::move(document));
}

}  // namespace

std::unique_ptr<Reader> make_epub_reader() {
  return std::make_unique<EpubReader>();
}

bool sniff_epub(std::string_view head) {
  return head.starts_with("PK\x03\x04") && head.find("application/epub+zip") != std::string_view::npos;
}

}  // namespace openbook::read
