#include <catch2/catch.hpp>

#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

std::string ad(const std::string& id, const std::string& more = "") {
    return R"({"ilmoituksenID":")" + id + R"(","ilmoituksenKielet":["fi"],)" +
           R"("ilmoittajanNimi":[{"kieliKoodi":"fi","arvo":"Testi Oy"}],)" +
           R"("perustiedot":{"tyonOtsikko":[{"kieliKoodi":"fi","arvo":"Siivooja"}],"tyonJatkuvuus":"01"})" +
           more + "}";
}
std::string page(int promised, const std::string& ads) {
    return R"({"sivutus":{"sivu":0,"maara":100},"ilmoituksienMaara":)" + std::to_string(promised) +
           R"(,"ilmoitukset":[)" + ads + "]}";
}

} // namespace

TEST_CASE("the sample of Työmarkkinatori keeps its duties, shifts, client and the whole last day") {
    const auto text = reference_file("fi/tmt_response_sample.json");
    const auto codes = reference_file("fi/municipalities.json");
    if (!text || !codes) {
        WARN("skipped: no reference data");
        return;
    }
    ImportSettings settings;
    settings.place_names = read_place_names(*codes).value();
    CHECK(settings.place_names.size() == 309);
    const CollectedItems items = collect(FeedFormat::tmt, *text, settings);
    REQUIRE(items.vacancies.size() == 1);
    CHECK(items.refusals.empty());
    CHECK(items.sweep.complete());
    const Vacancy& v = items.only_vacancy();
    CHECK(v.source_id == "91f04ea5-8eba-421e-a2b5-c6c21e4d64c8");
    CHECK(v.texts.at(0).language == "fi");
    CHECK(v.texts.at(0).title == "Hoiva-avustaja/Lähihoitaja/Sairaanhoitaja");
    CHECK(v.relation == Relation::agency_leased);
    CHECK(v.client_company == "Henkilöstövuorkaus AABB Oy");
    CHECK(v.employment == Employment::permanent);
    CHECK(v.hours == Hours::part_time);
    CHECK(v.hours_raw == "\u201340 h/viikko, Arkisin");
    CHECK(v.shifts == std::vector<std::string>{"day", "evening", "night", "weekend", "shift3", "shift2"});
    CHECK(v.start == StartKind::as_soon_as_possible);
    CHECK(v.salary_text == "Aikapalkka");
    CHECK(v.positions == 10);
    // 22:00 UTC on the 30th is midnight in Helsinki: the 31st, all of it.
    CHECK(v.deadline_raw == "2022-12-30T22:00:00Z");
    CHECK(to_iso8601(v.deadline_at.value()) == "2022-12-31T21:59:59.999Z");
    REQUIRE(v.places.size() == 2);
    CHECK(v.places[0].shown() == "Kuopio");
    CHECK(v.places[1].municipality_code == "179");
    REQUIRE(v.requirements.size() == 2);
    CHECK(v.requirements[1].kind == RequirementKind::language);
    CHECK(v.requirements[1].degree == "C1");
    CHECK(v.occupations.at(0).scheme == "ESCO");
    CHECK(v.contacts.at(0).phone == "123123");
    // Without the code list, places stay the codes that were given.
    CHECK(collect(FeedFormat::tmt, *text).only_vacancy().places.at(0).shown() == "kunta 297");
}

TEST_CASE("the testbed's answer gives four vacancies without an id of their own, two of them the same") {
    const auto text = reference_file("fi/testbed_job_postings_response.json");
    if (!text) {
        WARN("skipped: no reference data");
        return;
    }
    const CollectedItems items = collect(FeedFormat::tmt, *text);
    REQUIRE(items.vacancies.size() == 4);
    CHECK(items.refusals.empty());
    CHECK(items.vacancies[0].vacancy.texts.at(0).title ==
          "Hoitoapulainen, Dementiahoitokoti Dagmaaria Oy, Pori");
    CHECK(items.vacancies[0].vacancy.places.at(0).shown() == "Pori");
    CHECK(items.vacancies[0].vacancy.hours == Hours::full_time);
    // The first day of the calendar means that none was given.
    CHECK(items.vacancies[0].vacancy.deadline == DeadlineKind::none);
    CHECK(to_iso8601(items.vacancies[2].vacancy.deadline_at.value()) == "2022-12-31T13:00:00Z");
    CHECK(items.vacancies[2].source_id == items.vacancies[3].source_id);
    CHECK(items.vacancies[0].source_id != items.vacancies[1].source_id);
}

TEST_CASE("a sweep is complete only when as many different ads came as were promised") {
    CHECK(collect(FeedFormat::tmt, page(2, ad("a") + "," + ad("b"))).sweep.complete());
    CHECK(collect(FeedFormat::tmt, page(3, ad("a")) + "\n" + page(3, ad("b") + "," + ad("c")))
              .sweep.complete());
    CHECK_FALSE(collect(FeedFormat::tmt, page(3, ad("a") + "," + ad("b"))).sweep.complete());
    // The list moved between two pages: one ad came twice, another one never.
    CHECK_FALSE(collect(FeedFormat::tmt, page(2, ad("a")) + page(2, ad("a"))).sweep.complete());
    CHECK_FALSE(collect(FeedFormat::tmt, ad("a")).sweep.complete());
    CHECK_FALSE(collect(FeedFormat::tmt, page(0, "")).sweep.complete());
    CHECK_FALSE(collect(FeedFormat::tmt, page(2, ad("a") + R"(,{"perustiedot":{}})")).sweep.complete());
}

TEST_CASE("texts in several languages, plain texts and single contacts are all read") {
    const std::string text =
        R"({"ilmoituksenID":"x","ilmoituksenKielet":["fi","sv"],"kotitaloudenNimi":"Perhe Testi",
        "perustiedot":{"tyonOtsikko":[{"kieliKoodi":"fi","arvo":"Siivooja"},{"kieliKoodi":"sv","arvo":"Städare"}],
        "tyonKuvaus":[{"kieliKoodi":"sv","arvo":"Städning\n* golv\n* fönster"}],
        "tyonJatkuvuus":"99","tyoAika":"01","palkanPeruste":"99"},
        "osaamisvaatimukset":{"ajokortti":{"vaaditutAjokorttiluokat":["B"]},"koulutusaste":"32","rikosrekisteriote":true},
        "sijainti":{"sijaintiJoustava":true,"kunta":["091"],"toimipaikka":{"postiosoite":"Katu 1","postitoimipaikka":"HELSINKI"}},
        "hakeminen":{"ilmoittajanYhteystiedot":{"sposti":"a@example.invalid","puhelinNro":""}}})";
    const Vacancy v = collect(FeedFormat::tmt, text).only_vacancy();
    REQUIRE(v.texts.size() == 2);
    CHECK(v.text_for("sv").title == "Städare");
    CHECK(v.text_for("sv").body_html == "<p>Städning</p><ul><li>golv</li><li>fönster</li></ul>");
    CHECK(v.text_for("fi").body_plain.empty());
    CHECK(v.employer == "Perhe Testi");
    CHECK(v.employment == Employment::unknown);
    CHECK(v.employment_raw == "99");
    CHECK(v.salary_text == "99");
    CHECK(v.remote == Remote::yes);
    CHECK(v.places.at(0).shown() == "Helsinki");
    CHECK(v.places.at(0).street == "Katu 1");
    REQUIRE(v.requirements.size() == 3);
    CHECK(v.requirements[0].degree == "B");
    CHECK(v.requirements[1].label == "Ammatillinen peruskoulutus");
    CHECK(v.requirements[2].label == "Rikosrekisteriote");
    CHECK(v.contacts.at(0).email == "a@example.invalid");
    const std::string plain =
        R"({"ilmoituksenID":"y","ilmoituksenKielet":["en"],"perustiedot":{"tyonOtsikko":"Cleaner"}})";
    CHECK(collect(FeedFormat::tmt, plain).only_vacancy().texts.at(0).language == "en");
}

TEST_CASE("an ad of Työmarkkinatori without an id, a title or a readable date is refused with the field") {
    const auto reason = [](const std::string& text) {
        const CollectedItems items = collect(FeedFormat::tmt, text);
        return items.refusals.size() == 1 ? items.refusals[0].reason : "no refusal";
    };
    CHECK(reason(R"({"ilmoituksenID":"x","perustiedot":{"tyonOtsikko":[]}})") ==
          "perustiedot.tyonOtsikko: missing");
    CHECK(reason(page(1, R"({"perustiedot":{"tyonOtsikko":"Siivooja"}})")) == "ilmoituksenID: missing");
    CHECK(reason(ad("x", R"(,"hakeminen":{"hakuaikaPaattyy":"pian"})")) ==
          "hakuaikaPaattyy: \"pian\" is no date");
    CHECK(reason(page(1, "7")) == "not an object");
}
