#include <catch2/catch.hpp>

#include "core/base/bytes.h"
#include "core/profile/agency_profile.h"
#include "tests/places.h"

using namespace vakant;

namespace {

Json minimal() {
    return Json::object({{"profile", "vakant-agency-profile/1"}, {"name", "Apu Oy"}});
}

/// What is said against the minimal profile with one more member.
std::string said_against(std::string_view member, Json value) {
    const auto profile = agency_profile_from_json(minimal().set(member, std::move(value)));
    return profile.ok() ? "nothing" : profile.error().detail;
}

} // namespace

TEST_CASE("the profile that ships for demonstrations reads whole, in seven languages") {
    const auto text = read_file(source_dir() + "/assets/config/aurora.json");
    REQUIRE(text.ok());
    const auto profile = agency_profile_from_text(*text);
    if (!profile.ok()) FAIL(profile.error().detail);
    CHECK(profile->name == "Aurora Henkilöstö Oy");
    CHECK(profile->offices.size() == 2);
    CHECK(profile->offices[0].name.in("ru").text == "Офис в Тампере");
    CHECK(profile->employers.size() == 7);
    CHECK(profile->other_agencies[1].name == "Tuulisepän Työt Oy");
    CHECK(profile->follow_up.within_working_days == 2);
    CHECK(profile->mirror == VacancySelection{});
    for (const std::string language : {"fi", "sv", "nb", "en", "uk", "ru", "ar"}) {
        INFO(language);
        for (const LocalText* local :
             {&profile->greeting, &profile->about, &profile->registering, &profile->follow_up.who,
              &profile->offices[0].hours, &profile->other_agencies[0].note})
            CHECK(local->in(language).language == language);
    }
}

TEST_CASE("a text is read in the language asked for, else its main language, else English, else the first") {
    const LocalText text{{{"fi", "suomeksi"}, {"sv", "på svenska"}, {"en", "in English"}}};
    CHECK(text.in("sv").text == "på svenska");
    CHECK(text.in("fi-simple").text == "suomeksi");
    CHECK(text.in("ar").text == "in English");
    CHECK(text.in("ar").language == "en");
    CHECK(LocalText{{{"nb", "på norsk"}}}.in("ar").text == "på norsk");
    CHECK(LocalText{}.in("fi").text.empty());
}

TEST_CASE("a profile with a slip of the pen is refused with the member's path and what is wrong there") {
    CHECK(said_against("version", "1") == "nothing"); // the control
    CHECK(said_against("offcies", Json::array()) == "offcies: no such member");
    CHECK(said_against("name", "  ") == "name: is needed");
    CHECK(said_against("profile", "vakant-form/1") == "profile: must be \"vakant-agency-profile/1\"");
    CHECK(said_against("greeting", "Hei") ==
          "greeting: must be an object of texts by language, such as {\"fi\": \"...\"}");
    CHECK(said_against("greeting", Json::object({{"Finnish", "Hei"}})) == "greeting.Finnish: not a language");
    CHECK(said_against("about", Json::object({{"fi", 3}})) == "about.fi: must be a text");
    CHECK(said_against("employers", Json::array({"Kotikaari", ""})) == "employers[1]: is needed");
    CHECK(
        said_against("offices", Json::array({Json::object({{"name", Json::object({{"fi", "Keskus"}})}})})) ==
        "offices[0].address: is needed");
    CHECK(said_against("other_agencies",
                       Json::array({Json::object({{"name", "B"}, {"homepage", "javascript:alert(1)"}})})) ==
          "other_agencies[0].homepage: must begin with https:// or http://");
    CHECK(said_against("follow_up", Json::object({{"within_working_days", 0}})) ==
          "follow_up.within_working_days: must be a whole number from 1 to 60");
    CHECK(said_against("mirror", Json::object({{"own_only", "yes"}})) ==
          "mirror.own_only: must be true or false");
    CHECK(said_against("brand", Json::object({{"font", "Comic"}})) == "brand.font: no such member");
}

TEST_CASE("whoever draws the brand finds the profile's name and greeting in it") {
    const Json greeting = Json::object({{"fi", "Tervetuloa"}});
    const auto profile = agency_profile_from_json(
        minimal().set("greeting", greeting).set("brand", Json::object({{"name", "Apu"}})));
    REQUIRE(profile.ok());
    CHECK(profile->brand["name"].text() == "Apu");
    CHECK(profile->brand["greeting"]["fi"].text() == "Tervetuloa");
    CHECK(agency_profile_from_json(minimal())->brand.is_null());
}

TEST_CASE("a selection of vacancies survives being written and read") {
    const VacancySelection selection{{"Tampere", "837"}, {"91"}, true};
    const auto read = selection_from_json(to_json(selection));
    REQUIRE(read.ok());
    CHECK(*read == selection);
}
