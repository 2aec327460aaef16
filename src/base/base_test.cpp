#include <gtest/gtest.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/base64.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/hash.h"

namespace openbook {
namespace {

TEST(ParseDate, AcceptsDaysAndMomentsOnly) {
  struct Case {
    const char* text;
    const char* want;  // Null: refused.
  };
  constexpr Case cases[] = {{"2026-11-24", "2026-11-24T23:59:59Z"},
                            {"2026-11-24T09:30", "2026-11-24T09:30:00Z"},
                            {"2026-11-24T09:30:05Z", "2026-11-24T09:30:05Z"},
                            {"2026-11-24 09:30", "2026-11-24T09:30:00Z"},
                            {"2026-02-30", nullptr},
                            {"2026-13-01", nullptr},
                            {"yesterday", nullptr},
                            {"2026-11-24T25:00", nullptr},
                            {"2026-11-24x", nullptr},
                            {"", nullptr}};
  for (const Case& c : cases) {
    const Result<Millis> moment = parse_date(c.text);
    ASSERT_EQ(moment.has_value(), c.want != nullptr) << c.text;
    if (moment) {
      EXPECT_EQ(to_iso8601(*moment), c.want) << c.text;
    }
  }
}

TEST(Bytes, ComeBackAsTheyWereWritten) {
  ByteWriter writer;
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{127}, std::uint64_t{128},
                                    std::uint64_t{1} << 35, ~std::uint64_t{0}})
    writer.varint(value);
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, INT64_MIN, INT64_MAX})
    writer.zigzag(value);
  writer.text("text");
  writer.u32(7);
  writer.f32(2.5F);
  ByteReader reader(writer.bytes());
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{127}, std::uint64_t{128},
                                    std::uint64_t{1} << 35, ~std::uint64_t{0}})
    EXPECT_EQ(reader.varint(), value);
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, INT64_MIN, INT64_MAX})
    EXPECT_EQ(reader.zigzag(), value);
  EXPECT_EQ(reader.text(), "text");
  EXPECT_EQ(reader.u32(), 7u);
  EXPECT_EQ(reader.f32(), 2.5F);
  EXPECT_FALSE(reader.failed());
  EXPECT_EQ(reader.u8(), 0u);
  EXPECT_TRUE(reader.failed());
}

TEST(Base64, RoundTripsAndRefusesOtherText) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string("ab"), std::string("abc\0d", 5)})
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
  EXPECT_FALSE(from_base64("abc"));
  EXPECT_FALSE(from_base64("a*c="));
}

TEST(Sha256, IsTheOneOfTheStandard) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(AtomicFile, IsThereWholeOrNotAtAll) {
  const auto folder = TemporaryFolder::make();
  ASSERT_TRUE(folder);
  const std::string path = folder->path() + "/file";
  {
    AtomicFile file;
    ASSERT_TRUE(file.open(path));
    ASSERT_TRUE(file.write("half"));
  }
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
  AtomicFile file;
  ASSERT_TRUE(file.open(path));
  ASSERT_TRUE(file.write("whole"));
  ASSERT_TRUE(file.commit());
  EXPECT_EQ(read_whole(path).value(), "whole");
}

TEST(Error, ReadsFromTheOutsideIn) {
  EXPECT_EQ((Error{Code::Corrupt, "xref is damaged", {"page 12", "report.pdf"}}).text(),
            "report.pdf: page 12: xref is damaged");
}

}  // namespace
}  // namespace openbook
