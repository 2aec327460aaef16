#include "read/eml.h"

#include <gtest/gtest.h>

#include "read/mime.h"
#include "read/reader_testing.h"

namespace openbook::read {
namespace {

constexpr std::string_view kMail =
    "From: =?UTF-8?Q?J=C3=B6rg_Lund?= <j@a.example>\r\nTo: office@a.example\r\nDate: Tue, 3 Mar 2026 21:30:00 +0100 "
    "(CET)\r\n"
    "Subject: =?gb2312?B?ts2wx8ax?=\r\n =?utf-8?Q?_and_fares?=\r\nMessage-ID: <1@a>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\npreamble\r\n--b1\r\n"
    "Content-Type: multipart/alternative; boundary=b1x\r\n\r\n--b1x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\nThe f=E4hre leaves at half past=\r\n nine, as ever.\r\n"
    "--b1x\r\nContent-Type: text/html\r\n\r\n<p>Other form</p>\r\n--b1x--\r\n"
    "--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment; filename*0*=utf-8''%E7%A5%A8; filename*1=.txt\r\n\r\nZm91ciBjcm93bnM=\r\n"
    "--b1\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n"
    "--b1\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\nFrom: k@b.example\r\n\r\nForwarded "
    "words.\r\n--b1--\r\n";

TEST(EmlReader, ReadsHeadersBodyAttachmentsAndForwardedMail) {
  const auto document = read_one(*make_eml_reader(), kMail, "a.eml");
  EXPECT_EQ(document.metadata.at("from"), "Jörg Lund <j@a.example>");
  EXPECT_EQ(document.metadata.at("date"), "Tue, 3 Mar 2026 21:30:00 +0100");
  EXPECT_TRUE(document.title.ends_with(" and fares"));
  const std::string& text = document.markdown;
  EXPECT_TRUE(text.starts_with("# " + document.title + "\n\nFrom: Jörg Lund")) << text;
  EXPECT_NE(text.find("The fähre leaves at half past nine, as ever.\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("Other form"), std::string::npos);
  EXPECT_NE(text.find("## Inner\n\nFrom: k@b.example\n\nForwarded words."), std::string::npos) << text;
  EXPECT_NE(text.find("Attachments: 票.txt, plan.pdf\n\n## 票.txt\n\nfour crowns\n"), std::string::npos) << text;
  expect_sound(document);
}

TEST(EmlReader, TakesHtmlWhereItHasTheStructure) {
  const auto document =
      read_one(*make_eml_reader(),
               "Subject: x\nContent-Type: multipart/alternative; boundary=q\n\n--q\n\na b 1 2 and so on and on\n--q\n"
               "Content-Type: text/html; charset=utf-8\n\n<table><tr><th>a<th>b<tr><td>1<td>2</table>\n--q--\n");
  EXPECT_EQ(document.markdown, "# x\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(EmlReader, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_eml_reader(), kMail, "a.eml");
}

TEST(EmlReader, KeepsDamagedMediaTypesOut) {
  const auto document =
      read_one(*make_eml_reader(), "Subject: x\nContent-Type: mult\xE9part/mixed; boundary=a\n\n--a\n");
  EXPECT_EQ(document.markdown, "# x\n\nAttachments: application/octet-stream\n");
}

TEST(EmlReader, BoundsNesting) {
  std::string mail;
  for (int i = 0; i < 3000; ++i) mail += "Content-Type: message/rfc822\n\n";
  EXPECT_EQ(read_all(*make_eml_reader(), mail).value().size(), 1u);
  mail.clear();
  for (int i = 0; i < 3000; ++i) mail += "Content-Type: multipart/mixed; boundary=a\n\n--a\n";
  EXPECT_EQ(read_all(*make_eml_reader(), mail).value().size(), 1u);
}

TEST(DecodeMimeWords, JoinsWordsAndForgivesRawBytes) {
  EXPECT_EQ(decode_mime_words("=?utf-8?B?6Li5?= =?utf-8?B?56Wo?= x"), "踹票 x");
  EXPECT_EQ(decode_mime_words("=?utf-8?Q?=E7=A5?= =?utf-8?Q?=A8?="), "票");
  EXPECT_EQ(decode_mime_words("=?broken"), "=?broken");
  EXPECT_EQ(decode_mime_words("Gr\xFC\xDF"
                              "e aus Kiel"),
            "Grüße aus Kiel");
}

TEST(DecodeTransfer, ReadsTheThreeEncodings) {
  EXPECT_EQ(decode_base64("Zm91\r\nciBjcm93bnM="), "four crowns");
  EXPECT_EQ(decode_quoted_printable("a=3Db=\r\nc = d"), "a=bc = d");
  EXPECT_EQ(decode_uuencode("begin 644 a\n$9F]U<@``\n`\nend\n"), "four");
}

TEST(SniffEml, WantsThreeHeaders) {
  EXPECT_TRUE(sniff_eml("From: a\nTo: b\nSubject: c\n\nx"));
  EXPECT_FALSE(sniff_eml("Note: a\nTo: b\n\nx"));
}

}  // namespace
}  // namespace openbook::read
