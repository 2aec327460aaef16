#include "read/encoding.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <vector>

namespace openbook::read {
namespace {

std::string in_encoding(const std::string& utf8, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  std::vector<char> out(utf8.size() * 4 + 16);
  const int size = ucnv_convert(encoding, "UTF-8", out.data(), static_cast<int>(out.size()), utf8.data(),
                                static_cast<int>(utf8.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << encoding;
  return std::string(out.data(), static_cast<std::size_t>(size));
}

constexpr const char* kSimplified = "轮渡公司通知：从三月一日起，末班船改为晚上九点半开出，请各位乘客提前十分钟上船。";
constexpr const char* kTraditional = "輪渡公司通知：從三月一日起，末班船改為晚上九點半開出，請各位乘客提前十分鐘上船。";
constexpr const char* kJapanese =
    "最終便は三月一日から午後九時半に出発します。お早めにご乗船ください。カメラは使えます。";
constexpr const char* kKorean =
    "마지막 배는 삼월 일일부터 오후 아홉 시 반에 출발합니다. 승객 여러분은 십 분 전에 승선하시기 바랍니다.";
constexpr const char* kRussian =
    "Последний паром отходит теперь в половине десятого вечера, просим пассажиров не опаздывать.";
constexpr const char* kGreek =
    "Το τελευταίο πλοίο αναχωρεί τώρα στις εννέα και μισή το βράδυ, παρακαλούμε μην αργείτε.";
constexpr const char* kGerman =
    "Die letzte Fähre fährt ab dem ersten März um halb zehn; wir bitten, früh an Bord zu gehen. Größe, Übergang.";
constexpr const char* kThai = "เรือเที่ยวสุดท้ายออกเวลาสามทุ่มครึ่งตั้งแต่วันที่หนึ่งมีนาคมเป็นต้นไป กรุณาขึ้นเรือก่อนเวลาสิบนาที";

struct Case {
  const char* text;
  const char* encoding;
  const char* name;
};

TEST(DecodeText, FindsTheEncodingOfAFewSentences) {
  const Case cases[] = {{kSimplified, "GB18030", "GB18030"},        {kTraditional, "Big5", "Big5"},
                        {kJapanese, "windows-31j", "Shift_JIS"},    {kJapanese, "EUC-JP", "EUC-JP"},
                        {kJapanese, "ISO-2022-JP", "ISO-2022-JP"},  {kKorean, "windows-949", "EUC-KR"},
                        {kRussian, "windows-1251", "windows-1251"}, {kRussian, "KOI8-R", "KOI8-R"},
                        {kGerman, "windows-1252", "windows-1252"},  {kThai, "TIS-620", "TIS-620"},
                        {kSimplified, "UTF-16LE", "UTF-16LE"},      {kGerman, "UTF-16BE", "UTF-16BE"},
                        {kGerman, "UTF-32LE", "UTF-32LE"},          {kSimplified, "HZ", "HZ-GB-2312"}};
  for (const Case& c : cases) {
    const DecodedText text = decode_text(in_encoding(c.text, c.encoding));
    EXPECT_EQ(text.utf8, c.text) << c.encoding;
    EXPECT_EQ(text.encoding, c.name);
    EXPECT_EQ(text.damaged, 0u) << c.encoding;
  }
}

TEST(DecodeText, ReadsGreekWhateverOfItsTwoCodePagesItNames) {
  EXPECT_EQ(decode_text(in_encoding(kGreek, "windows-1253")).utf8, kGreek);
}

TEST(DecodeText, TakesByteOrderMarksAway) {
  EXPECT_EQ(decode_text("\xEF\xBB\xBFone").utf8, "one");
  EXPECT_EQ(decode_text(std::string_view("\xFF\xFEo\0n\0e\0", 8)).utf8, "one");
  EXPECT_EQ(decode_text(std::string_view("\xFE\xFF\0o\0n\0e", 8)).utf8, "one");
  EXPECT_EQ(decode_text(std::string_view("\xFF\xFE\0\0o\0\0\0", 8)).utf8, "o");
  EXPECT_EQ(decode_text(in_encoding(kSimplified, "GB18030").insert(0, "\x84\x31\x95\x33")).utf8, kSimplified);
}

TEST(DecodeText, TrustsADeclarationUnlessTheBytesContradictIt) {
  const std::string short_text = in_encoding("名前", "windows-31j");
  EXPECT_EQ(decode_text(short_text, "Shift_JIS").utf8, "名前");
  EXPECT_EQ(decode_text(kSimplified, "iso-8859-1").utf8, kSimplified);
  EXPECT_EQ(decode_text(in_encoding(kJapanese, "EUC-JP"), "us-nothing").utf8, kJapanese);
  EXPECT_EQ(decode_text(in_encoding(kSimplified, "GB18030"), "utf-8").utf8, kSimplified);
}

TEST(DecodeText, ReplacesAndCountsWhatIsDamaged) {
  const DecodedText text = decode_text(std::string(kSimplified) + "\xFF" + kSimplified);
  EXPECT_EQ(text.utf8, std::string(kSimplified) + "\xEF\xBF\xBD" + kSimplified);
  EXPECT_EQ(text.encoding, "UTF-8");
  EXPECT_EQ(text.damaged, 1u);
}

TEST(ConvertToUtf8, ReadsJohabByItsLetters) {
  const auto text = convert_to_utf8("\x88\x61\xD0\x65 ok", "johab");
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(text->utf8, "가한 ok");
  EXPECT_FALSE(convert_to_utf8("x", "klingon").has_value());
}

TEST(DeclaredEncoding, ReadsMetaAndXmlDeclarations) {
  const Case cases[] = {{"<meta charset=\"GBK\">", "", "gbk"},
                        {"<META http-equiv=Content-Type content='text/html; charset=big5'>", "", "big5"},
                        {"<?xml version='1.0' encoding='EUC-JP'?><a/>", "", "euc-jp"},
                        {"<p>encoding=fun</p>", "", ""},
                        {"<meta charset=", "", ""}};
  for (const Case& c : cases) EXPECT_EQ(declared_encoding(c.text), c.name) << c.text;
}

}  // namespace
}  // namespace openbook::read
