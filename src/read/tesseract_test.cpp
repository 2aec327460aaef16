#include "read/tesseract.h"

#include <gtest/gtest.h>

#include "read/image.h"
#include "read/ocr_layout.h"

namespace openbook::read {
namespace {

TEST(TesseractOcr, NamesThePackagesWhenItIsNotInstalled) {
  TesseractOcr::Options options;
  options.program = "/nowhere/tesseract";
  const auto words = TesseractOcr(options).recognise("P5\n1 1\n255\nx");
  ASSERT_FALSE(words.has_value());
  EXPECT_EQ(words.error().code, Code::Unsupported);
  EXPECT_NE(words.error().message.find("tesseract-ocr-chi-sim"), std::string::npos);
}

TEST(TesseractOcr, ReadsItsTable) {
  const auto words = words_of_tsv(
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "4\t1\t1\t1\t1\t0\t5\t6\t70\t8\t-1\t\n5\t1\t1\t2\t3\t1\t5\t6\t70\t8\t96."
      "5\tHello\n5\t2\t1\t1\t1\t1\t5\t6\t7\t8\t10\t \nbroken\n");
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0], (OcrWord{"Hello", {5, 6, 75, 14}, 1, 2, 3, 96.5F, 0}));
}

class FixedOcr final : public Ocr {
 public:
  Result<std::vector<OcrWord>> recognise(std::string_view) const override {
    return std::vector<OcrWord>{{"中", {0, 0, 20, 20}, 0, 0, 0, 90},
                                {"文", {25, 0, 45, 20}, 0, 0, 0, 90},
                                {"text", {50, 0, 90, 20}, 0, 0, 0, 90},
                                {"below", {0, 30, 60, 50}, 0, 0, 1, 90},
                                {"~#", {0, 60, 60, 80}, 1, 0, 0, 3}};
  }
};

TEST(ImageReader, WritesWhatWasRecognisedAndLeavesDirtOut) {
  const FixedOcr ocr;
  ReadOptions options;
  options.ocr = &ocr;
  std::string markdown;
  const Status status = make_image_reader()->read({"/x.png", "x.png", "", "\x89PNG\r\n\x1A\n"}, options,
                                                  [&](book::Document document) -> Status {
                                                    markdown = document.markdown;
                                                    EXPECT_EQ(document.source.spans.size(), 1U);
                                                    EXPECT_EQ(document.source.spans[0].box, (book::Box{0, 0, 90, 50}));
                                                    return {};
                                                  });
  ASSERT_TRUE(status.has_value()) << status.error().text();
  EXPECT_EQ(markdown, "中文 text below\n");
}

TEST(ImageReader, WithoutARecogniserNamesThePackages) {
  const Status status = make_image_reader()->read({"/x.png", "x.png", "", "\x89PNG\r\n\x1A\n"}, {},
                                                  [](book::Document) { return Status{}; });
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, Code::Unsupported);
  EXPECT_NE(status.error().message.find("tesseract-ocr"), std::string::npos);
}

TEST(SniffImage, KnowsPicturesByTheirFirstBytes) {
  struct Case {
    std::string_view head;
    bool want;
  };
  using std::literals::string_view_literals::operator""sv;
  const Case cases[] = {{"\x89PNG\r\n\x1A\n...", true},
                        {"\xFF\xD8\xFF\xE0", true},
                        {"II*\0...."sv, true},
                        {"MM\0*...."sv, true},
                        {"GIF89a..", true},
                        {"RIFF....WEBPVP8 ", true},
                        {"RIFF....WAVEfmt ", false},
                        {"P5\n640 480\n255\n", true},
                        {"P.S. dear reader", false},
                        {"BMW builds motor cars in Munich", false},
                        {"", false}};
  for (const Case& c : cases) EXPECT_EQ(sniff_image(c.head), c.want) << c.head;
}

}  // namespace
}  // namespace openbook::read
