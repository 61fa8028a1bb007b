#include <catch2/catch.hpp>
#include <set>

#include "core/base/bytes.h"
#include "core/base/utf8.h"
#include "core/vacancies/import.h"
#include "tests/places.h"

using namespace vakant;

namespace {

/// Tuesday 24 November 2026, a quarter past nine in Helsinki.
const UtcMs started_at = parse_iso8601("2026-11-24T07:15:00Z").value_or(0);

struct Import {
    std::vector<ImportedItem> items;
    std::string error;
};

Import import(std::string_view text, UtcMs start = started_at) {
    Import result;
    const auto outcome = import_own(text, start, [&result](ImportedItem item) -> Outcome {
        result.items.push_back(std::move(item));
        return done();
    });
    if (!outcome.ok()) result.error = outcome.error().detail;
    return result;
}

/// One posting with `more` members, through the importer.
ImportedItem import_one(const std::string& more) {
    const Import result = import(R"({"postings":[{"id":"a","texts":[{"language":"fi","title":"Kokki",
        "body":"Keittoa."}])" + more +
                                 "}]}");
    REQUIRE(result.error == "");
    REQUIRE(result.items.size() == 1);
    return result.items[0];
}

std::string refusal_of(const std::string& more) {
    const ImportedItem item = import_one(more);
    return item.kind == ImportedItem::Kind::refusal ? item.reason : "accepted";
}

} // namespace

TEST_CASE("the twelve demonstration postings are read whole, from a dozen fields of work") {
    const auto file = read_file(source_dir() + "/assets/vacancies/own.json");
    REQUIRE(file.ok());
    const Import demo = import(*file);
    REQUIRE(demo.error == "");
    REQUIRE(demo.items.size() == 12);
    std::set<std::string> ids, places, occupations;
    std::size_t continuous = 0, soon = 0, in_three = 0, without_pay = 0, hidden = 0;
    std::size_t with_alternatives = 0;
    for (const ImportedItem& item : demo.items) {
        INFO(item.source_id << ": " << item.reason);
        REQUIRE(item.kind == ImportedItem::Kind::vacancy);
        const Vacancy& v = item.vacancy;
        ids.insert(v.source_id);
        places.insert(std::string(v.places.at(0).shown()));
        occupations.insert(v.occupations.at(0).code);
        CHECK(v.source == "own");
        CHECK(v.apply_at_kiosk);
        CHECK(v.places[0].country == "FI");
        CHECK_FALSE(v.employer.empty());
        CHECK(v.published_at < started_at);
        CHECK(is_open_at(v, started_at));
        CHECK(v.start != StartKind::unknown);
        CHECK_FALSE(v.requirements.empty());
        CHECK_FALSE(v.field.empty());
        CHECK_FALSE(v.working_languages.empty());
        hidden += v.employer_hidden;
        if (v.employer_hidden)
            CHECK(to_json(without_names(v)).to_text().find("Kuusisep") == std::string::npos);
        if (requirement_groups(v).size() < v.requirements.size()) ++with_alternatives;
        CHECK(v.texts.size() >= 2);
        CHECK(v.texts[0].language == "fi");
        continuous += v.deadline == DeadlineKind::continuous;
        soon += v.deadline_at && *v.deadline_at < started_at + std::int64_t{3} * 24 * 3600 * 1000;
        in_three += v.texts.size() == 3;
        without_pay += v.salary_text.empty();
        for (const VacancyText& text : v.texts) {
            CHECK(code_point_count(text.body_plain) >= 700);
            CHECK(text.body_html.find("<h3>") != std::string::npos);
            CHECK_FALSE(text.summary.empty());
        }
    }
    CHECK(ids.size() == 12);
    CHECK(places.size() == 12);
    CHECK(occupations.size() == 12);
    CHECK(continuous == 1);
    CHECK(soon == 1);
    CHECK(in_three == 2);
    CHECK(without_pay == 1);
    CHECK(hidden == 1);
    CHECK(with_alternatives == 4);
}

TEST_CASE("days from the start count by the clocks of the zone and to the end of the last day") {
    const Vacancy v =
        import_one(R"(,"published":"-2d","deadline":"+14d","start":"+30d","expires":"+20d")").vacancy;
    CHECK(to_iso8601(*v.published_at) == "2026-11-21T22:00:00Z");
    CHECK(to_iso8601(*v.deadline_at) == "2026-12-08T21:59:59.999Z");
    CHECK(to_iso8601(*v.start_date) == "2026-12-23T22:00:00Z");
    CHECK(to_iso8601(*v.expires_at) == "2026-12-14T21:59:59.999Z");
    CHECK(v.deadline == DeadlineKind::on_date);
    CHECK(v.start == StartKind::on_date);
    CHECK(v.deadline_raw == "");
}

TEST_CASE("days from a start in winter end by summer time") {
    const UtcMs march = parse_iso8601("2026-03-20T10:00:00Z").value_or(0);
    const Import result = import(R"({"zone":"Europe/Stockholm","postings":[{"id":"a","deadline":"+14d",
                   "texts":[{"language":"sv","title":"Kock","body":"Soppa."}]}]})",
                                 march);
    REQUIRE(result.items.size() == 1);
    CHECK(to_iso8601(*result.items[0].vacancy.deadline_at) == "2026-04-03T21:59:59.999Z");
}

TEST_CASE("a deadline may be a day, a moment, continuous or not stated") {
    CHECK(to_iso8601(*import_one(R"(,"deadline":"2026-12-01")").vacancy.deadline_at) ==
          "2026-12-01T21:59:59.999Z");
    CHECK(to_iso8601(*import_one(R"(,"deadline":"2026-12-01T12:00")").vacancy.deadline_at) ==
          "2026-12-01T10:00:00Z");
    const Vacancy continuous = import_one(R"(,"deadline":"continuous")").vacancy;
    CHECK(continuous.deadline == DeadlineKind::continuous);
    CHECK_FALSE(continuous.deadline_at.has_value());
    CHECK(import_one("").vacancy.deadline == DeadlineKind::none);
}

TEST_CASE("a posting is refused by the path of what is wrong, and the others of the file are taken") {
    CHECK(refusal_of("") == "accepted");
    CHECK(refusal_of(R"(,"deadlin":"+14d")") == "deadlin: nothing of that name is known here");
    CHECK(refusal_of(R"(,"deadline":"soon")") ==
          "deadline: \"soon\" is neither a date nor days from the start such as \"+14d\"");
    CHECK(refusal_of(R"(,"hours":"lots")") ==
          "hours: \"lots\" is none of unknown, full_time, part_time, mixed");
    CHECK(refusal_of(R"(,"positions":0)") == "positions: must be a whole number from 1 to 10000");
    CHECK(refusal_of(R"(,"shifts":["noon"])") == "shifts: \"noon\" is no shift that is known");
    CHECK(refusal_of(R"(,"places":[{"country":"FI"}])") == "places[0].city: missing");
    CHECK(refusal_of(R"(,"requirements":[{"kind":"permit"}])") == "requirements[0].label: missing");
    CHECK(refusal_of(R"(,"requirements":[{"label":"x","levl":"must"}])") ==
          "requirements[0].levl: nothing of that name is known here");
    CHECK(refusal_of(R"(,"pay":{"min":5,"max":4})") == "pay.min: more than max");
    CHECK(refusal_of(R"(,"employer":7)") == "employer: must be a text");

    const Import mixed =
        import(R"({"postings":[{"id":"a"},7,{"id":"b","texts":[{"language":"fi","title":"K","body":"k"}]},
        {"id":"b","texts":[{"language":"fi","title":"K","body":"k"}]}]})");
    REQUIRE(mixed.items.size() == 4);
    CHECK(mixed.items[0].reason == "texts: missing");
    CHECK(mixed.items[1].reason == "posting: must be an object");
    CHECK(mixed.items[2].kind == ImportedItem::Kind::vacancy);
    CHECK(mixed.items[3].reason == "id: there twice in this file");
}

TEST_CASE("an own posting says all that an order says, and what follows from it") {
    const Vacancy v = import_one(R"(,"relation":"agency_leased","employer":"Laiva Oy","employer_hidden":true,
        "training":"apprenticeship","training_text":"Kaksi vuotta","working_languages":["Finnish","en"],
        "places":[{"city":"Oulu","region_code":"17"}],
        "occupations":[{"scheme":"ISCO08","code":"5120","label":"Kokki"}],
        "requirements":[
          {"kind":"education","label":"Kokin tutkinto","degree":"3","alternative":"tausta"},
          {"kind":"experience","label":"Kolme vuotta keittiössä","degree":"P3Y","alternative":"tausta"},
          {"kind":"people_skill","label":"Rauhallisuus"},
          {"kind":"language","label":"Ruotsi","degree":"B1"},
          {"kind":"driving_licence","label":"B-ajokortti","degree":"B"}])")
                          .vacancy;
    CHECK(v.employer_hidden);
    CHECK(v.training == Training::apprenticeship);
    CHECK(is_training(v));
    CHECK(v.working_languages == std::vector<std::string>{"fi", "en"});
    CHECK(v.places[0].region_code == "17");
    CHECK(v.field == "kitchen");
    CHECK(v.licence_needed == true);
    CHECK(v.training_needed == std::nullopt); // experience will do instead
    REQUIRE(v.requirements.size() == 5);
    CHECK(v.requirements[2].kind == RequirementKind::people_skill);
    CHECK(v.requirements[3].code == "sv");
    CHECK(v.requirements[3].scheme == "iso639");
    CHECK(requirement_groups(v).size() == 4);
    CHECK(months_asked(v.requirements[1]) == 36);
}

TEST_CASE("duties may stand instead of a body, each a line") {
    const Import result = import(R"({"postings":[{"id":"a","texts":[{"language":"fi","title":"Kokki",
        "duties":["Keität  keittoa","Tiskaat"]}]}]})");
    REQUIRE(result.items.size() == 1);
    CHECK(result.items[0].vacancy.texts.at(0).duties ==
          std::vector<std::string>{"Keität keittoa", "Tiskaat"});
}

TEST_CASE("a posting that contradicts itself or points nowhere is refused by the path") {
    CHECK(refusal_of(R"(,"employer":"X","employer_hidden":true)") ==
          "employer_hidden: true needs the relation agency_leased or recruitment_for_client");
    CHECK(refusal_of(R"(,"requirements":[{"label":"x","alternative":"a"}])") ==
          "requirements[0].alternative: \"a\" stands at no other requirement");
    CHECK(
        refusal_of(
            R"(,"requirements":[{"label":"x","alternative":"a"},{"label":"y","level":"nice","alternative":"a"}])") ==
        "requirements[0].level: differs among the alternatives \"a\"");
    CHECK(refusal_of(R"(,"requirements":[{"kind":"language","label":"Finnish","degree":"fluent"}])") ==
          "requirements[0].degree: \"fluent\" is no level of a language: A1 to C2, native");
    CHECK(refusal_of(R"(,"requirements":[{"kind":"experience","label":"x","degree":"3"}])") ==
          "requirements[0].degree: \"3\" is no length of time such as P3Y or P6M");
    CHECK(refusal_of(R"(,"training_needed":false,"requirements":[{"kind":"education","label":"x"}])") ==
          "training_needed: false, but a requirement that is a must asks for it");
    CHECK(
        refusal_of(
            R"(,"training_needed":false,"requirements":[{"kind":"education","level":"nice","label":"x"}])") ==
        "accepted");
    CHECK(refusal_of(R"(,"pay":{"min":12,"unit":"fortnight"})") ==
          "pay.unit: \"fortnight\" is none of hour, day, week, month, year");
    CHECK(refusal_of(R"(,"pay":{"min":12,"currency":"euro"})") ==
          "pay.currency: \"euro\" is no code of a currency such as EUR, SEK, NOK");
    CHECK(refusal_of(R"(,"working_languages":["Klingon"])") ==
          "working_languages: \"Klingon\" is no known language");
    CHECK(refusal_of(R"(,"field":"space")").starts_with("field: \"space\" is none of care, cleaning"));
}

TEST_CASE("the language of an own text is a code in small letters, or the posting is refused") {
    const auto read = [](const std::string& language) {
        const Import result = import(R"({"postings":[{"id":"a","texts":[{"language":")" + language +
                                     R"(","title":"Kokki","body":"Keittoa."}]}]})");
        return result.items.at(0).kind == ImportedItem::Kind::refusal ? result.items[0].reason : "accepted";
    };
    for (const char* known : {"fi", "nb", "nn", "so", "fi-simple"})
        CHECK(read(known) == "accepted");
    for (const std::string odd : {"FI", "suomi", "xx", "fi-", "f"})
        CHECK(read(odd) == "texts[0].language: \"" + odd + "\" is no code of a language such as fi, sv, nb");
}

TEST_CASE("a region has its code and its name, whichever of them an own posting gives") {
    const auto place = [](const std::string& members) {
        return import_one(R"(,"places":[{"country":"FI","city":"Nokia",)" + members + "}]")
            .vacancy.places.at(0);
    };
    CHECK(place(R"("region":"pirkanmaa")").region_code == "06");
    CHECK(place(R"("region":"Birkaland")").region_code == "06");
    CHECK(place(R"("region_code":"06")").region == "Pirkanmaa");
    CHECK(place(R"("region":"Hämeen lääni")").region_code == "");
    CHECK(place(R"("region":"Kaukana","region_code":"06")").region == "Kaukana");
}

TEST_CASE("a file that holds no postings is refused as a whole") {
    CHECK(import("[]").error == "not a file of own postings: it has no list \"postings\"");
    CHECK(import(R"({"zone":"Mars","postings":[]})").error ==
          "zone: \"Mars\" is not one of Europe/Helsinki, Europe/Stockholm, Europe/Oslo");
    CHECK(import("<html>").error.find("not JSON") == 0);
}

TEST_CASE("the same file at the same start gives the same content hashes") {
    const std::string file = R"({"postings":[{"id":"a","deadline":"+14d",
        "texts":[{"language":"fi","title":"Kokki","body":"Keittoa."}]}]})";
    const std::string hash = import(file).items.at(0).vacancy.content_hash;
    CHECK(import(file).items.at(0).vacancy.content_hash == hash);
    CHECK(import(file, started_at + 3600 * 1000).items.at(0).vacancy.content_hash == hash); // the same day
    CHECK(import(file, started_at + 24 * 3600 * 1000).items.at(0).vacancy.content_hash != hash);
}
