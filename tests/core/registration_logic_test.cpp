#include <catch2/catch.hpp>
#include <set>

#include "core/base/bytes.h"
#include "core/registration/form.h"

using namespace vakant;

namespace {

std::string evaluated(const std::string& rule, const std::string& data = "{}") {
    const auto parsed_rule = parse_json(rule);
    const auto parsed_data = parse_json(data);
    REQUIRE(parsed_rule.ok());
    REQUIRE(parsed_data.ok());
    const auto value = evaluate_logic(*parsed_rule, *parsed_data);
    return value.ok() ? value->to_text() : value.error().detail;
}

const std::set<std::string, std::less<>> first_operators = {"var", "==",  "!=", "===", "!==", "<",  "<=", ">",
                                                            ">=",  "and", "or", "!",   "!!",  "in", "if"};

/// Whether a rule of the official suite uses only what this first engine has.
bool is_within_reach(const Json& rule) {
    for (const Json& item : rule.items()) {
        if (!is_within_reach(item)) return false;
    }
    if (rule.is_object() && rule.size() == 1 && !first_operators.contains(rule.members()[0].first))
        return false;
    for (const auto& [name, argument] : rule.members()) {
        if (!is_within_reach(argument)) return false;
    }
    return true;
}

} // namespace

TEST_CASE("every case of the official JsonLogic suite within the first operators gives its value") {
    const auto file = read_file(VAKANT_SOURCE_DIR "/../shared/data/json-logic/tests.json");
    if (!file.ok()) {
        WARN("skipped: no reference data");
        return;
    }
    const auto suite = parse_json(*file);
    REQUIRE(suite.ok());
    std::size_t tried = 0;
    for (const Json& test : suite->items()) {
        if (!test.is_array() || !is_within_reach(test[0])) continue;
        ++tried;
        const auto value = evaluate_logic(test[0], test[1]);
        INFO(test.to_text());
        REQUIRE(value.ok());
        CHECK(*value == test[2]);
    }
    CHECK(tried >= 140);
}

TEST_CASE("rules over answers read as they are meant") {
    CHECK(evaluated(R"({"==":[{"var":"way"},"telephone"]})", R"({"way":"telephone"})") == "true");
    CHECK(evaluated(R"({"==":[{"var":"way"},"telephone"]})") == "false");
    CHECK(evaluated(R"({"in":["other",{"var":"work"}]})", R"({"work":["care","other"]})") == "true");
    CHECK(evaluated(R"({"in":["other",{"var":"work"}]})") == "false");
    CHECK(evaluated(R"({"and":[{"var":"a"},{"!":{"var":"b"}}]})", R"({"a":true,"b":false})") == "true");
    CHECK(evaluated(R"({"if":[{"<":[{"var":"age"},18]},"young","adult"]})", R"({"age":17})") == "\"young\"");
}

TEST_CASE("count gives the length of a list, or how many of several hold") {
    CHECK(evaluated(R"({"count":[{"var":"work"}]})", R"({"work":["a","b","c"]})") == "3");
    CHECK(evaluated(R"({"count":{"var":"work"}})", R"({"work":[]})") == "0");
    CHECK(evaluated(R"({"count":[{"var":"work"}]})") == "0");
    CHECK(evaluated(R"({"count":[true,false,"x",""]})") == "2");
}

TEST_CASE("an operator that is not known is refused by its name") {
    CHECK(evaluated(R"({"cat":["a","b"]})") == "operator \"cat\" is not known");
    CHECK(evaluated(R"({"or":[false,{"teleport":[]}]})") == "operator \"teleport\" is not known");
    CHECK(evaluated(R"({"or":[true,{"teleport":[]}]})") == "true"); // never reached
}

TEST_CASE("a rule that works for ever is stopped after a thousand steps") {
    std::string rule = "true";
    for (int i = 0; i < 30; ++i)
        rule = R"({"!":[)" + rule + "]}";
    CHECK(evaluated(rule) == "true");
    std::string wide = R"({"and":[true)";
    for (int i = 0; i < 1100; ++i)
        wide += ",true";
    CHECK(evaluated(wide + "]}") == "more than 1000 steps");
}

TEST_CASE("odd data makes no rule fail") {
    CHECK(evaluated(R"({"var":"a.b.c"})", R"({"a":{"b":5}})") == "null");
    CHECK(evaluated(R"({"var":["a.7","otherwise"]})", R"({"a":[1]})") == "\"otherwise\"");
    CHECK(evaluated(R"({"<":["x",1]})") == "false");
    CHECK(evaluated(R"({">":[null,-1]})") == "true");
    CHECK(evaluated(R"({"==":[[],{}]})") == "false");
    CHECK(evaluated(R"({"in":["a",5]})") == "false");
    CHECK(evaluated(R"({"!":[]})") == "true");
    CHECK(evaluated(R"({"if":[]})") == "null");
    CHECK(evaluated("{}") == "{}");
}
