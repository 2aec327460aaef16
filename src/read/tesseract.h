#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "read/ocr.h"

namespace openbook::read {

/// Recognition by the installed program `tesseract`, one process a picture, in English and simplified Chinese (what of
/// both is installed). Chinese pages, and pages on their side or upside down, are found out by tesseract itself.
/// About 2 to 8 seconds a page. Safe concurrently.
class TesseractOcr final : public Ocr {
 public:
  struct Options {
    std::string program = "tesseract";
    std::string languages;              ///< "eng+fra"; empty: those of eng and chi_sim that are installed.
    std::chrono::seconds timeout{120};  ///< For one picture.
    std::size_t memory_bytes = std::size_t{2} << 30;
  };
  TesseractOcr() : TesseractOcr(Options{}) {}
  explicit TesseractOcr(Options options);
  ~TesseractOcr() override;

  Result<std::vector<OcrWord>> recognise(std::string_view image_bytes) const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The words of tesseract's tab-separated output (levels, boxes, confidence, text); lines that are not words are left
/// out.
std::vector<OcrWord> words_of_tsv(std::string_view tsv);

}  // namespace openbook::read
