#include <catch2/catch.hpp>

#include "core/vacancies/import.h"
#include "core/vacancies/occupation_field.h"
#include "core/vacancies/search.h"

using namespace vakant;

namespace {

Vacancy full_vacancy() {
    Vacancy v;
    v.id = "v1";
    v.agency = "kotka";
    v.source = "own";
    v.source_id = "cleaner-1";
    v.revision = "7";
    v.status = VacancyStatus::active;
    v.published_at = 1000;
    v.updated_at = 2000;
    v.expires_at = 9000;
    v.last_confirmed_at = 3000;
    v.positions = 2;
    v.employer = "Puhdas Piha Oy";
    v.relation = Relation::agency_leased;
    v.client_company = "Satamahalli Oy";
    v.employment = Employment::permanent;
    v.hours = Hours::part_time;
    v.percent_min = 50;
    v.percent_max = 80;
    v.shifts = {"day", "weekend"};
    v.start = StartKind::on_date;
    v.start_date = 5000;
    v.salary_min = 12.5;
    v.salary_currency = "EUR";
    v.salary_unit = "hour";
    v.deadline = DeadlineKind::on_date;
    v.deadline_at = 8000;
    v.remote = Remote::no;
    v.own_car = false;
    v.employer_hidden = true;
    v.training = Training::course;
    v.training_text = "Four weeks";
    v.training_needed = false;
    v.experience_needed = false;
    v.licence_needed = true;
    v.working_languages = {"fi", "en"};
    v.field = "cleaning";
    v.apply_at_kiosk = true;
    v.texts = {{"fi", "Siivooja", "", "<p>Siivoa.</p>", "Siivoa."},
               {"en", "Cleaner", "", "<p>Clean.</p>", "Clean."}};
    v.places = {{"FI", "Pirkanmaa", "Tampere", "837", "", "33100", "", 61.5, 23.8, ""}};
    v.requirements = {{RequirementKind::language, Level::must, "iso639", "fi", "suomi", "A2", ""}};
    v.requirements.push_back({RequirementKind::experience, Level::must, "", "", "3 v", "P3Y", "", "a"});
    v.places[0].region_code = "06";
    v.texts[1].duties = {"Floors", "Windows"};
    v.also_at = {{"jobtech", "9", "https://example.org/9"}};
    v.occupations = {{"ISCO08", "9112", "Siivooja"}};
    v.contacts = {{"Contact person", "Recruiter", "+00 000", "contact@example.invalid"}};
    return v;
}

} // namespace

TEST_CASE("a vacancy survives its JSON unchanged") {
    const Vacancy before = full_vacancy();
    const auto text = parse_json(to_json(before).to_text());
    REQUIRE(text.ok());
    const auto after = vacancy_from_json(*text);
    REQUIRE(after.ok());
    CHECK(to_json(*after) == to_json(before));
    CHECK(after->employment == Employment::permanent);
    CHECK(after->own_car == false);
    CHECK(after->places[0].latitude == 61.5);
    CHECK(after->requirements[0].degree == "A2");
    CHECK(after->apply_at_kiosk);
    CHECK(after->deadline_at == 8000);
    CHECK(after->employer_hidden);
    CHECK(after->training == Training::course);
    CHECK(after->training_needed == false);
    CHECK(after->licence_needed == true);
    CHECK(after->working_languages == std::vector<std::string>{"fi", "en"});
    CHECK(after->field == "cleaning");
    CHECK(after->places[0].region_code == "06");
    CHECK(after->requirements[1].alternative == "a");
    CHECK(after->texts[1].duties.size() == 2);
    CHECK(after->also_at[0].source_id == "9");
}

TEST_CASE("who hires is gone from a vacancy whose employer is hidden, and stays in any other") {
    const Vacancy hidden = without_names(full_vacancy());
    CHECK(to_json(hidden).to_text().find("Puhdas Piha") == std::string::npos);
    CHECK(to_json(hidden).to_text().find("Satamahalli") == std::string::npos);
    CHECK(hidden.employer_hidden);
    CHECK(hidden.relation == Relation::agency_leased);
    Vacancy open = full_vacancy();
    open.employer_hidden = false;
    CHECK(without_names(open).employer == "Puhdas Piha Oy");
}

TEST_CASE("a length of experience is told in months, and anything else is not guessed at") {
    const auto months = [](const char* degree, RequirementKind kind = RequirementKind::experience) {
        return months_asked({kind, Level::must, "", "", "", degree, ""});
    };
    CHECK(months("P3Y") == 36);
    CHECK(months("P36M") == 36);
    CHECK(months("P1Y6M") == 18);
    for (const char* other :
         {"", "P", "3 years", "P3", "P-3Y", "PY", "P3D", "P3Y6", "P9999999999Y", "P3M1Y"}) {
        INFO(other);
        CHECK(months(other) == std::nullopt);
    }
    CHECK(months("P3Y", RequirementKind::education) == std::nullopt);
}

TEST_CASE("requirements that stand for each other are one group, wherever they stand in the list") {
    Vacancy v;
    const auto add = [&v](const char* label, const char* alternative) {
        v.requirements.push_back({RequirementKind::other, Level::must, "", "", label, "", "", alternative});
    };
    add("degree", "a");
    add("licence", "");
    add("three years", "a");
    add("card", "");
    const auto groups = requirement_groups(v);
    REQUIRE(groups.size() == 3);
    REQUIRE(groups[0].size() == 2);
    CHECK(groups[0][1].label == "three years");
    CHECK(groups[1][0].label == "licence");
    CHECK(groups[2][0].label == "card");
}

TEST_CASE("no training is asked where the source says so or the occupation is an elementary one") {
    Vacancy v;
    v.occupations = {{"SSYK2012", "9111", "Städare"}};
    CHECK(asks_no_training(v));
    v.experience_needed = true;
    CHECK_FALSE(asks_no_training(v));
    v.experience_needed = false;
    v.requirements = {{RequirementKind::education, Level::nice, "", "", "course", "", ""}};
    CHECK(asks_no_training(v));
    v.requirements[0].level = Level::must;
    CHECK_FALSE(asks_no_training(v));
    v.training_needed = false;
    CHECK(asks_no_training(v));
    v.training_needed = true;
    v.requirements.clear();
    CHECK_FALSE(asks_no_training(v));
    Vacancy nurse;
    nurse.occupations = {{"ISCO08", "2221", "Nurse"}};
    CHECK_FALSE(asks_no_training(nurse));
}

TEST_CASE("the field of work is told by the occupation's code alone, by its longest known group") {
    const auto field = [](const char* scheme, const char* code) {
        return std::string(field_of({{scheme, code, "a label"}}));
    };
    CHECK(field("ISCO08", "9112") == "cleaning");
    CHECK(field("ISCO08", "4321") == "transport");
    CHECK(field("ISCO08", "4110") == "office");
    CHECK(field("ISCO08", "3434") == "kitchen");
    CHECK(field("STYRK08", "5321.01") == "care");
    CHECK(field("SSYK2012", "5343") == "care");
    CHECK(field("ESCO", "http://data.europa.eu/esco/isco/C7115") == "construction");
    CHECK(field("ESCO", "http://data.europa.eu/esco/occupation/8d3e8aaa") == "");
    CHECK(field("AF", "9112") == "");
    CHECK(field("ISCO08", "") == "");
    CHECK(field_of({{"AF", "x", ""}, {"SSYK2012", "9411", ""}}) == "kitchen");
    for (const auto name : occupation_fields)
        CHECK_FALSE(name.empty());
}

TEST_CASE("the JSON of a vacancy leaves out what is unknown") {
    Vacancy v;
    v.id = "v1";
    v.agency = "kotka";
    v.source = "own";
    v.source_id = "s";
    v.texts = {{"", "Kokki", "", "", ""}};
    CHECK(to_json(v).to_text() ==
          R"({"id":"v1","agency":"kotka","source":"own","source_id":"s","status":"active",)"
          R"("deadline":"none","texts":[{"title":"Kokki"}]})");
}

TEST_CASE("a vacancy without a required member or with one of a wrong type is refused by its name") {
    const auto refusal = [](std::string_view name, Json value) {
        Json json = to_json(full_vacancy());
        json.set(name, std::move(value));
        const auto read = vacancy_from_json(json);
        return read.ok() ? "accepted" : read.error().detail;
    };
    CHECK(refusal("id", Json()) == "id: missing");
    CHECK(refusal("agency", "") == "agency: missing");
    CHECK(refusal("source_id", Json()) == "source_id: missing");
    CHECK(refusal("texts", Json::array()) == "texts: missing");
    CHECK(refusal("texts", Json::array({Json::object({{"language", "fi"}})})) == "texts[0].title: missing");
    CHECK(refusal("employer", 5) == "employer: must be a text");
    CHECK(refusal("deadline_at", "2026") == "deadline_at: must be a whole number");
    CHECK(refusal("positions", std::int64_t{1} << 40) == "positions: must be a whole number");
    CHECK(refusal("places", Json::array({Json::object({{"latitude", "north"}})})) ==
          "places[0].latitude: must be a number");
    CHECK(refusal("contacts", Json::array({1})) == "contacts[0]: must be an object");
    CHECK(refusal("employment", "word-of-a-later-version") == "accepted");
    CHECK(refusal("member_of_a_later_version", 1) == "accepted");
}

TEST_CASE("equal content has an equal hash, whoever holds it and whenever it was confirmed") {
    const std::string hash = content_hash_of(full_vacancy());
    CHECK(hash.size() == 64);
    Vacancy same = full_vacancy();
    same.id = "v2";
    same.last_confirmed_at = 99'000;
    same.updated_at = 99'000;
    same.revision = "8";
    same.content_hash = "x";
    CHECK(content_hash_of(same) == hash);
    Vacancy later = full_vacancy();
    later.deadline_at = 8001;
    CHECK(content_hash_of(later) != hash);
    Vacancy withdrawn = full_vacancy();
    withdrawn.status = VacancyStatus::withdrawn;
    CHECK(content_hash_of(withdrawn) != hash);
    Vacancy other_contact = full_vacancy();
    other_contact.contacts[0].phone = "+00 001";
    CHECK(content_hash_of(other_contact) != hash);
}

TEST_CASE("a vacancy disappears at the earlier of its deadline and its expiry, and never without either") {
    Vacancy v = full_vacancy();
    CHECK(disappears_at(v) == 8000);
    v.expires_at = 7000;
    CHECK(disappears_at(v) == 7000);
    CHECK(is_open_at(v, 7000));
    CHECK_FALSE(is_open_at(v, 7001));
    v.deadline_at.reset();
    v.expires_at.reset();
    CHECK_FALSE(disappears_at(v).has_value());
    CHECK(is_open_at(v, 1'000'000'000'000));
    v.status = VacancyStatus::withdrawn;
    CHECK_FALSE(is_open_at(v, 0));
}

TEST_CASE("a card is in the reader's language where there is one, else in one that more people read") {
    const Vacancy v = full_vacancy();
    CHECK(card_of(v, "en").title == "Cleaner");
    CHECK(card_of(v, "fi-simple").title == "Siivooja");
    CHECK(card_of(v, "ar").title == "Cleaner");
    CHECK(card_of(v, "ar").language == "en");
    const VacancyCard card = card_of(v, "fi");
    CHECK(card.id == "v1");
    CHECK(card.employer == "Puhdas Piha Oy");
    CHECK(card.place == "Tampere");
    CHECK(card.deadline_at == 8000);
    CHECK(card.employment == Employment::permanent);
    CHECK(card.hours == Hours::part_time);
    CHECK(card.apply_at_kiosk);
}

TEST_CASE(
    "a card has the beginning of what one does in one line, cut between words, in its title's language") {
    Vacancy v = full_vacancy();
    for (VacancyText& text : v.texts)
        if (text.language == "en") text.summary = "You clean offices\n in the  mornings.";
    CHECK(card_of(v, "en").summary == "You clean offices in the mornings.");
    CHECK(card_of(head_of(v), "en").summary == card_of(v, "en").summary);
    const std::string ten = "abcdefghi ";
    std::string long_text;
    for (int i = 0; i < 16; ++i)
        long_text += ten;
    CHECK(excerpt_of(long_text) == long_text.substr(0, 159)); // 159 letters and a blank
    CHECK(excerpt_of(long_text + "x") == long_text.substr(0, 159) + "…");
    std::string one_word;
    for (int i = 0; i < 200; ++i)
        one_word += "ä";
    CHECK(excerpt_of(one_word) == one_word.substr(0, 159 * 2) + "…");
    CHECK(excerpt_of(excerpt_of(one_word)) == excerpt_of(one_word));
    CHECK(excerpt_of(" \n ").empty());
}

TEST_CASE("a card without an employer knows the agency, and names each place once") {
    Vacancy v = full_vacancy();
    v.employer.clear();
    v.places.push_back(v.places[0]);
    v.places.push_back(Place{});
    v.places.back().city = "Nokia";
    const VacancyCard card = card_of(v, "fi");
    CHECK(card.employer.empty());
    CHECK(card.agency == "kotka");
    CHECK(card.place == "Tampere, Nokia");
}

TEST_CASE(
    "what is taken along is the ad's address, else how to reach who answers, and the employer's site last") {
    Vacancy v;
    CHECK(address_to_take(v).empty());
    v.homepage = "www.example.org"; // no address that a telephone would open
    CHECK(address_to_take(v).empty());
    v.homepage = "https://example.org";
    CHECK(address_to_take(v) == "https://example.org");
    v.contacts.push_back({"Aino", "", "", "aino@example.org"});
    CHECK(address_to_take(v) == "mailto:aino@example.org");
    v.contacts[0].phone = "+358401234567";
    CHECK(address_to_take(v) == "tel:+358401234567");
    v.apply_phone = "+35891234567";
    CHECK(address_to_take(v) == "tel:+35891234567");
    v.apply_email = "jobs@example.org";
    CHECK(address_to_take(v) == "mailto:jobs@example.org");
    v.source_url = "https://feed.example.org/ad/1";
    CHECK(address_to_take(v) == "https://feed.example.org/ad/1");
    v.apply_url = "https://example.org/apply/1";
    CHECK(address_to_take(v) == "https://example.org/apply/1");
}

TEST_CASE("a place shows its city, else municipality, else region, else what the source said") {
    Place place;
    place.raw = "Norden";
    CHECK(place.shown() == "Norden");
    place.region = "Uusimaa";
    CHECK(place.shown() == "Uusimaa");
    place.municipality = "Helsinki";
    CHECK(place.shown() == "Helsinki");
    place.city = "Malmi";
    CHECK(place.shown() == "Malmi");
}
