#include "read/html.h"

#include <gtest/gtest.h>

#include "read/html_to_markdown.h"
#include "read/reader_testing.h"

namespace openbook::read {
namespace {

constexpr std::string_view kPage = R"(<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Tides of the Sound - Ferry Line</title><meta name="author" content="M. Lund"><style>p{}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/b">Boats</a></li></ul></nav>
<div class="cookie-notice">We use cookies to count visitors, and so on, and so on.</div>
<article><h1>Tides of the Sound</h1>
<p>High water comes <strong>twice</strong> a day, about <em>twelve hours</em> apart; see <a href="/table">the table</a>.</p>
<ul><li>Spring tides<ol start="3"><li>at full moon</li></ol></li><li>Neap tides</li></ul>
<table><caption>Heights</caption><tr><th rowspan="2">Port</th><th colspan="2">Metres</th></tr>
<tr><th>low</th><th>high</th></tr><tr><td>Aske</td><td>0.4</td><td>2|1</td></tr></table>
<pre><code class="language-c">int x = 1;
  return x;</code></pre>
<p style="display: none">Hidden words</p><blockquote><p>Time and tide wait.</p></blockquote>
<dl><dt>ebb</dt><dd>falling water</dd></dl>
<p>First<br>second line.</p><script>var a = "<p>no</p>";</script></article>
<aside>Related: storms</aside><footer>Copyright the line</footer></body></html>)";

TEST(HtmlReader, KeepsTheArticleAndItsStructure) {
  const auto document = read_one(*make_html_reader(), kPage, "tides.html");
  EXPECT_EQ(document.title, "Tides of the Sound");
  EXPECT_EQ(document.metadata.at("author"), "M. Lund");
  EXPECT_EQ(document.metadata.at("encoding"), "UTF-8");
  EXPECT_EQ(document.markdown,
            "# Tides of the Sound\n\n"
            "High water comes **twice** a day, about *twelve hours* apart; see the table.\n\n"
            "- Spring tides\n  3. at full moon\n- Neap tides\n\n"
            "Heights\n\n"
            "| Port | Metres | Metres |\n| --- | --- | --- |\n| Port | low | high |\n| Aske | 0.4 | 2\\|1 |\n\n"
            "```c\nint x = 1;\n  return x;\n```\n\n"
            "> Time and tide wait.\n\n"
            "- ebb\n\n  falling water\n\n"
            "First\nsecond line.\n");
  expect_sound(document);
}

TEST(HtmlReader, SpansNameTheLineOfTheSource) {
  const auto document = read_one(*make_html_reader(), kPage, "tides.html");
  const std::size_t at = document.markdown.find("High water");
  const auto begin = static_cast<std::uint32_t>(at);
  EXPECT_EQ(document.source.resolve({begin, begin + 4}).line, 6u);
}

TEST(HtmlReader, NeverLosesTheOnlyContent) {
  const char* const pages[] = {
      "<nav>Only a menu, but it is all there is to read on this page</nav>",
      "<div class=sidebar><p>All of the text stands in an odd place.</p></div>",
      "<body><ul><li><a href=a>Alpha page</a><li><a href=b>Beta page</a><li><a href=c>Gamma page</a></ul>",
      "<footer><p>Contact: the harbour office, quay three.</p></footer>"};
  for (const char* page : pages) EXPECT_FALSE(read_one(*make_html_reader(), page).markdown.empty()) << page;
}

TEST(HtmlReader, FindsProseAmongUnnamedMenus) {
  std::string page = "<body><table><tr><td>";
  for (int i = 0; i < 12; ++i) page += "<a href=x>Menu entry</a><br>";
  page += "</td><td>";
  for (int i = 0; i < 5; ++i)
    page += "<p>The ferry, which was built in 1931, carried coal, mail, and now and then a cow, across the sound.</p>";
  page += "</td></tr></table></body>";
  const auto document = read_one(*make_html_reader(), page);
  EXPECT_NE(document.markdown.find("built in 1931"), std::string::npos);
  EXPECT_EQ(document.markdown.find("Menu entry"), std::string::npos);
}

TEST(HtmlReader, ReadsTheDeclaredEncoding) {
  const auto document = read_one(*make_html_reader(), "<meta charset=gbk><p>\xB4\xAC\xC6\xB1</p>");
  EXPECT_EQ(document.markdown, "船票\n");
  EXPECT_EQ(document.metadata.at("encoding"), "GB18030");
}

TEST(HtmlToMarkdown, KeepsEverythingVisibleOfAMailOrChapter) {
  book::Document document;
  HtmlOptions options;
  options.main_content_only = false;
  options.part = 2;
  ASSERT_TRUE(append_html_as_markdown("<nav>Menu</nav><p>1*2 &amp; #3&nbsp;x</p><a href='https://a.example/x'>here</a>",
                                      options, document));
  EXPECT_EQ(document.markdown, "Menu\n\n1\\*2 & #3 x\n\n[here](https://a.example/x)\n");
  EXPECT_EQ(document.source.spans.at(0).part, 2u);
}

TEST(HtmlToMarkdown, IsBoundedForHostileNesting) {
  for (const char* tag :
       {"<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<font color=a><p>", "<a href=x><p>"}) {
    std::string page;
    for (int i = 0; i < 20'000; ++i) page += tag;
    book::Document document;
    const Status status = append_html_as_markdown(page + "core", {}, document);
    EXPECT_TRUE(!status || document.markdown.find("core") != std::string::npos) << tag;
  }
}

TEST(HtmlToMarkdown, LimitsWhatSpansOfCellsCanMake) {
  book::Document document;
  std::string page = "<table><tr><th>a<th>b";
  for (int i = 0; i < 200; ++i) page += "<tr><td colspan=1000 rowspan=1000>x<td>y";
  ASSERT_TRUE(append_html_as_markdown(page, {}, document));
  EXPECT_LT(document.markdown.size(), 2'000'000u);
}

TEST(HtmlReader, SurvivesEveryPrefix) {
  expect_every_prefix_to_be_survived(*make_html_reader(), kPage, "page.html");
}

TEST(SniffHtml, KnowsPagesFromText) {
  EXPECT_TRUE(sniff_html("\n<!DOCTYPE HTML><p>"));
  EXPECT_TRUE(sniff_html("<div class=x>"));
  EXPECT_FALSE(sniff_html("a < b and b > c"));
  EXPECT_FALSE(sniff_html("# Title"));
}

}  // namespace
}  // namespace openbook::read
