#include <catch2/catch.hpp>

#include "core/xml/html.h"
#include "core/xml/xml.h"

using namespace vakant;

TEST_CASE("an XML document is read as elements without their prefixes") {
    const auto root = parse_xml(
        "<?xml version=\"1.0\"?>\n<a:Order xmlns:a=\"urn:x\" a:kind=\"new\">"
        "<Line>one</Line><a:Line>t&#x77;o &amp; more</a:Line><Note><![CDATA[<raw>]]></Note></a:Order>");
    REQUIRE(root.ok());
    CHECK(root->name == "Order");
    CHECK(root->attribute("kind") == "new");
    CHECK(root->attribute("absent").empty());
    REQUIRE(root->all("Line").size() == 2);
    CHECK(root->all("Line")[1]->text == "two & more");
    CHECK((*root)["Note"].text == "<raw>");
    CHECK((*root)["Absent"]["Deeper"].text.empty());
}

TEST_CASE("an XML document that is not well formed is refused with the place") {
    const auto cut = parse_xml("<a><b>text</b>");
    REQUIRE_FALSE(cut.ok());
    CHECK(cut.error().kind == ErrorKind::invalid_input);
    CHECK(cut.error().detail.find("XML, byte ") == 0);
    CHECK_FALSE(parse_xml("").ok());
    CHECK_FALSE(parse_xml("no markup").ok());
    CHECK_FALSE(parse_xml("<a>\xC3(</a>").ok());
}

TEST_CASE("entities that an XML document defines are not expanded and no file is read") {
    const auto root = parse_xml("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>");
    REQUIRE(root.ok());
    CHECK(root->text == "&x;");
}

TEST_CASE("an XML document nested deeper than 64 is refused") {
    std::string deep;
    for (int i = 0; i < 65; ++i)
        deep += "<a>";
    for (int i = 0; i < 65; ++i)
        deep += "</a>";
    const auto refused = parse_xml(deep);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().detail == "elements are nested deeper than 64");
    CHECK(parse_xml(deep.substr(3, deep.size() - 7)).ok());
}

TEST_CASE("HTML with unclosed and crossed tags gives a tree with decoded text") {
    const auto page = parse_html("<P CLASS=lead>S&ouml;k <b>nu<p>eller &#x1F600;<!-- no --></b>");
    REQUIRE(page.ok());
    CHECK(page->name == "html");
    CHECK(page->all_text() == "S\u00F6k nueller \U0001F600");
    const HtmlNode& body = page->children.at(1);
    CHECK(body.name == "body");
    REQUIRE(body.children.size() == 2);
    CHECK(body.children[0].name == "p");
    CHECK(body.children[0].attribute("class") == "lead");
    CHECK(body.children[1].children.at(0).name == "b");
}

TEST_CASE("a script's text is kept as written") {
    const auto page = parse_html("<script type=\"application/ld+json\">{\"a\":\"<b>&amp;\"}</script>");
    REQUIRE(page.ok());
    CHECK(page->all_text() == "{\"a\":\"<b>&amp;\"}");
}

TEST_CASE("HTML that would cost a parser too much is refused") {
    std::string open;
    for (int i = 0; i < 100'000; ++i)
        open += "<b>";
    REQUIRE_FALSE(parse_html(open).ok());
    // Closing tags that a table cell hides: counted as closed, yet open for the parser.
    std::string hidden;
    for (int i = 0; i < 400; ++i)
        hidden += "<div><table><tr><td></div></td></tr></table>";
    const auto refused = parse_html(hidden);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().detail == "HTML: elements are nested deeper than 256");
    CHECK_FALSE(parse_html(std::string((4u << 20) + 1, 'a')).ok());
}
