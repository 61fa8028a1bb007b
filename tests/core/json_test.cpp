#include <catch2/catch.hpp>

#include "core/json/json.h"

using namespace vakant;

TEST_CASE("JSON is read and written without losing order, numbers or characters") {
    const std::string text =
        R"({"b":1,"a":[true,null,-2,1.5,"työ \"x\" \n"],"big":9007199254740993,"o":{"z":{},"y":[]}})";
    const Json json = parse_json(text).value();
    CHECK(json.to_text() == text);
    CHECK(json["a"][2].integer_or(0) == -2);
    CHECK(json["a"][3].number_or(0) == 1.5);
    CHECK(json["big"].integer_or(0) == 9'007'199'254'740'993);
    CHECK(json["a"][4].text() == "työ \"x\" \n");
    CHECK(parse_json(json.to_indented_text()).value() == json);
}

TEST_CASE("what is not there reads as null, so that chains need no questions") {
    const Json json = parse_json(R"({"a":{"b":"c"}})").value();
    CHECK(json["a"]["b"].text() == "c");
    CHECK(json["x"]["y"][7].is_null());
    CHECK(json["a"]["b"].integer_or(4) == 4);
    CHECK(json["a"].items().empty());
    CHECK_FALSE(json.contains("x"));
    CHECK(json.require_text("x").error().detail.find("x") != std::string::npos);
    CHECK_FALSE(json.require_integer("a").ok());
}

TEST_CASE("equal values have equal canonical bytes whatever the order of their members") {
    const Json one = parse_json(R"({"b":1,"a":{"d":2,"c":[1,2]}})").value();
    const Json other = parse_json(R"({ "a":{"c":[1,2],"d":2}, "b":1 })").value();
    CHECK(one == other);
    CHECK(one.to_canonical_text() == other.to_canonical_text());
    CHECK(one.to_canonical_text() == R"({"a":{"c":[1,2],"d":2},"b":1})");
    CHECK_FALSE(one == parse_json(R"({"b":1,"a":{"d":2,"c":[2,1]}})").value());
}

TEST_CASE("text that is not JSON is refused with the place") {
    for (const char* wrong : {"", "{", "[1,]", "{\"a\":}", "nul", "1 2", "\"\xff\"", "{\"a\":1}x", "'a'"})
        CHECK_FALSE(parse_json(wrong).ok());
    CHECK(parse_json("{\n  \"a\": x\n}").error().detail.find("line 2") != std::string::npos);
    CHECK(parse_json(std::string(64, '[') + std::string(64, ']')).ok());
    CHECK_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')).ok());
    CHECK_FALSE(parse_json(std::string(1'000'000, '[')).ok());
}

TEST_CASE("members are set, replaced and taken away in place") {
    Json json;
    json.set("a", 1).set("b", "x").set("a", 2);
    CHECK(json.to_text() == R"({"a":2,"b":"x"})");
    CHECK(json.erase("a"));
    CHECK_FALSE(json.erase("a"));
    Json list;
    list.push(1).push(Json::object({{"k", true}}));
    CHECK(list.to_text() == R"([1,{"k":true}])");
    CHECK(Json(std::string("a\xff")).to_text() == "\"a\xef\xbf\xbd\"");
}

TEST_CASE("a feed gives its elements one at a time, as an array and as lines") {
    for (const char* feed : {R"([{"i":1}, {"i":2},{"i":3}])", "{\"i\":1}\n\n{\"i\":2}\r\n{\"i\":3}"}) {
        JsonElements elements(feed);
        for (int expected = 1; expected <= 3; ++expected) {
            const auto next = elements.next();
            REQUIRE(next.ok());
            REQUIRE(next->more);
            CHECK(next->element["i"].integer_or(0) == expected);
        }
        CHECK_FALSE(elements.next()->more);
    }
    JsonElements odd("[{\"i\":1},{\"i\":\"St\xE4"
                     "d\"},{\"i\":3}]");
    CHECK(odd.next_or_broken().value().element["i"].integer_or(0) == 1);
    const auto broken = odd.next_or_broken().value();
    REQUIRE(broken.broken);
    CHECK(broken.more);
    CHECK(broken.broken->detail ==
          "line 1, column 10: not JSON: line 1, column 10: syntax error while parsing value - "
          "invalid string: ill-formed UTF-8 byte");
    CHECK(odd.next_or_broken().value().element["i"].integer_or(0) == 3);
    CHECK_FALSE(odd.next_or_broken().value().more);

    JsonElements cut(R"([{"i":1},{"i":)");
    CHECK(cut.next()->more);
    CHECK_FALSE(cut.next().ok());
    JsonElements empty("[]");
    CHECK_FALSE(empty.next()->more);
}
