#include "read/pdf/pdf.h"

#include <gtest/gtest.h>

#include "read/ocr.h"

namespace openbook::read {
namespace {

// Writes small PDF files (ISO 32000-1): objects in order, a cross-reference table, a trailer.
class TinyPdf {
 public:
  // A page whose content stream is given; 612 by 792 points, font /F1 is Helvetica, /F2 Helvetica-Bold.
  void page(const std::string& content, const std::string& more = "") { pages_.push_back({content, more}); }
  void trailer(const std::string& entries) { trailer_ += entries; }

  std::string bytes() const {
    std::vector<std::string> objects;
    std::string kids;
    const std::size_t first = 5;
    for (std::size_t i = 0; i < pages_.size(); ++i) kids += std::to_string(first + 2 * i) + " 0 R ";
    objects.push_back("<< /Type /Catalog /Pages 2 0 R >>");
    objects.push_back("<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages_.size()) + " >>");
    objects.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    objects.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
    for (const auto& [content, more] : pages_) {
      objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] " + more +
                        " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents " +
                        std::to_string(objects.size() + 2) + " 0 R >>");
      objects.push_back("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
    }
    std::string out = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
      char line[24];
      std::snprintf(line, sizeof line, "%010zu 00000 n \n", out.size());
      table += line;
      out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t at = out.size();
    out += "xref\n0 " + std::to_string(objects.size() + 1) + "\n" + table + "trailer\n<< /Root 1 0 R /Size " +
           std::to_string(objects.size() + 1) + " " + trailer_ + " >>\nstartxref\n" + std::to_string(at) + "\n%%EOF\n";
    return out;
  }

 private:
  std::vector<std::pair<std::string, std::string>> pages_;
  std::string trailer_;
};

std::string show(float x, float y, const std::string& text, float size = 10, const std::string& font = "F1") {
  return "BT /" + font + " " + std::to_string(size) + " Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" +
         text + ") Tj ET\n";
}

Result<book::Document> read_pdf(const std::string& bytes, const ReadOptions& options = {}) {
  book::Document found;
  const book::Blob blob{"/t.pdf", "t.pdf", "", bytes};
  const Status status = make_pdf_reader()->read(blob, options, [&](book::Document document) -> Status {
    found = std::move(document);
    return {};
  });
  if (!status) return fail(status.error());
  return found;
}

TEST(PdfReader, GivesTextWithPagesAndBoxes) {
  TinyPdf pdf;
  pdf.page(show(72, 700, "Bees and flowers", 20, "F2") + show(72, 660, "A bee visits about a hundred flowers a trip."));
  pdf.page(show(72, 700, "On the second page stands this sentence."));
  const auto document = read_pdf(pdf.bytes());
  ASSERT_TRUE(document.has_value()) << document.error().text();
  EXPECT_EQ(document->markdown,
            "# Bees and flowers\n\nA bee visits about a hundred flowers a trip.\n\n"
            "On the second page stands this sentence.\n");
  EXPECT_EQ(document->title, "Bees and flowers");
  EXPECT_EQ(document->language, "en");
  ASSERT_EQ(document->source.spans.size(), 3U);
  const book::SourceSpan& last = document->source.spans[2];
  EXPECT_EQ(last.page, 2U);
  EXPECT_NEAR(last.box.x0, 72, 1);
  EXPECT_NEAR(last.box.y1, 792 - 700 + 2.1, 1.5);
}

TEST(PdfReader, KeepsCharactersOutThatMarkdownWouldTakeForMarks) {
  TinyPdf pdf;
  pdf.page(show(72, 700, "# no heading and *no* emphasis"));
  const auto document = read_pdf(pdf.bytes());
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->markdown, "\\# no heading and \\*no\\* emphasis\n");
}

TEST(PdfReader, ReadsTurnedPagesUpright) {
  for (const char* turn : {"/Rotate 90", "/Rotate 180", "/Rotate 270"}) {
    TinyPdf pdf;
    pdf.page(show(72, 700, "first line of the page") + show(72, 688, "second line of the page"), turn);
    const auto document = read_pdf(pdf.bytes());
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->markdown, "first line of the page second line of the page\n") << turn;
  }
}

TEST(PdfReader, ReadsWhatStandsInTwoColumnsColumnByColumn) {
  std::string content;
  for (int i = 0; i < 6; ++i) {
    content += show(60, 700 - 12.0F * static_cast<float>(i),
                    "left column line " + std::to_string(i) + " goes on without an end");
    content += show(330, 700 - 12.0F * static_cast<float>(i),
                    "right column line " + std::to_string(i) + " goes on without end");
  }
  TinyPdf pdf;
  pdf.page(content);
  const auto document = read_pdf(pdf.bytes());
  ASSERT_TRUE(document.has_value());
  EXPECT_LT(document->markdown.find("left column line 5"), document->markdown.find("right column line 0"))
      << document->markdown;
}

TEST(PdfReader, DrawnLinesMakeTables) {
  std::string content = "1 w\n";
  for (const char* y : {"600", "620", "640", "660"}) content += std::string("50 ") + y + " m 350 " + y + " l S\n";
  for (const char* x : {"50", "200", "350"}) content += std::string(x) + " 600 m " + x + " 660 l S\n";
  content += show(55, 645, "Metal") + show(205, 645, "Melts at") + show(55, 625, "Tin") + show(205, 625, "232 C") +
             show(55, 605, "Lead") + show(205, 605, "327 C");
  TinyPdf pdf;
  pdf.page(content);
  const auto document = read_pdf(pdf.bytes());
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->markdown, "| Metal | Melts at |\n| --- | --- |\n| Tin | 232 C |\n| Lead | 327 C |\n");
}

TEST(PdfReader, AFileWithoutPagesIsCorrupt) {
  const auto document = read_pdf(TinyPdf().bytes());
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().code, Code::Corrupt);
}

TEST(PdfReader, AnEncryptedFileAsksForThePassword) {
  TinyPdf pdf;
  pdf.page(show(72, 700, "secret"));
  const std::string hash(64, '7');
  pdf.trailer(
      "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard "
      "/V 1 /R 2 /Length 40 /P -4 /O <" +
      hash + "> /U <" + hash + "> >>");
  const auto without = read_pdf(pdf.bytes());
  ASSERT_FALSE(without.has_value());
  EXPECT_EQ(without.error().code, Code::Unsupported);
  EXPECT_NE(without.error().message.find("--password"), std::string::npos);
  ReadOptions options;
  options.password = "wrong";
  const auto wrong = read_pdf(pdf.bytes(), options);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, Code::Unsupported);
}

TEST(PdfReader, MorePagesThanAllowedAreOverTheLimit) {
  TinyPdf pdf;
  for (int i = 0; i < 5; ++i) pdf.page(show(72, 700, "x"));
  ReadOptions options;
  options.max_pages = 4;
  const auto document = read_pdf(pdf.bytes(), options);
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().code, Code::OverLimit);
  EXPECT_NE(document.error().message.find("5 pages"), std::string::npos);
}

TEST(PdfReader, EveryTruncationIsAnErrorOrADocument) {
  TinyPdf pdf;
  pdf.page(show(72, 700, "Some text that may be recovered."));
  const std::string whole = pdf.bytes();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const auto document = read_pdf(whole.substr(0, size));
    if (document) continue;
    EXPECT_TRUE(document.error().code == Code::Corrupt || document.error().code == Code::Unsupported) << size;
  }
}

TEST(PdfReader, RecoversAFileWhoseTableIsWrong) {
  TinyPdf pdf;
  pdf.page(show(72, 700, "Text behind a broken table."));
  std::string bytes = pdf.bytes();
  bytes.replace(bytes.find("startxref\n") + 10, 2, "99");
  const auto document = read_pdf(bytes);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->markdown, "Text behind a broken table.\n");
}

class FixedOcr final : public Ocr {
 public:
  Result<std::vector<OcrWord>> recognise(std::string_view picture) const override {
    EXPECT_TRUE(picture.starts_with("P5\n"));
    return std::vector<OcrWord>{{"Scanned", {100, 100, 220, 130}, 0, 0, 0, 95},
                                {"words", {230, 100, 300, 130}, 0, 0, 0, 95}};
  }
};

// A page covered by a picture of two by two dots.
std::string scan() {
  TinyPdf pdf;
  pdf.page("612 0 0 792 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI");
  return pdf.bytes();
}

TEST(PdfReader, AScannedPageIsRecognised) {
  const FixedOcr ocr;
  ReadOptions options;
  options.ocr = &ocr;
  const auto document = read_pdf(scan(), options);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->markdown, "Scanned words\n");
  ASSERT_EQ(document->source.spans.size(), 1U);
  EXPECT_NEAR(document->source.spans[0].box.x0, 100 * 72 / 150.0, 1);
  ASSERT_EQ(document->notes.size(), 1U);
}

TEST(PdfReader, AScannedPageWithoutARecogniserIsNoted) {
  const auto document = read_pdf(scan());
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->markdown, "");
  ASSERT_EQ(document->notes.size(), 1U);
  EXPECT_NE(document->notes[0].find("page 1 has no text layer"), std::string::npos);
  EXPECT_NE(document->notes[0].find("tesseract-ocr"), std::string::npos);
}

}  // namespace
}  // namespace openbook::read
