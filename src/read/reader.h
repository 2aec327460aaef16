#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "book/document.h"

/// The seam "Reader": bytes of one format → documents. A reader runs in a child process that holds nothing but its
/// input (src/read/process.h), so it may fail in any way; yet it should fail with an Error that tells a person why.
namespace openbook::read {

class Ocr;

/// Asked for by the user.
struct ReadOptions {
  std::string password;              ///< For encrypted PDF and OOXML.
  std::uint32_t max_pages = 20'000;  ///< Of a PDF; OverLimit above.
  const Ocr* ocr = nullptr;          ///< For scanned pages and pictures (read/ocr.h); null: none, and the notes say so.
};

/// Where documents go. A reader calls it once for each document of the file, in order, and stops at its first error.
using DocumentSink = std::function<Status(book::Document)>;

class Reader {
 public:
  virtual ~Reader() = default;
  /// Errors: Corrupt (damaged file), Unsupported (encrypted without password, unknown variant), OverLimit.
  virtual Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const = 0;
};

/// One row of the table in registry.cpp. All pointers are to static storage.
struct ReaderEntry {
  const char* name;                         ///< "docx": becomes Document::format.
  std::span<const char* const> extensions;  ///< Lower case, without dot.
  /// Does the content look like this format? `head` is the file's first 4,096 bytes (or all). Null: extension decides.
  bool (*sniff)(std::string_view head);
  std::unique_ptr<Reader> (*make)();  ///< Null: the format lives in another program, named by `program`.
  const char* program;                ///< "openbook-reader" or "openbook-reader-pdf".
};

}  // namespace openbook::read
