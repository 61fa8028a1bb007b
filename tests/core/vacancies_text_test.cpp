#include <catch2/catch.hpp>

#include "core/vacancies/import.h"

using namespace vakant;

TEST_CASE("plain text becomes paragraphs and line breaks") {
    const CleanText text = clean_text("First line\nsecond line\n\n\nNext  paragraph ");
    CHECK(text.html == "<p>First line<br>second line</p><p>Next paragraph</p>");
    CHECK(text.plain == "First line\nsecond line\n\nNext paragraph");
}

TEST_CASE("lines that begin with a bullet are a list") {
    const CleanText text = clean_text("We offer:\n• a bus pass\n- lunch\n* good company\nWelcome!");
    CHECK(text.html ==
          "<p>We offer:</p><ul><li>a bus pass</li><li>lunch</li><li>good company</li></ul><p>Welcome!</p>");
    CHECK(text.plain == "We offer:\n\n• a bus pass\n• lunch\n• good company\n\nWelcome!");
}

TEST_CASE("line ends that arrive spelled out are line ends") {
    CHECK(clean_text("Full Time\\r\\nPermanent").plain == "Full Time\nPermanent");
    CHECK(clean_text("a\\n\\nb").html == "<p>a</p><p>b</p>");
}

TEST_CASE("allowed markup stays, equivalent markup is renamed, the rest goes and its words stay") {
    const CleanText text = clean_text(
        "<h1 class='x'>Kokki</h1><div>Tule <b>meille</b> <i>töihin</i> <a href=\"http://x\">tänne</a></div>"
        "<ol><li>yksi</li><li><p>kaksi</p></li></ol>");
    CHECK(text.html == "<h3>Kokki</h3><p>Tule <strong>meille</strong> <em>töihin</em> tänne</p>"
                       "<ol><li>yksi</li><li>kaksi</li></ol>");
    CHECK(text.plain == "Kokki\n\nTule meille töihin tänne\n\n• yksi\n• kaksi");
}

TEST_CASE("bullets written by hand inside a numbered list stay in that list") {
    CHECK(clean_text("<ol><li>eka<br>- toka</li><li>\u2022 - kolmas</li></ol>").html ==
          "<ol><li>eka</li><li>toka</li><li>kolmas</li></ol>");
}

TEST_CASE("scripts, styles, comments and attributes leave nothing behind") {
    const CleanText text =
        clean_text("<p onclick=\"steal()\">a<script>alert('<p>x</p>')</script>"
                   "<!-- <b>hidden</b> --><style>p{}</style><img src=x onerror=alert(1)>b</p>"
                   "<iframe src=\"//evil\">c</iframe>");
    CHECK(text.html == "<p>ab</p>");
    CHECK(text.plain == "ab");
}

TEST_CASE("markup that was never closed still comes out well formed") {
    CHECK(clean_text("<ul><li><strong>one<li>two").html ==
          "<ul><li><strong>one</strong></li><li><strong>two</strong></li></ul>");
    CHECK(clean_text("<p>a < b and <b").html == "<p>a &lt; b and &lt;b</p>");
    CHECK(clean_text("<p>x<script>never closed").html == "<p>x</p>");
    CHECK(clean_text("<p>x<!-- never closed").html == "<p>x</p>");
    CHECK(clean_text("</p></ul></li>text").html == "<p>text</p>");
}

TEST_CASE("references are decoded, twice at the most, and written out safely") {
    CHECK(clean_text("A &amp; B").plain == "A & B");
    CHECK(clean_text("A &amp; B").html == "<p>A &amp; B</p>");
    CHECK(clean_text("10&amp;nbsp;&euro; &#8211; &#x61;&#150;").plain == "10 € – a–");
    CHECK(clean_text("&unknown; &#xFFFFFFFF;x &").plain == "&unknown; x &");
    CHECK(clean_text("<p>&amp;lt;script&amp;gt;</p>").html == "<p>&lt;script&gt;</p>");
}

TEST_CASE("markup that was escaped once too often is read as markup, safely") {
    const CleanText text = clean_text("&lt;p&gt;Hello&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;");
    CHECK(text.html == "<p>Hello</p>");
}

TEST_CASE("a smaller-than sign in plain text is no markup") {
    CHECK(clean_text("age < 18 <you> & me").html == "<p>age &lt; 18 &lt;you&gt; &amp; me</p>");
}

TEST_CASE("no-break spaces, soft hyphens and direction overrides do not reach the reader") {
    CHECK(clean_text("Espresso\u00A0House \u202Egnp\u202C so\u00ADft").plain == "Espresso House gnp soft");
}

TEST_CASE("empty paragraphs, rulers and empty input give nothing") {
    CHECK(clean_text("").html == "");
    CHECK(clean_text("<p><br></p><p> </p>").html == "");
    CHECK(clean_text("a\n-----\nb").html == "<p>a</p><p>b</p>");
    CHECK(clean_text("<p>a</p><p>&nbsp;</p><p>b</p>").plain == "a\n\nb");
}

TEST_CASE("many unclosed tags cost no more than their length") {
    std::string hostile;
    for (int i = 0; i < 20'000; ++i)
        hostile += "<a '";
    CHECK(clean_text(hostile).html.size() > 20'000);
}
