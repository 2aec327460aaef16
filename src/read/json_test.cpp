#include "read/json.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "read/reader_testing.h"

namespace openbook::read {
namespace {

constexpr std::string_view kLines =
    "{\"_id\": \"f1\", \"title\": \"Fares\", \"text\": \"A single costs four crowns.\", \"year\": 1931}\n"
    "\n{\"text\": \"# Quay\\n\\nThe *old* quay.\\n\\n## Lamp\\n\\n```\\nx\\n```\", \"path\": \"docs/quay.md\"}\n"
    "{\"id\": 7, \"text\": \"\\u8239\\u7968\", \"tags\": [1, 2], \"lang\": \"zh-Hans\"}";

std::string gzipped(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

TEST(JsonReader, MakesADocumentOfEachLine) {
  for (const std::string& bytes : {std::string(kLines), gzipped(kLines)}) {
    const auto documents = read_all(*make_json_reader(), bytes, "corpus.jsonl");
    ASSERT_TRUE(documents.has_value());
    ASSERT_EQ(documents->size(), 3u);
    EXPECT_EQ(documents->at(0).uri, "/corpus.jsonl#f1");
    EXPECT_EQ(documents->at(0).title, "Fares");
    EXPECT_EQ(documents->at(0).markdown, "A single costs four crowns.\n");
    EXPECT_EQ(documents->at(0).metadata.at("year"), "1931");
    EXPECT_EQ(documents->at(1).uri, "/corpus.jsonl#3");
    EXPECT_EQ(documents->at(1).title, "Quay");
    EXPECT_EQ(documents->at(1).markdown, "# Quay\n\nThe *old* quay.\n\n## Lamp\n\n```\nx\n```\n");
    EXPECT_EQ(documents->at(1).source.resolve({0, 4}).line, 3u);
    EXPECT_EQ(documents->at(2).uri, "/corpus.jsonl#7");
    EXPECT_EQ(documents->at(2).markdown, "船票\n");
    EXPECT_EQ(documents->at(2).language, "zh");
  }
}

TEST(JsonReader, NotesBadLinesUnlessAllAre) {
  const auto documents =
      read_all(*make_json_reader(), "{\"text\": \"one\"}\n{\"text\": \"tw\n{\"text\": \"three\"}\n", "a.jsonl");
  ASSERT_TRUE(documents.has_value());
  ASSERT_EQ(documents->size(), 2u);
  ASSERT_EQ(documents->back().notes.size(), 1u);
  EXPECT_NE(documents->back().notes[0].find("line 2"), std::string::npos);
  const auto none = read_all(*make_json_reader(), "nothing\nhere\n", "a.jsonl");
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().code, Code::Corrupt);
}

TEST(JsonReader, ReadsAnArrayOfDocuments) {
  const auto documents =
      read_all(*make_json_reader(), "[{\"text\": \"a {\\\"\"}, \n {\"text\": \"b\", \"x\": {\"y\": [1]}}]", "a.json");
  ASSERT_TRUE(documents.has_value());
  ASSERT_EQ(documents->size(), 2u);
  EXPECT_EQ(documents->at(0).markdown, "a {\"\n");
  EXPECT_EQ(documents->at(1).uri, "/a.json#2");
}

TEST(JsonReader, RendersOtherJsonReadably) {
  const auto document =
      read_one(*make_json_reader(),
               "{\"title\": \"Line\",\n \"boats\": [\n  {\"name\": \"Else\", \"built\": 1931},\n"
               "  {\"name\": \"Karl\", \"built\": 1950}],\n \"office\": {\"quay\": 3, \"open\": [\"May\", \"June\"]}}",
               "line.json");
  EXPECT_EQ(document.title, "Line");
  EXPECT_EQ(document.markdown,
            "- **title**: Line\n\n# boats\n\n| name | built |\n| --- | --- |\n| Else | 1931 |\n| Karl | 1950 |\n\n"
            "# office\n\n- **quay**: 3\n\n## open\n\n- May\n- June\n");
  const auto at = static_cast<std::uint32_t>(document.markdown.find("Karl"));
  EXPECT_EQ(document.source.resolve({at, at + 4}).line, 4u);
  expect_sound(document);
}

TEST(JsonReader, SaysWhereJsonIsDamaged) {
  const auto damaged = read_all(*make_json_reader(), "{\"a\": 1,\n \"b\": [1, 2,\n", "a.json");
  ASSERT_FALSE(damaged.has_value());
  EXPECT_EQ(damaged.error().code, Code::Corrupt);
  EXPECT_NE(damaged.error().message.find("line"), std::string::npos);
  EXPECT_FALSE(read_all(*make_json_reader(), std::string(100'000, '['), "a.json").has_value());
  EXPECT_FALSE(read_all(*make_json_reader(), gzipped(kLines).substr(0, 60), "a.jsonl.gz").has_value());
}

TEST(JsonReader, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_json_reader(), kLines, "a.jsonl");
  expect_every_prefix_to_be_survived(*make_json_reader(), gzipped(kLines), "a.jsonl.gz");
  expect_every_prefix_to_be_survived(*make_json_reader(), "{\"a\": [{\"b\": 1.5e3, \"c\": null}, {\"b\": true}]}",
                                     "a.json");
}

TEST(SniffJson, KnowsObjectsAndArrays) {
  EXPECT_TRUE(sniff_json("  {\"a\": 1}"));
  EXPECT_TRUE(sniff_json("[{"));
  EXPECT_TRUE(sniff_json(gzipped(kLines)));
  EXPECT_FALSE(sniff_json("[link](x)"));
  EXPECT_FALSE(sniff_json("{curly} words"));
}

}  // namespace
}  // namespace openbook::read
