#include "bad_files.h"

#include <filesystem>
#include <random>

#include "support/temp_folder.h"
#include "support/zip_writer.h"

namespace openbook::e2e {

namespace {

const std::filesystem::path kSources = OPENBOOK_SOURCE_DIR;

constexpr const char* kContentTypes =
    R"(<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
    R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
    R"(<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" )"
    R"(ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)";
constexpr const char* kRelations =
    R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" )"
    R"(Target="word/document.xml"/></Relationships>)";
constexpr const char* kWordBegin =
    R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>)";
constexpr const char* kWordEnd = "</w:t></w:r></w:p></w:body></w:document>";

std::string repeated(const std::string& text, int times) {
  std::string out;
  out.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

ZipWriter word_file() {
  ZipWriter zip;
  zip.add("[Content_Types].xml", kContentTypes);
  zip.add("_rels/.rels", kRelations);
  return zip;
}

std::string word_with(const std::string& xml) {
  ZipWriter zip = word_file();
  zip.add("word/document.xml", xml);
  return zip.finish();
}

/// 3,000 MiB of "x" in some 3 MB.
std::string word_bomb() {
  ZipWriter zip = word_file();
  zip.add_bomb("word/document.xml", kWordBegin, 'x', 3000, kWordEnd);
  return zip.finish();
}

std::string workbook_bomb() {
  ZipWriter zip;
  zip.add("[Content_Types].xml", kContentTypes);
  zip.add("xl/workbook.xml", R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
                             R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>)"
                             R"(<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>)");
  zip.add(
      "xl/_rels/workbook.xml.rels",
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" )"
      R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" )"
      R"(Target="worksheets/sheet1.xml"/></Relationships>)");
  zip.add_bomb("xl/worksheets/sheet1.xml",
               R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">)"
               R"(<c r="A1" t="inlineStr"><is><t>)",
               'x', 3000, "</t></is></c></row></sheetData></worksheet>");
  return zip.finish();
}

std::string epub_bomb() {
  ZipWriter zip;
  zip.add("mimetype", "application/epub+zip");
  zip.add("META-INF/container.xml",
          R"(<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile )"
          R"(full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>)");
  zip.add(
      "book.opf",
      R"(<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest><item id="a" href="a.xhtml" )"
      R"(media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>)");
  zip.add_bomb("a.xhtml", "<html><body><p>", 'x', 3000, "</p></body></html>");
  return zip.finish();
}

/// Ten levels of ten: 10^10 "lol" if anybody expands them.
std::string billion_laughs() {
  std::string entities = R"(<!ENTITY a0 "lol">)";
  for (int i = 1; i < 10; ++i) {
    const std::string below = "&a" + std::to_string(i - 1) + ";";
    entities += "<!ENTITY a" + std::to_string(i) + " \"" + repeated(below, 10) + "\">";
  }
  return R"(<?xml version="1.0"?><!DOCTYPE w:document [)" + entities + "]>" + kWordBegin + "&a9;" + kWordEnd;
}

/// A PDF of the given objects (numbered from 1; the first is the catalogue) with a right cross-reference table.
std::string pdf_of(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string offset = std::to_string(pdf.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string count = std::to_string(objects.size() + 1);
  return pdf + "xref\n0 " + count + "\n" + table + "trailer\n<< /Size " + count + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(pdf.size()) + "\n%%EOF\n";
}

std::string page_tree_loop() {
  return pdf_of(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R 2 0 R] /Count 1000000000 >>"});
}

/// Each level names the one below ten times: 10^9 pages in a few hundred bytes.
std::string page_tree_bomb() {
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>"};
  for (int level = 0; level < 9; ++level) {
    const std::string below = std::to_string(level + 3) + " 0 R ";
    objects.push_back("<< /Type /Pages /Count 1" + std::string(static_cast<std::size_t>(9 - level), '0') + " /Kids [" +
                      repeated(below, 10) + "] >>");
  }
  objects.push_back("<< /Type /Page /MediaBox [0 0 10 10] >>");
  return pdf_of(objects);
}

std::string noise(std::size_t size) {
  std::mt19937_64 random(5);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

}  // namespace

std::vector<BadFile> bad_files() {
  const std::string guide = read_file(kSources / "examples/library/safety-guide.docx");
  const std::string manual = read_file(kSources / "examples/library/juniper-manual.pdf");
  const std::string deep = repeated("<w:p>", 300'000) + repeated("</w:p>", 300'000);
  return {
      {"empty.txt", "", Fate::Noted},
      {"empty.pdf", "", Fate::Refused},
      {"empty.docx", "", Fate::Noted},
      {"no-pages.pdf", pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"}),
       Fate::Refused},
      {"page-tree-loop.pdf", page_tree_loop(), Fate::Refused},
      {"page-tree-bomb.pdf", page_tree_bomb(), Fate::Refused},
      {"encrypted.pdf", read_file(kSources / "tests/data/encrypted.pdf"), Fate::Refused},
      {"truncated.pdf", manual.substr(0, manual.size() / 2), Fate::EitherWay},
      {"truncated.docx", guide.substr(0, guide.size() / 2), Fate::Noted},
      {"not-a-zip.docx", "This is no archive.\n", Fate::EitherWay},
      {"no-document.docx", word_file().finish(), Fate::Refused},
      {"bomb.docx", word_bomb(), Fate::Refused},
      {"bomb.xlsx", workbook_bomb(), Fate::Refused},
      {"bomb.epub", epub_bomb(), Fate::Refused},
      {"laughs.docx", word_with(billion_laughs()), Fate::EitherWay},
      {"deep.docx", word_with(std::string(kWordBegin) + deep + kWordEnd), Fate::EitherWay},
      {"deep.html", "<p>Deep.</p>" + repeated("<div>", 300'000), Fate::EitherWay},
      {"deep.json", repeated("[", 1'000'000), Fate::Refused},
      {"deep.md", repeated("> ", 100'000) + "deep\n", Fate::EitherWay},
      {"nested.eml",
       "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" +
           repeated("--b\nContent-Type: multipart/mixed; boundary=b\n\n", 50'000),
       Fate::EitherWay},
      {"noise.bin", noise(100'000), Fate::EitherWay},
      {"noise.pdf", "%PDF-1.7\n" + noise(100'000), Fate::Refused},
      {"invalid-utf8.md", "# Broken bytes\n\nThe kettle \xc3\x28 boils \xf0\x9f at ninety-one degrees.\n", Fate::Read},
      {"surrogate.txt", "The halyard \xed\xa0\x80 is blue.\n", Fate::Read},
  };
}

}  // namespace openbook::e2e
