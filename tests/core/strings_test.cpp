#include "core/strings/strings.h"

#include <fstream>

#include <catch2/catch.hpp>

#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

void write(const ScratchFolder& folder, const std::string& name, std::string_view text) {
    std::ofstream(folder / name) << text;
}

} // namespace

TEST_CASE("texts are found by key and filled with their values") {
    const ScratchFolder folder;
    write(folder, "fi.json",
          R"({"home.title": "Etsi työtä", "list.count": "{n, plural, one {# paikka} other {# paikkaa}}",
                                "home.title.spoken": "Etsi työtä. Aloitussivu"})");
    const Strings strings = Strings::load(folder.path(), "fi").value();
    CHECK(strings.language() == "fi");
    CHECK(strings.direction() == Direction::left_to_right);
    CHECK(strings.get("home.title") == "Etsi työtä");
    CHECK(strings.get("list.count", {{"n", std::int64_t{1284}}}) == "1\u00A0284 paikkaa");
    CHECK(strings.has("home.title.spoken"));
    CHECK_FALSE(strings.has("home"));
    CHECK(strings.keys() == std::vector<std::string>{"home.title", "home.title.spoken", "list.count"});
}

TEST_CASE("a key that is missing or not filled is seen on the page") {
    const ScratchFolder folder;
    write(folder, "ar.json", R"({"hello": "مرحبا {name}"})");
    const Strings strings = Strings::load(folder.path(), "ar").value();
    CHECK(strings.direction() == Direction::right_to_left);
    CHECK(strings.get("home.title") == "[home.title]");
    CHECK(strings.get("hello") == "[hello]");
    CHECK(strings.get("hello", {{"name", std::string("Aino")}}) == "مرحبا \u2068Aino\u2069");
}

TEST_CASE("the pseudo-language is made of English while it is loaded") {
    const ScratchFolder folder;
    write(folder, "en.json", R"({"start": "Start", "count": "{n, plural, one {# day} other {# days}}"})");
    const Strings strings = Strings::load(folder.path(), "en-XA").value();
    CHECK(strings.get("start") == "Šţáááŕţ");
    CHECK(strings.get("count", {{"n", std::int64_t{2}}}) == "2 đáááýš");
}

TEST_CASE("a bad file of texts is refused with file, key and reason") {
    const ScratchFolder folder;
    const auto refusal = [&](std::string_view text) {
        write(folder, "fi.json", text);
        const auto strings = Strings::load(folder.path(), "fi");
        REQUIRE_FALSE(strings.ok());
        return strings.error().detail;
    };
    const std::string file = (folder / "fi.json").string();
    CHECK(refusal(R"({"a": "x", "list.count": "{n, plural, one {x}}"})")
              .starts_with(file + ": list.count: message pattern: "));
    CHECK(refusal(R"({"a": 1})") == file + ": a: is not a text");
    CHECK(refusal("[]") == file + ": is not an object of key and text");
    CHECK(refusal("{").starts_with(file + ": "));
    const auto absent = Strings::load(folder.path(), "sv");
    REQUIRE_FALSE(absent.ok());
    CHECK(absent.error().kind == ErrorKind::not_found);
}

TEST_CASE("the languages come in the order of their file with their own names") {
    const ScratchFolder folder;
    write(folder, "languages.json", R"([{"code":"fi","name":"Suomi"},{"code":"ar","name":"العربية"}])");
    const auto choices = load_languages(folder.path()).value();
    REQUIRE(choices.size() == 2);
    CHECK(choices[0].code == "fi");
    CHECK(choices[1].own_name == "العربية");
    write(folder, "languages.json",
          R"([{"code":"fi","name":"Suomi"},{"code":"et","name":"Eesti","shipped":false}])");
    CHECK(load_languages(folder.path()).value().size() == 1);
    write(folder, "languages.json", R"([{"code":"fi"}])");
    const auto bad = load_languages(folder.path());
    REQUIRE_FALSE(bad.ok());
    CHECK(bad.error().detail.find("languages.json") != std::string::npos);
}
