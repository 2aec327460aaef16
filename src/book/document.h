#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "book/source_map.h"

namespace openbook::book {

/// Bytes on their way into a reader. The view must outlive the call that gets it.
struct Blob {
  std::string uri;         ///< Absolute path, URL or "stdin:NAME".
  std::string name;        ///< File name with extension, which readers may use to choose.
  std::string media_type;  ///< From HTTP or a mail part, else empty.
  std::string_view bytes;
};

/// What a reader makes of a file: clean Markdown (CommonMark with GFM tables, UTF-8, NFC, "\n" line ends), and the map
/// back to where every stretch stood. A file may hold many documents (JSONL); each then has its own uri.
struct Document {
  std::string uri;
  std::string title;
  std::string language;  ///< BCP 47 primary tag of the main language: "en", "zh", "ja", "ko", …; "und" if unknown.
  std::string format;    ///< Name of the reader: "pdf", "docx", "markdown", …
  std::string markdown;
  SourceMap source;
  std::map<std::string, std::string> metadata;  ///< "author", "date", "encoding", …; what the format gives.
  std::vector<std::string> notes;  ///< What the reader could not read, told to the user: "page 3 is a scan; …".
};

/// One heading of a document's Markdown.
struct Heading {
  ByteRange range;  ///< The heading's whole line.
  int level = 1;    ///< 1 to 6.
  std::string text;
};

/// Frame of one document for the pipe between a reader process and the program, and back.
std::string encode(const Document& document);
Result<Document> decode_document(std::string_view bytes);

}  // namespace openbook::book
