#include <catch2/catch.hpp>

#include <cstdio>

#include "core/base/bytes.h"
#include "core/registration/logic.h"
#include "tests/places.h"

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

} // namespace

TEST_CASE("all 277 cases of the official JsonLogic suite give their value") {
    const auto file = read_file(source_dir() + "/../shared/data/json-logic/tests.json");
    if (!file.ok()) {
        WARN("skipped: no reference data");
        return;
    }
    const auto suite = parse_json(*file);
    REQUIRE(suite.ok());
    std::size_t tried = 0, right = 0;
    for (const Json& test : suite->items()) {
        if (!test.is_array()) continue; // a heading
        ++tried;
        const auto value = evaluate_logic(test[0], test[1]);
        INFO(test.to_text());
        REQUIRE(value.ok());
        CHECK(*value == test[2]);
        right += *value == test[2] ? 1u : 0u;
    }
    std::printf("JsonLogic: %zu of %zu\n", right, tried);
    CHECK(tried == 277);
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
    CHECK(evaluated(R"({"method":["a","b"]})") == "operator \"method\" is not known");
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

TEST_CASE("sum adds the numbers of a list or of several, and nothing else") {
    CHECK(evaluated(R"({"sum":[{"var":"hours"}]})", R"({"hours":[1,2.5,"x",null,true]})") == "3.5");
    CHECK(evaluated(R"({"sum":[1,2,{"var":"none"}]})") == "3");
    CHECK(evaluated(R"({"sum":{"map":[{"var":"jobs"},{"var":"months"}]}})",
                    R"({"jobs":[{"months":3},{"months":14},{}]})") == "17");
}

TEST_CASE("days between two dates are whole days, and null where one is no date") {
    const auto days = [](const std::string& from, const std::string& to) {
        return evaluated(R"({"days_between":[")" + from + R"(",")" + to + R"("]})");
    };
    CHECK(days("2026-11-25", "2026-12-25") == "30");
    CHECK(days("2026-12-25", "2026-11-25") == "-30");
    CHECK(days("2024-02-28", "2024-03-01") == "2");
    CHECK(days("1900-01-01", "2026-01-01") == "46021");
    CHECK(days("2026-11-25T10:00:00Z", "2026-11-26") == "1");
    CHECK(days("2026-02-30", "2026-03-01") == "null");
    CHECK(days("soon", "2026-03-01") == "null");
    CHECK(evaluated(R"({"days_between":["2026-01-01"]})") == "null");
}

TEST_CASE("a rule cannot grow its values without bound") {
    CHECK(
        evaluated(R"({"reduce":[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28],
                        {"cat":[{"var":"accumulator"},{"var":"accumulator"}]},"x"]})") ==
        "values of more than 1 MB");
    CHECK(evaluated(R"({"reduce":[[1,2,3],{"cat":[{"var":"accumulator"},{"var":"accumulator"}]},"x"]})") ==
          "\"xxxxxxxx\"");
}

TEST_CASE("an arithmetic result that is no number is null") {
    CHECK(evaluated(R"({"/":[1,0]})") == "null");
    CHECK(evaluated(R"({"+":["x",1]})") == "null");
    CHECK(evaluated(R"({"max":[]})") == "null");
    CHECK(evaluated(R"({"-":[]})") == "null");
}

TEST_CASE("the variables of a rule are the fields that it depends on, not those of list elements") {
    const auto rule = parse_json(R"({"and":[{"some":[{"var":"jobs"},{"==":[{"var":"employer"},{"var":"x"}]}]},
        {"var":["a.b",1]},{"missing":["c","d.e"]},{"missing_some":[1,["f"]]},
        {"reduce":[{"var":"g"},{"+":[{"var":"current"},1]},{"var":"h"}]}]})");
    REQUIRE(rule.ok());
    const auto names = names_in_logic(*rule);
    CHECK(std::vector<std::string>(names.begin(), names.end()) ==
          std::vector<std::string>{"a", "c", "d", "f", "g", "h", "jobs"});
}

TEST_CASE("what can be seen of a bad rule without data is refused") {
    const auto refusal = [](const char* text) {
        const auto rule = parse_json(text);
        REQUIRE(rule.ok());
        const Outcome checked = check_logic(*rule);
        return checked.ok() ? std::string() : checked.error().detail;
    };
    CHECK(refusal(R"({"or":[true,{"teleport":[]}]})") == "operator \"teleport\" is not known");
    CHECK(refusal(R"({"var":""})") == "\"var\" must name a field by a text");
    CHECK(refusal(R"({"var":{"cat":["a","b"]}})") == "\"var\" must name a field by a text");
    CHECK(refusal(R"({"filter":[{"var":"a"},{"%":[{"var":""},2]}]})") == "");
}
