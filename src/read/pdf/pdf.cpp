#include "read/pdf/pdf.h"

#include <GlobalParams.h>

#include <algorithm>
#include <cmath>

#include "read/layout.h"
#include "read/ocr.h"
#include "read/ocr_layout.h"
#include "read/pdf/page_device.h"
#include "read/pdf/pdf_file.h"
#include "text/language.h"

namespace openbook::read {

namespace {

constexpr float kPictureShare = 0.4F;    ///< Of a page: a picture this large beside little text is a scan.
constexpr std::size_t kLittleText = 40;  ///< Glyphs.
constexpr float kUsualDpi = 300;
constexpr float kSure = 65;  ///< Of 100: mean confidence of a page that is the right way up.

void ignore_message(ErrorCategory, Goffset, const char*) {}

void share_settings() {
  if (globalParams) return;
  globalParams = std::make_unique<GlobalParams>();
  setErrorCallback(&ignore_message);
}

// Numbers of pages as a person writes them: "3, 5-9".
std::string page_list(const std::vector<int>& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t j = i;
    while (j + 1 < pages.size() && pages[j + 1] == pages[j] + 1) ++j;
    if (!text.empty()) text += ", ";
    text += std::to_string(pages[i]);
    if (j > i) text += "-" + std::to_string(pages[j]);
    i = j + 1;
  }
  return (pages.size() == 1 ? "page " : "pages ") + text;
}

class PdfRun {
 public:
  PdfRun(PDFDoc& pdf, const ReadOptions& options) : pdf_(pdf), options_(options) {}

  void read_page(int number) {
    Page* page = pdf_.getPage(number);
    if (page == nullptr || !page->isOk()) {
      broken_.push_back(number);
      return;
    }
    pdf_.displayPage(&device_, number, 72, 72, 0, false, true, false);
    PageContent content = device_.take();
    content.number = static_cast<std::uint32_t>(number);
    if (!is_scan(content) || !recognise(number, content.width, content.height)) pages_.push_back(lay_out(content));
  }

  book::Document finish(const book::Blob& blob) {
    book::Document document;
    document.uri = blob.uri;
    document.format = "pdf";
    add_metadata(pdf_, document);
    const std::string heading = write_pages(std::move(pages_), outline_of(pdf_), document);
    if (document.title.empty()) document.title = heading;
    document.language = text::language_of(document.markdown);
    add_notes(document);
    return document;
  }

 private:
  bool is_scan(const PageContent& content) const {
    std::size_t letters = 0;
    for (const Glyph& glyph : content.glyphs) letters += glyph.character > 0x20;
    if (letters < kLittleText && device_.image_share() >= kPictureShare) return true;
    // A text layer without a key to its letters.
    std::size_t unknown = device_.unmapped();
    for (const Glyph& glyph : content.glyphs)
      unknown += glyph.character == 0xFFFD || (glyph.character >= 0xE000 && glyph.character <= 0xF8FF) ||
                 glyph.character < 0x20;
    return unknown > 20 && unknown * 2 > letters;
  }

  // A scan's words, the page being drawn with each side up in turn until the recogniser is sure of what it sees.
  bool recognise(int number, float width, float height) {
    if (options_.ocr == nullptr) {
      unread_.push_back(number);
      return false;
    }
    const float found = device_.image_dpi();
    const float dpi = found > 0 ? std::clamp(found, 150.0F, kUsualDpi) : kUsualDpi;
    std::vector<OcrWord> best;
    float best_confidence = 0, best_dpi = dpi;
    int best_turn = 0;
    for (const int turn : {0, 2, 1, 3}) {
      const PagePicture picture = draw_page(pdf_, number, dpi, turn);
      if (picture.bytes.empty()) break;
      auto words = options_.ocr->recognise(picture.bytes);
      if (!words) {
        if (ocr_error_.empty()) ocr_error_ = words.error().message;
        unread_.push_back(number);
        return false;
      }
      const float confidence = mean_confidence(*words);
      if (confidence > best_confidence) {
        best = std::move(*words);
        best_confidence = confidence;
        best_turn = turn;
        best_dpi = picture.dpi;
      }
      if (best_confidence >= kSure) break;
    }
    if (best.empty()) return false;
    pages_.push_back(lay_out_recognised(best, static_cast<std::uint32_t>(number), width, height, best_dpi, best_turn));
    recognised_.push_back(number);
    return true;
  }

  void add_notes(book::Document& document) const {
    if (!broken_.empty())
      document.notes.push_back(page_list(broken_) + " could not be read: the file is damaged there");
    if (!recognised_.empty())
      document.notes.push_back(page_list(recognised_) + (recognised_.size() == 1 ? " has" : " have") +
                               " no text layer; the text was recognised from the picture and may hold errors");
    if (!unread_.empty())
      document.notes.push_back(page_list(unread_) + (unread_.size() == 1 ? " has" : " have") + " no text layer and " +
                               (unread_.size() == 1 ? "was" : "were") + " not read: " +
                               (ocr_error_.empty()
                                    ? "install tesseract-ocr and tesseract-ocr-chi-sim to have scans recognised"
                                    : ocr_error_));
  }

  PDFDoc& pdf_;
  const ReadOptions& options_;
  PageDevice device_;
  std::vector<PageLayout> pages_;
  std::vector<int> broken_, unread_, recognised_;
  std::string ocr_error_;
};

class PdfReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override {
    share_settings();
    if (blob.bytes.empty()) return fail(Code::Corrupt, "the file is empty; a PDF begins with %PDF-");
    OB_TRY(const std::unique_ptr<PDFDoc> pdf, open_pdf(blob.bytes, options));
    const int count = pdf->getNumPages();
    if (count <= 0) return fail(Code::Corrupt, "the PDF has no pages");
    if (static_cast<std::uint32_t>(count) > options.max_pages)
      return fail(Code::OverLimit, "the PDF has " + std::to_string(count) + " pages, the limit is " +
                                       std::to_string(options.max_pages) + "; split the file");
    PdfRun run(*pdf, options);
    for (int page = 1; page <= count; ++page) run.read_page(page);
    return sink(run.finish(blob));
  }
};

}  // namespace

std::unique_ptr<Reader> make_pdf_reader() {
  return std::make_unique<PdfReader>();
}

void warm_up_pdf() {
  share_settings();
}

}  // namespace openbook::read
