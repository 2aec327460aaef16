#include "read/epub.h"

#include "read/reader_testing.h"
#include "read/zip_testing.h"

namespace openbook::read {
namespace {

std::string page(const std::string& body) {
  return "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body>" + body + "</body></html>";
}

constexpr const char* kPackage =
    "<package xmlns='o' xmlns:dc='d'><metadata><dc:title>The "
    "Book</dc:title><dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator><dc:language>en</dc:language></metadata>"
    "<manifest><item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/><item id='b' "
    "href='text/two.xhtml' media-type='application/xhtml+xml'/>"
    "<item id='a' href='text/one%20a.xhtml' media-type='application/xhtml+xml'/><item id='m' href='missing.xhtml' "
    "media-type='application/xhtml+xml'/></manifest>"
    "<spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/><itemref idref='m'/></spine></package>";

std::string epub(ZipParts more = {}) {
  ZipParts parts = {{"mimetype", "application/epub+zip"},
                    {"META-INF/container.xml",
                     "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"},
                    {"OEBPS/book.opf", kPackage},
                    {"OEBPS/nav.xhtml", page("<nav><ol><li>One</li></ol></nav>")},
                    {"OEBPS/text/one a.xhtml", page("<h1>One</h1><p>First.</p>")},
                    {"OEBPS/text/two.xhtml", page("<h1>Two</h1><p>Second.</p>")}};
  parts.insert(parts.end(), more.begin(), more.end());
  return zip_of(parts);
}

TEST(Epub, ReadsTheSpineInOrderWithoutTheContents) {
  const book::Document document = read_one(*make_epub_reader(), epub(), "a.epub");
  EXPECT_EQ(document.markdown, "# One\n\nFirst.\n\n# Two\n\nSecond.\n");
  EXPECT_EQ(document.title, "The Book");
  EXPECT_EQ(document.metadata.at("author"), "Ann; Bo");
  const auto at = static_cast<std::uint32_t>(document.markdown.find("Second"));
  EXPECT_EQ(document.source.resolve({at, at + 6}).part, "OEBPS/text/two.xhtml");
  ASSERT_EQ(document.notes.size(), 1u);
  EXPECT_NE(document.notes[0].find("missing.xhtml"), std::string::npos);
}

TEST(Epub, RefusesLockedBooksAndForeignArchives) {
  const std::string locked =
      "<encryption><EncryptedData><CipherData><CipherReference "
      "URI='OEBPS/text/two.xhtml'/></CipherData></EncryptedData></encryption>";
  EXPECT_EQ(read_all(*make_epub_reader(), epub({{"META-INF/encryption.xml", locked}}), "a.epub").error().code,
            Code::Unsupported);
  EXPECT_EQ(read_all(*make_epub_reader(), zip_of({{"a", "b"}}), "a.epub").error().code, Code::Corrupt);
}

TEST(Epub, DefusesBombs) {
  const std::string package =
      "<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>";
  const std::string bytes = zip_of({{"a.opf", package}, {"a.xhtml", bomb_xml("<p>", "</p>")}});
  EXPECT_EQ(read_all(*make_epub_reader(), bytes, "a.epub").error().code, Code::OverLimit);
  const std::string laughing =
      zip_of({{"a.opf", laughing_xml("<package><metadata><title>", "</title></metadata></package>")}});
  EXPECT_EQ(read_all(*make_epub_reader(), laughing, "a.epub").error().code, Code::Corrupt);
}

TEST(Epub, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_epub_reader(), epub(), "a.epub");
}

}  // namespace
}  // namespace openbook::read
