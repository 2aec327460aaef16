#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "book/source_map.h"

/// The seam "Ocr": a picture of a page → words with boxes. Readers get one passed in (ReadOptions::ocr) and never run a
/// program themselves: in the child process it is a proxy that asks the parent through the pipe.
namespace openbook::read {

/// One word as recognised. Words come in reading order; `block`, `paragraph` and `line` count from 0 and together name
/// the line that a word stands on.
struct OcrWord {
  std::string text;  ///< UTF-8.
  book::Box box;     ///< Pixels of the picture, origin top left.
  int block = 0;
  int paragraph = 0;
  int line = 0;
  float confidence = 0;  ///< 0 to 100.
  int page = 0;          ///< From 0: a TIFF may hold several.
  bool operator==(const OcrWord&) const = default;
};

class Ocr {
 public:
  virtual ~Ocr() = default;
  /// Recognises one picture: PNG, PNM, JPEG, TIFF, BMP, WebP or GIF bytes. No words is a valid result. Safe
  /// concurrently. Errors: Unsupported (no recogniser installed; the message names the package), Corrupt (not a
  /// picture), OverLimit (time).
  virtual Result<std::vector<OcrWord>> recognise(std::string_view image_bytes) const = 0;
};

/// Frame of one page's words for the pipe between the reader process and the program, and back. Damaged bytes are
/// Corrupt.
std::string encode(const std::vector<OcrWord>& words);
Result<std::vector<OcrWord>> decode_ocr_words(std::string_view bytes);

}  // namespace openbook::read
