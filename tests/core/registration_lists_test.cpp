#include <catch2/catch.hpp>
#include <map>

#include "core/registration/choice_lists.h"
#include "tests/places.h"

using namespace vakant;

namespace {

ChoiceLists shipped() {
    auto lists = ChoiceLists::load(source_dir() + "/assets/lists");
    if (!lists.ok()) FAIL(lists.error().detail);
    return std::move(*lists);
}
std::vector<std::string> values(const std::vector<ListedChoice>& choices) {
    std::vector<std::string> out;
    for (const ListedChoice& choice : choices)
        out.push_back(choice.value);
    return out;
}

} // namespace

TEST_CASE("a municipality is found by the beginning of either name, with or without diacritics") {
    const ChoiceLists lists = shipped();
    CHECK(values(lists.find("municipalities", "åbo", "fi", 3)) == std::vector<std::string>{"Turku"});
    CHECK(values(lists.find("municipalities", "jyvaskyla", "en", 3)) ==
          std::vector<std::string>{"Jyväskylä"});
    CHECK(lists.text("municipalities", "Turku", "sv") == "Åbo");
    CHECK(lists.text("municipalities", "Turku", "ar") == "Turku");
}

TEST_CASE("an occupation is found in any language and shown in the reader's") {
    const ChoiceLists lists = shipped();
    for (const std::string_view typed : {"siivooja", "cleaner", "عامل نظافة", "прибиральник", "städare"}) {
        const auto found = lists.find("occupations", typed, "nb", 3);
        INFO(typed);
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].value == "cleaner");
        CHECK(found[0].text == "renholder");
    }
}

TEST_CASE("a school is found by what people call it, in other languages too, and keeps its own name") {
    const ChoiceLists lists = shipped();
    for (const auto& [typed, school] :
         std::map<std::string, std::string>{{"tamk", "Tampereen ammattikorkeakoulu"},
                                            {"stadin ao", "Stadin ammattiopisto"},
                                            {"helsingfors", "Helsingin yliopisto"},
                                            {"lapland university", "Lapin ammattikorkeakoulu"},
                                            {"abo akademi", "Åbo Akademi"}}) {
        INFO(typed);
        const auto found = lists.find("schools", typed, "fi", 3);
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].value == school);
        CHECK(found[0].text == school);
    }
}

TEST_CASE("languages and countries are named in every language") {
    const ChoiceLists lists = shipped();
    CHECK(lists.text("languages", "uk", "fi") == "ukraina");
    CHECK(lists.text("languages", "uk", "ar") == "الأوكرانية");
    CHECK(lists.text("countries", "SE", "fi") == "Ruotsi");
    CHECK(lists.text("countries", "SE", "uk") == "Швеція");
    CHECK(values(lists.find("languages", "українська", "en", 2)) == std::vector<std::string>{"uk"});
}

TEST_CASE("what begins with the words comes before what has them inside") {
    ChoiceLists lists;
    const auto json =
        parse_json(R"({"format":"vakant-list/1","entries":["Etelä-Savo","Savo","Savonlinna","Savo"]})");
    REQUIRE(json.ok());
    REQUIRE(lists.add("x", *json).ok());
    CHECK(values(lists.find("x", "savo", "fi", 9)) ==
          std::vector<std::string>{"Savo", "Savo", "Savonlinna", "Etelä-Savo"});
    CHECK(lists.find("x", "", "fi", 9).empty());
    CHECK(lists.find("x", "savo", "fi", 1).size() == 1);
    CHECK(lists.value_named("x", "SAVO", "fi") == "Savo");
    CHECK(lists.value_named("x", "sav", "fi").empty());
}

TEST_CASE("a file that is no list is refused with the reason") {
    ChoiceLists lists;
    for (const std::string_view text : {R"({})", R"({"format":"vakant-list/1","entries":[]})",
                                        R"({"format":"vakant-list/1","names":"x","entries":["a"]})",
                                        R"({"format":"vakant-list/1","entries":[{"text":{"fi":"x"}}]})"}) {
        const auto json = parse_json(text);
        REQUIRE(json.ok());
        const Outcome added = lists.add("x", *json);
        REQUIRE_FALSE(added.ok());
        CHECK(added.error().kind == ErrorKind::invalid_input);
    }
}
