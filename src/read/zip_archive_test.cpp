#include "read/zip_archive.h"

#include "read/zip_testing.h"

namespace openbook::read {
namespace {

TEST(ZipArchive, FindsPartsWithoutRegardToCaseAndSlashes) {
  const std::string bytes = zip_of({{"Word\\Document.xml", "hello"}, {"a/b.txt", "two"}});
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive.has_value()) << archive.error().text();
  EXPECT_EQ(archive->read("word/document.XML").value_or(""), "hello");
  EXPECT_EQ(archive->read("/a/b.txt").value_or(""), "two");
  EXPECT_EQ(archive->read("a/c.txt").error().code, Code::NotFound);
}

TEST(ZipArchive, StopsABombAtItsRatio) {
  const std::string bytes = zip_of({{"a.xml", bomb_xml("<a>", "</a>")}});
  ASSERT_LT(bytes.size(), 1u << 20);
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive.has_value());
  const auto part = archive->read("a.xml");
  ASSERT_FALSE(part.has_value());
  EXPECT_EQ(part.error().code, Code::OverLimit);
  EXPECT_NE(part.error().message.find("bomb"), std::string::npos);
}

TEST(ZipArchive, LimitsThePartTheTotalAndTheEntries) {
  const std::string content(3u << 20, 'x');
  const std::string bytes = zip_of({{"a", content}, {"b", content}});
  ZipLimits limits;
  limits.max_part_bytes = 1u << 20;
  EXPECT_EQ(ZipArchive::open(bytes, limits)->read("a").error().code, Code::OverLimit);
  limits.max_part_bytes = 8u << 20;
  limits.max_total_bytes = 4u << 20;
  auto archive = ZipArchive::open(bytes, limits);
  EXPECT_TRUE(archive->read("a").has_value());
  EXPECT_EQ(archive->read("b").error().code, Code::OverLimit);
  limits.max_entries = 1;
  EXPECT_EQ(ZipArchive::open(bytes, limits).error().code, Code::OverLimit);
}

TEST(ZipArchive, SalvagesWhatStandsBeforeACut) {
  std::string noise;
  for (unsigned i = 0, x = 1; i < 20'000; ++i)
    noise += static_cast<char>('a' + ((x = x * 1103515245u + 12345u) >> 16) % 26);
  const std::string bytes = zip_of({{"first.xml", "the first part"}, {"second.xml", noise}});
  auto archive = ZipArchive::open(std::string_view(bytes).substr(0, bytes.size() / 2));
  ASSERT_TRUE(archive.has_value()) << archive.error().text();
  EXPECT_TRUE(archive->is_salvaged());
  EXPECT_EQ(archive->read("first.xml").value_or(""), "the first part");
  EXPECT_EQ(archive->read("second.xml").error().code, Code::Corrupt);
}

TEST(ZipArchive, RefusesWhatIsNoArchive) {
  for (const std::string_view bytes : {"", "PK", "hello, world", "PK\x03\x04"}) {
    const auto archive = ZipArchive::open(bytes);
    ASSERT_FALSE(archive.has_value());
    EXPECT_EQ(archive.error().code, Code::Corrupt);
  }
}

TEST(ZipArchive, FindsADamagedPartByItsChecksum) {
  std::string bytes = zip_of({{"a.txt", "stored as it is?"}});
  const std::size_t at = bytes.find("stored");
  const std::size_t data = at == std::string::npos ? 36 : at;  // Packed or not: some byte of the content.
  bytes[data + 2] = static_cast<char>(bytes[data + 2] ^ 0x55);
  auto archive = ZipArchive::open(bytes);
  ASSERT_TRUE(archive.has_value());
  EXPECT_EQ(archive->read("a.txt").error().code, Code::Corrupt);
}

}  // namespace
}  // namespace openbook::read
