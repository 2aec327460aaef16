#include "read/image.h"

#include <algorithm>
#include <cctype>

#include "read/finish.h"
#include "read/layout.h"
#include "read/ocr.h"
#include "read/ocr_layout.h"

namespace openbook::read {

namespace {

constexpr float kPixelsArePoints = 72;

class ImageReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions& options, const DocumentSink& sink) const override {
    if (!sniff_image(blob.bytes.substr(0, 4096)))
      return fail(Code::Corrupt,
                  "the file is not a picture that can be read: PNG, JPEG, TIFF, BMP, WebP, PNM and GIF are");
    if (options.ocr == nullptr)
      return fail(Code::Unsupported,
                  "a picture is read by recognising its text; install the packages tesseract-ocr and "
                  "tesseract-ocr-chi-sim");
    OB_TRY(const std::vector<OcrWord> words, options.ocr->recognise(blob.bytes));
    book::Document document = begin_document(blob);
    write_pages(pages_of(words), {}, document);
    document.notes.push_back(words.empty() ? "no text was found in the picture"
                                           : "the text was recognised from a picture and may hold errors");
    finish_document(blob, "image", document);
    return sink(std::move(document));
  }

 private:
  static std::vector<PageLayout> pages_of(const std::vector<OcrWord>& words) {
    std::vector<PageLayout> pages;
    for (auto begin = words.begin(); begin != words.end();) {
      const auto end = std::find_if(begin, words.end(), [&](const OcrWord& word) { return word.page != begin->page; });
      float width = 0, height = 0;
      for (auto word = begin; word != end; ++word) {
        width = std::max(width, word->box.x1);
        height = std::max(height, word->box.y1);
      }
      pages.push_back(lay_out_recognised({begin, end}, static_cast<std::uint32_t>(begin->page) + 1, width, height,
                                         kPixelsArePoints));
      begin = end;
    }
    return pages;
  }
};

}  // namespace

bool sniff_image(std::string_view head) {
  using std::literals::string_view_literals::operator""sv;
  for (const std::string_view mark :
       {"\x89PNG\r\n\x1A\n"sv, "\xFF\xD8\xFF"sv, "II*\0"sv, "MM\0*"sv, "GIF87a"sv, "GIF89a"sv})
    if (head.starts_with(mark)) return true;
  if (head.size() >= 12 && head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") return true;
  if (head.size() >= 26 && head.starts_with("BM")) return head.substr(6, 4) == "\0\0\0\0"sv;  // Reserved: zero.
  return head.size() >= 8 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' &&
         std::isspace(static_cast<unsigned char>(head[2])) != 0 &&
         (std::isdigit(static_cast<unsigned char>(head[3])) != 0 || head[3] == '#');
}

std::unique_ptr<Reader> make_image_reader() {
  return std::make_unique<ImageReader>();
}

}  // namespace openbook::read
