#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "core/base/bytes.h"
#include "core/registration/pattern.h"
#include "core/registration/schema.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path suite =
    source_dir() + "/../shared/data/json-schema-test-suite/tests/draft2020-12";

/// The keywords of the profile, written here once more: the engine's own list is what is under test.
const std::set<std::string, std::less<>> profile = {"type",
                                                    "enum",
                                                    "const",
                                                    "properties",
                                                    "required",
                                                    "additionalProperties",
                                                    "items",
                                                    "minItems",
                                                    "maxItems",
                                                    "uniqueItems",
                                                    "minLength",
                                                    "maxLength",
                                                    "pattern",
                                                    "format",
                                                    "minimum",
                                                    "maximum",
                                                    "exclusiveMinimum",
                                                    "exclusiveMaximum",
                                                    "multipleOf",
                                                    "$ref",
                                                    "$defs",
                                                    "allOf",
                                                    "anyOf",
                                                    "oneOf",
                                                    "not",
                                                    "if",
                                                    "then",
                                                    "else",
                                                    "dependentRequired",
                                                    "$schema",
                                                    "$comment",
                                                    "title",
                                                    "description",
                                                    "default",
                                                    "examples"};

const std::set<std::string, std::less<>> applicators = {
    "additionalProperties", "items", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"};

/// Every keyword of a schema that is outside the profile; a reference out of the schema counts as "$ref".
void collect_foreign(const Json& schema, std::set<std::string>& foreign) {
    for (const auto& [keyword, value] : schema.members()) {
        if (!profile.contains(keyword)) {
            foreign.insert(keyword);
        } else if (keyword == "$ref") {
            if (value.text() != "#" && !value.text().starts_with("#/")) foreign.insert(keyword);
        } else if (keyword == "properties" || keyword == "$defs") {
            for (const auto& [name, part] : value.members())
                collect_foreign(part, foreign);
        } else if (applicators.contains(keyword)) {
            collect_foreign(value, foreign);
            for (const Json& part : value.items())
                collect_foreign(part, foreign);
        }
    }
}

struct Counts {
    std::size_t groups = 0, tests = 0, refused = 0;
};

bool names_one_of(const std::string& refusal, const std::set<std::string>& keywords) {
    return std::any_of(keywords.begin(), keywords.end(), [&](const std::string& keyword) {
        return refusal.find(keyword + ": ") != std::string::npos;
    });
}

void run_group(const std::string& file, const Json& group, Formats formats, Counts& counts) {
    std::set<std::string> foreign;
    collect_foreign(group["schema"], foreign);
    const auto schema = Schema::from_json(group["schema"], formats);
    INFO(file << ": " << group["description"].text() << ": " << (schema.ok() ? "" : schema.error().detail));
    if (!foreign.empty()) {
        ++counts.refused;
        REQUIRE_FALSE(schema.ok());
        CHECK(names_one_of(schema.error().detail, foreign));
        return;
    }
    REQUIRE(schema.ok());
    ++counts.groups;
    for (const Json& test : group["tests"].items()) {
        INFO(test["description"].text() << ": " << test["data"].to_text());
        CHECK(schema->accepts(test["data"]) == test["valid"].bool_or(false));
        CHECK(schema->problems_of(test["data"]).empty() == test["valid"].bool_or(false));
        ++counts.tests;
    }
}

Counts run_folder(const std::filesystem::path& folder, Formats formats,
                  const std::set<std::string>& only = {}) {
    Counts counts;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        if (!only.empty() && !only.contains(entry.path().stem().string())) continue;
        const auto text = read_file(entry.path());
        REQUIRE(text.ok());
        const auto groups = parse_json(*text);
        REQUIRE(groups.ok());
        for (const Json& group : groups->items())
            run_group(entry.path().filename().string(), group, formats, counts);
    }
    return counts;
}

bool suite_is_there() {
    if (std::filesystem::exists(suite)) return true;
    WARN("skipped: no reference data");
    return false;
}

Json json_of(const std::string& text) {
    auto json = parse_json(text);
    INFO(text);
    REQUIRE(json.ok());
    return std::move(json).value();
}

std::string refusal_of(const std::string& text) {
    const auto schema = Schema::from_json(json_of(text));
    return schema.ok() ? "accepted" : schema.error().detail;
}

bool accepts(const std::string& schema_text, const std::string& document) {
    const auto schema = Schema::from_json(json_of(schema_text));
    INFO((schema.ok() ? "" : schema.error().detail));
    REQUIRE(schema.ok());
    return schema->accepts(json_of(document));
}

std::string problems_in(const std::string& schema_text, const std::string& document) {
    const auto schema = Schema::from_json(json_of(schema_text));
    REQUIRE(schema.ok());
    std::string words;
    for (const SchemaProblem& problem : schema->problems_of(json_of(document))) {
        words += (words.empty() ? "" : ", ") + problem.path + " " + problem.keyword;
        if (!problem.limit.is_null()) words += " " + problem.limit.to_text();
    }
    return words;
}

std::string pattern_refusal(std::string_view text) {
    const auto pattern = Pattern::from_text(text);
    return pattern.ok() ? "accepted" : pattern.error().detail;
}

bool finds(std::string_view pattern, std::string_view text) {
    const auto read = Pattern::from_text(pattern);
    INFO(pattern << ": " << (read.ok() ? "" : read.error().detail));
    REQUIRE(read.ok());
    return read->is_found_in(text);
}

} // namespace

TEST_CASE(
    "every group of the JSON Schema test suite within the profile passes, every other is refused by name") {
    if (!suite_is_there()) return;
    const Counts required = run_folder(suite, Formats::annotated);
    const Counts optional = run_folder(suite / "optional", Formats::annotated);
    std::printf("JSON Schema 2020-12: required: %zu groups (%zu tests) pass, %zu groups refused by keyword; "
                "optional: %zu groups (%zu tests) pass, %zu refused\n",
                required.groups, required.tests, required.refused, optional.groups, optional.tests,
                optional.refused);
    CHECK(required.groups + required.refused == 383);
    CHECK(optional.groups + optional.refused == 50);
    CHECK(required.groups == 180);
    CHECK(optional.groups == 26);
}

TEST_CASE("the chosen formats agree with every test of the suite") {
    if (!suite_is_there()) return;
    const std::set<std::string> chosen = {"date", "date-time", "time", "email", "hostname",
                                          "ipv4", "ipv6",      "uri",  "uuid"};
    const Counts counts = run_folder(suite / "optional" / "format", Formats::checked, chosen);
    std::printf("JSON Schema 2020-12 formats: %zu groups, %zu tests\n", counts.groups, counts.tests);
    CHECK(counts.groups == 10);
    CHECK(counts.tests >= 400);
}

TEST_CASE("a format outside the profile is refused by its name where formats are checked") {
    CHECK(refusal_of(R"({"format":"idn-email"})") == "format: \"idn-email\" is outside the profile");
    CHECK(refusal_of(R"({"properties":{"a":{"format":"regex"}}})") ==
          "/properties/a: format: \"regex\" is outside the profile");
}

TEST_CASE("a keyword outside the profile is refused with its place") {
    CHECK(refusal_of(R"({"contains":{}})") == "contains: this keyword is outside the profile");
    CHECK(refusal_of(R"({"properties":{"a/b":{"items":{"prefixItems":[]}}}})") ==
          "/properties/a~1b/items: prefixItems: this keyword is outside the profile");
    CHECK(refusal_of(R"({"$defs":{"unused":{"$id":"x"}}})") ==
          "/$defs/unused: $id: this keyword is outside the profile");
    CHECK(refusal_of(R"({"$ref":"other.json#/a"})") == "$ref: only references into the same schema (#/...)");
    CHECK(refusal_of(R"({"$ref":"#/$defs/a"})") == "$ref: \"#/$defs/a\" leads nowhere");
    CHECK(refusal_of(R"({"minLength":-1})") == "minLength: must be a whole number from 0");
    CHECK(refusal_of(R"({"multipleOf":0})") == "multipleOf: must be above 0");
    CHECK(refusal_of(R"({"type":"text"})") == "type: must name JSON types");
    CHECK(refusal_of(R"({"properties":{"a":5}})") == "/properties/a: is neither an object nor a boolean");
    CHECK(refusal_of("[]") == "the schema: is neither an object nor a boolean");
}

TEST_CASE("references may go round through the document, never on the spot") {
    const std::string tree =
        R"({"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}}})";
    CHECK(accepts(tree, R"({"children":[{"children":[]}]})"));
    CHECK_FALSE(accepts(tree, R"({"children":[{"children":[5]}]})"));
    CHECK(refusal_of(R"({"$ref":"#"})") == "$ref: a schema refers to itself for the same value");
    CHECK(
        refusal_of(R"({"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}})") ==
        "$ref: a schema refers to itself for the same value");
}

TEST_CASE("problems say where, which keyword and which limit") {
    const std::string schema = R"({"required":["a","b"],"additionalProperties":false,"properties":{
        "a":{"type":"string","minLength":2,"maxLength":3},"b":{"type":"array","items":{"maximum":5}}}})";
    CHECK(problems_in(schema, R"({"a":"ok","b":[1]})") == "");
    CHECK(problems_in(schema, R"({"a":"long one","c":1})") ==
          " required \"b\", /a maxLength 3,  additionalProperties \"c\"");
    CHECK(problems_in(schema, R"({"a":1,"b":[1,7]})") == "/a type, /b/1 maximum 5");
    CHECK(problems_in(R"({"anyOf":[{"type":"string"},{"minimum":3}]})", "1") == " anyOf");
}

TEST_CASE("whole numbers keep every digit, and lengths count code points") {
    CHECK_FALSE(accepts(R"({"maximum":9007199254740992})", "9007199254740993"));
    CHECK(accepts(R"({"type":"integer"})", "1.0"));
    CHECK_FALSE(accepts(R"({"type":"integer"})", "1.5"));
    CHECK(accepts(R"({"maxLength":2})", "\"\xF0\x9F\x90\xB2\xF0\x9F\x90\xB2\""));
    CHECK(accepts(R"({"multipleOf":0.0001})", "0.0075"));
}

TEST_CASE("a document beyond the caps is not accepted and costs little") {
    CHECK(problems_in("{}", "\"" + std::string(10'000, 'x') + "\"") == "");
    CHECK(problems_in("{}", "\"" + std::string(10'001, 'x') + "\"") == " too_large");
    std::string wide = "[1";
    for (int i = 0; i < 5000; ++i)
        wide += ",1" + std::to_string(i);
    CHECK(problems_in(R"({"uniqueItems":true})", wide + "]") == " too_large");
    // Thirty doublings, each cheap to write down.
    std::string doubling = R"({"$ref":"#/$defs/d0","$defs":{"d30":{"minimum":0})";
    for (int i = 0; i < 30; ++i) {
        const std::string next = R"({"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"}";
        doubling += ",\"d" + std::to_string(i) + "\":{\"allOf\":[" + next + "," + next + "]}";
    }
    CHECK(problems_in(doubling + "}}", "1") == " too_large");
}

TEST_CASE("a pattern means what ECMAScript says") {
    CHECK(finds("^a*$", "aaa"));
    CHECK_FALSE(finds("^abc$", "abc\n"));
    CHECK(finds(R"(^\s$)", "\xC2\xA0"));
    CHECK(finds(R"(^\s$)", "\v"));
    CHECK_FALSE(finds(R"(^\S$)", "\xEF\xBB\xBF"));
    CHECK(finds(R"(^[\S]$)", "x"));
    CHECK_FALSE(finds("^.$", "\xE2\x80\xA8"));
    CHECK_FALSE(finds(R"(^\d$)", "\xD9\xA1"));
    CHECK_FALSE(finds(R"(^\w$)", "é"));
    CHECK(finds(R"(^\p{Letter}+$)", "Йожин"));
    CHECK(finds(R"(^\p{Script=Arabic}+$)", "ليلى"));
    CHECK(finds(R"(^[\p{L}\p{M} '\-]+$)", "O'Brien-Ñandú"));
    CHECK_FALSE(finds(R"(^\P{L}$)", "a"));
    CHECK(finds(R"(^\uD83D\uDC32$)", "\xF0\x9F\x90\xB2"));
    CHECK(finds(R"(^\u{1F432}\x41\cC\0$)", std::string_view("\xF0\x9F\x90\xB2"
                                                            "A\x03\0",
                                                            7)));
    CHECK(finds(R"([[\]^])", "["));
    CHECK(finds(R"(^[\b]$)", "\b"));
    CHECK(finds(R"((?<year>\d{4})-(?:0?[1-9]|1[0-2]))", "in 2026-7"));
    CHECK(finds("^a{2,3}?$", "aaa"));
    CHECK(finds("x|", "y"));
}

TEST_CASE("what only one of RE2 and ECMAScript understands is refused with its position") {
    CHECK(pattern_refusal("ab(?=c)") == "at character 5: looking ahead is not possible");
    CHECK(pattern_refusal("(?<!a)b") == "at character 4: looking behind is not possible");
    CHECK(pattern_refusal(R"((a)\1)") == "at character 4: back references are not possible");
    CHECK(pattern_refusal(R"(a\Z)") == "at character 2: this escape is not known to both");
    CHECK(pattern_refusal(R"(\A)") == "at character 1: this escape is not known to both");
    CHECK(pattern_refusal("(?i)a") == "at character 1: this kind of group is not known to both");
    CHECK(pattern_refusal("a{2") == "at character 3: a } is expected");
    CHECK(pattern_refusal("{") == "at character 0: this sign must be escaped");
    CHECK(pattern_refusal("a**") == "at character 2: nothing to repeat");
    CHECK(pattern_refusal("^*") == "at character 1: an anchor cannot be repeated");
    CHECK(pattern_refusal("[]") == "at character 1: an empty class");
    CHECK(pattern_refusal("[z-a]") == "at character 4: the range is out of order");
    CHECK(pattern_refusal(R"([\d-z])") == "at character 5: a class cannot be the end of a range");
    CHECK(pattern_refusal("[a") == "at character 2: a class is not closed");
    CHECK(pattern_refusal("(a") == "at character 2: a group is not closed");
    CHECK(pattern_refusal("a)") == "at character 1: an unopened )");
    CHECK(pattern_refusal("a{1001}") == "at character 7: more than 1000 repeats");
    CHECK(pattern_refusal("a{3,2}") == "at character 6: the numbers are out of order");
    CHECK(pattern_refusal(R"(\p{Greek})") == "at character 9: the property \"Greek\" is not known to both");
    CHECK(pattern_refusal(R"(\uD83D)") == "at character 6: no character has this number");
    CHECK(pattern_refusal(R"(äö\)") == "at character 3: ends in a backslash");
    CHECK(pattern_refusal("(?<a>x)(?<a>y)") == "at character 12: two groups have this name");
    CHECK(pattern_refusal("((a{500}){500}){500}") == "invalid repetition size: {500}");
    CHECK(pattern_refusal(std::string(257, 'a')) == "longer than 256 characters");
    CHECK(pattern_refusal("\xff") == "not UTF-8");
}

TEST_CASE("a pattern that is slow elsewhere is matched in linear time") {
    std::string text(9'999, 'a');
    CHECK_FALSE(finds("^(a+)+$", text + "b"));
    CHECK(finds("^(a+)+$", text));
}
