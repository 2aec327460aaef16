#include "read/registry.h"

#include <algorithm>
#include <string>

#include "read/csv.h"
#include "read/docx.h"
#include "read/eml.h"
#include "read/epub.h"
#include "read/html.h"
#include "read/image.h"
#include "read/json.h"
#include "read/markdown.h"
#include "read/pdf_sniff.h"
#include "read/plain.h"
#include "read/pptx.h"
#include "read/xlsx.h"

namespace openbook::read {
namespace {

constexpr const char* kProgram = "openbook-reader";
constexpr const char* kPdf[] = {"pdf"};
constexpr const char* kDocx[] = {"docx", "docm", "dotx", "dotm"};
constexpr const char* kXlsx[] = {"xlsx", "xlsm", "xltx", "xltm"};
constexpr const char* kPptx[] = {"pptx", "pptm", "ppsx", "potx"};
constexpr const char* kEpub[] = {"epub"};
constexpr const char* kImage[] = {"png",  "jpg", "jpeg", "tif", "tiff", "bmp",
                                  "webp", "gif", "pnm",  "pbm", "pgm",  "ppm"};
constexpr const char* kHtml[] = {"html", "htm", "xhtml", "xht", "shtml"};
constexpr const char* kMarkdown[] = {"md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd"};
constexpr const char* kJson[] = {"json", "jsonl", "ndjson", "gz"};
constexpr const char* kEml[] = {"eml", "mht", "mhtml"};
constexpr const char* kCsv[] = {"csv", "tsv", "tab"};
constexpr const char* kPlain[] = {"txt", "text", "log", "rst", "adoc", "asciidoc", "org", "tex", "srt", "vtt"};

// Contents are recognised in this order: the marks that cannot be mistaken first, plain text before its dialects, which
// need their name to be known.
constexpr ReaderEntry kReaders[] = {
    {"pdf", kPdf, sniff_pdf, nullptr, "openbook-reader-pdf"},
    {"docx", kDocx, sniff_docx, make_docx_reader, kProgram},
    {"xlsx", kXlsx, sniff_xlsx, make_xlsx_reader, kProgram},
    {"pptx", kPptx, sniff_pptx, make_pptx_reader, kProgram},
    {"epub", kEpub, sniff_epub, make_epub_reader, kProgram},
    {"image", kImage, sniff_image, make_image_reader, kProgram},
    {"html", kHtml, sniff_html, make_html_reader, kProgram},
    {"json", kJson, sniff_json, make_json_reader, kProgram},
    {"eml", {}, sniff_eml, make_eml_reader, kProgram},
    {"plain", kPlain, sniff_plain, make_plain_reader, kProgram},
    {"markdown", kMarkdown, sniff_plain, make_markdown_reader, kProgram},
    {"csv", kCsv, sniff_plain, make_csv_reader, kProgram},
    {"eml", kEml, sniff_plain, make_eml_reader, kProgram},  // Mail that only its name tells.
};

struct MediaType {
  std::string_view type;
  std::string_view extension;
};

// text/plain and application/octet-stream say nothing: servers send them for whatever they do not know.
constexpr MediaType kMediaTypes[] = {
    {"application/pdf", "pdf"},
    {"text/html", "html"},
    {"application/xhtml+xml", "html"},
    {"text/markdown", "md"},
    {"text/x-markdown", "md"},
    {"text/csv", "csv"},
    {"text/tab-separated-values", "tsv"},
    {"application/json", "json"},
    {"application/jsonl", "jsonl"},
    {"application/x-ndjson", "jsonl"},
    {"message/rfc822", "eml"},
    {"application/epub+zip", "epub"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
    {"image/png", "png"},
    {"image/jpeg", "jpg"},
    {"image/tiff", "tif"},
    {"image/webp", "webp"},
};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// "b.tar.gz" → "gz"; empty when the name has none.
std::string extension_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string() : lower_case(name.substr(dot + 1));
}

std::string_view extension_of_media_type(std::string_view media_type) {
  const std::string type = lower_case(media_type.substr(0, media_type.find_first_of("; ")));
  for (const MediaType& known : kMediaTypes) {
    if (known.type == type) return known.extension;
  }
  return {};
}

const ReaderEntry* named(std::span<const ReaderEntry> entries, std::string_view extension) {
  if (extension.empty()) return nullptr;
  for (const ReaderEntry& entry : entries) {
    if (std::ranges::find(entry.extensions, extension) != entry.extensions.end()) return &entry;
  }
  return nullptr;
}

struct Signature {
  std::string_view magic;
  const char* what;
};

// What people try that no reader knows, with what to do where that is simple.
constexpr Signature kSignatures[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
     "an Office file of the old kind (.doc, .xls, .ppt, .msg); save it as .docx, .xlsx or .pptx"},
    {"{\\rtf", "an RTF file; save it as .docx"},
    {"PK\x03\x04", "a zip archive of a kind that it does not know; unpack it and add the folder"},
    {"\x1F\x8B", "a gzip archive; unpack it first"},
    {"BZh", "a bzip2 archive; unpack it first"},
    {"\xFD"
     "7zXZ",
     "an xz archive; unpack it first"},
    {"\x28\xB5\x2F\xFD", "a zstd archive; unpack it first"},
    {"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it first"},
    {"Rar!", "a RAR archive; unpack it first"},
    {"%!PS", "a PostScript file; convert it with ps2pdf"},
    {"AT&TFORM", "a DjVu file; convert it to PDF"},
    {"SQLite format 3", "an SQLite database; export its tables as CSV"},
    {"\x7F"
     "ELF",
     "a program"},
    {"MZ", "a Windows program"},
    {"ID3", "a sound file"},
    {"OggS", "a sound file"},
    {"RIFF", "a sound or film file"},
};

}  // namespace

std::span<const ReaderEntry> readers() {
  return kReaders;
}

const ReaderEntry* entry_for(std::span<const ReaderEntry> entries, std::string_view name, std::string_view head,
                             std::string_view media_type) {
  const ReaderEntry* const by_type = named(entries, extension_of_media_type(media_type));
  const ReaderEntry* const by_name = named(entries, extension_of(name));
  const ReaderEntry* const fallback = by_type != nullptr ? by_type : by_name;
  if (head.empty() && fallback != nullptr) return fallback;
  for (const ReaderEntry* const entry : {by_type, by_name}) {
    if (entry != nullptr && (entry->sniff == nullptr || entry->sniff(head))) return entry;
  }
  for (const ReaderEntry& entry : entries) {
    if (entry.sniff != nullptr && entry.sniff(head)) return &entry;
  }
  return fallback;
}

Error unsupported_type(std::string_view name, std::string_view head) {
  std::string what = "binary data of a kind that it does not know";
  if (head.empty()) what = "an empty file, and its name does not tell its type";
  for (const Signature& known : kSignatures) {
    if (head.starts_with(known.magic)) what = known.what;
  }
  const std::string extension = extension_of(name);
  return {Code::Unsupported,
          "openbook cannot read this" + (extension.empty() ? std::string() : " ." + extension + " file") + ": it is " +
              what,
          {}};
}

}  // namespace openbook::read
