#include "read/registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace openbook::read {
namespace {

std::string reader_for(std::string_view name, std::string_view head, std::string_view media_type = {}) {
  const ReaderEntry* const entry = entry_for(readers(), name, head, media_type);
  return entry == nullptr ? "none" : entry->name;
}

TEST(Registry, ChoosesByNameWhereTheContentAgrees) {
  struct Case {
    const char* name;
    const char* head;
    const char* reader;
  };
  constexpr Case cases[] = {
      {"a.pdf", "%PDF-1.7\n", "pdf"},
      {"A.PDF", "%PDF-1.7\n", "pdf"},
      {"a.txt", "Plain words of a text.\n", "plain"},
      {"a.md", "# Heading\n\nWords.\n", "markdown"},
      {"folder.x/a.csv", "a,b\n1,2\n", "csv"},
      {"a.html", "<!DOCTYPE html><html><body><p>x</p></body></html>", "html"},
      {"a.json", "{\"text\": \"x\"}", "json"},
      {"corpus.jsonl.gz", "\x1F\x8B\x08", "json"},
      {"a.eml", "From: a@b.c\nSubject: x\n\nHello.\n", "eml"},
      {"a.txt", "", "plain"},
      {"a.pdf", "", "pdf"},
  };
  for (const Case& want : cases) EXPECT_EQ(reader_for(want.name, want.head), want.reader) << want.name;
}

TEST(Registry, BelievesTheContentBeforeAWrongName) {
  const std::string pdf("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\0\0\0", 25);
  EXPECT_EQ(reader_for("a", pdf), "pdf");
  EXPECT_EQ(reader_for("a.docx", pdf), "pdf");
  EXPECT_EQ(reader_for("error.pdf", "<!DOCTYPE html><html><body>Not found</body></html>"), "html");
  EXPECT_EQ(reader_for("README", "Plain words of a text.\n"), "plain");
}

TEST(Registry, LetsTheNamedReaderSayWhatIsWrong) {
  EXPECT_EQ(reader_for("damaged.pdf", std::string(200, '\0')), "pdf");
}

TEST(Registry, BelievesAMediaTypeThatSaysSomething) {
  const std::string_view page = "<!DOCTYPE html><html><body>x</body></html>";
  EXPECT_EQ(reader_for("page.md", page, "text/html; charset=gbk"), "html");
  EXPECT_EQ(reader_for("page.md", "# Heading\n", "text/plain"), "markdown");
  EXPECT_EQ(reader_for("page", "%PDF-1.4", "application/octet-stream"), "pdf");
}

TEST(Registry, NamesWhatNobodyReads) {
  const std::string binary(
      "\x7F"
      "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3E\0\x01\0\0\0",
      24);
  EXPECT_EQ(reader_for("a.so", binary), "none");
  const Error error = unsupported_type("a.so", binary);
  EXPECT_EQ(error.code, Code::Unsupported);
  EXPECT_EQ(error.message, "openbook cannot read this .so file: it is a program");
}

TEST(Registry, HasEachExtensionOnceAndAMakerOrAnotherProgram) {
  std::set<std::string_view> extensions;
  for (const ReaderEntry& entry : readers()) {
    for (const char* extension : entry.extensions) EXPECT_TRUE(extensions.insert(extension).second) << extension;
    EXPECT_EQ(entry.make == nullptr, std::string_view(entry.program) == "openbook-reader-pdf") << entry.name;
  }
}

}  // namespace
}  // namespace openbook::read
