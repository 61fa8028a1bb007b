#include <catch2/catch.hpp>
#include <filesystem>

#include "core/base/bytes.h"
#include "core/vacancies/import_formats.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path reference = source_dir() + "/../shared/data/vacancies";

struct Import {
    std::vector<ImportedItem> items;
    std::string error; ///< "" where the whole was read

    const Vacancy& vacancy(const std::string& source_id) const {
        for (const ImportedItem& item : items) {
            if (item.kind == ImportedItem::Kind::vacancy && item.source_id == source_id) return item.vacancy;
        }
        FAIL("no vacancy " << source_id);
        return items.front().vacancy;
    }
    std::size_t count(ImportedItem::Kind kind) const {
        std::size_t n = 0;
        for (const ImportedItem& item : items)
            n += item.kind == kind;
        return n;
    }
};

Import import(std::string_view text) {
    Import result;
    const auto outcome = import_jobtech(text, [&result](ImportedItem item) -> Outcome {
        result.items.push_back(std::move(item));
        return done();
    });
    if (!outcome.ok()) result.error = outcome.error().detail;
    return result;
}

std::optional<std::string> reference_file(const char* path) {
    auto file = read_file(reference / path);
    if (file.ok()) return std::move(file).value();
    WARN("skipped: no reference data");
    return std::nullopt;
}

/// The least that an ad must have.
Json small_ad() {
    return Json::object(
        {{"id", "1"}, {"headline", "Kock"}, {"description", Json::object({{"text", "Laga mat."}})}});
}

} // namespace

TEST_CASE("a real JobStream delta gives its ten ads and fourteen removals") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    const Import delta = import(*file);
    CHECK(delta.error == "");
    REQUIRE(delta.items.size() == 24);
    CHECK(delta.count(ImportedItem::Kind::vacancy) == 10);
    CHECK(delta.count(ImportedItem::Kind::removal) == 14);
    for (std::size_t i = 0; i < 24; ++i)
        CHECK(delta.items[i].index == i);
    const ImportedItem& removal = delta.items[10];
    CHECK(removal.source_id == "23800448"); // an integer in the file
    REQUIRE(removal.removed_at);
    CHECK(to_iso8601(*removal.removed_at) == "2020-02-28T02:11:33Z");
}

TEST_CASE("a real ad keeps its employer, terms, place, licence and reference") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    const Import delta = import(*file);
    const Vacancy& v = delta.vacancy("23905080");
    CHECK(v.source == "jobtech");
    CHECK(v.revision == "1582815595734");
    CHECK(v.text_for("sv").title == "Erfaren trädgårdsarbetare");
    CHECK(v.text_for("sv").language == "");
    CHECK(v.employer == "Höga Kusten Skog & Fastighet AB");
    CHECK(v.work_unit == "Höga Kusten Skog & Fastighet AB Härnösand");
    CHECK(v.homepage == "https://www.hksf.se");
    CHECK(v.organisation_number == "5569255788");
    CHECK(v.positions == 3);
    CHECK(v.employment == Employment::fixed_term);
    CHECK(v.employment_raw == "Vanlig anställning");
    CHECK(v.duration_text == "6 månader eller längre");
    CHECK(v.hours == Hours::full_time);
    CHECK(v.percent_min == 100);
    CHECK(v.salary_text == "Fast månads- vecko- eller timlön");
    CHECK(v.own_car == false);
    REQUIRE(v.places.size() == 1);
    CHECK(v.places[0].country == "SE");
    CHECK(v.places[0].shown() == "Härnösand");
    CHECK(v.places[0].municipality_code == "2280");
    CHECK(v.places[0].street == "Industrigatan");
    CHECK(v.places[0].postcode == "87154");
    CHECK(v.places[0].latitude.value_or(0) == Approx(62.6540145675248));
    CHECK(v.places[0].longitude.value_or(0) == Approx(17.9060505951044));
    CHECK(v.apply_email == "contact@example.invalid");
    CHECK(v.apply_instructions == "");
    CHECK(v.apply_reference == "Trädgård Härnösand");
    CHECK(v.apply_url == "");
    CHECK_FALSE(v.apply_at_kiosk);
    REQUIRE(v.requirements.size() == 3);
    CHECK(v.requirements[0].kind == RequirementKind::language);
    CHECK(v.requirements[0].label == "Svenska");
    CHECK(v.requirements[0].code == "sv");
    CHECK(v.licence_needed == true);
    CHECK(v.field == "farming");
    CHECK(v.places[0].region_code == "22");
    CHECK(v.requirements[1].kind == RequirementKind::experience);
    CHECK(v.requirements[2].kind == RequirementKind::driving_licence);
    CHECK(v.requirements[2].degree == "B");
    CHECK(v.requirements[2].level == Level::must);
    REQUIRE(v.occupations.size() == 3);
    CHECK(v.occupations[0].label == "Trädgårdsarbetare/Plantskolearbetare, trädgård");
    CHECK(v.occupations[1].scheme == "SSYK2012");
    CHECK(v.occupations[1].code == "6112");
}

TEST_CASE("a real ad's last day counts to its end in Stockholm, over the change of the clock") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    const Import delta = import(*file);
    const Vacancy& winter = delta.vacancy("23905080");
    CHECK(winter.deadline == DeadlineKind::on_date);
    CHECK(to_iso8601(*winter.deadline_at) == "2020-03-28T22:59:59.999Z");
    CHECK(to_iso8601(*winter.published_at) == "2020-02-27T12:14:45Z");
    CHECK(is_open_at(winter, *winter.deadline_at));
    CHECK_FALSE(is_open_at(winter, *winter.deadline_at + 1));
    const Vacancy& summer = delta.vacancy("23862880");
    CHECK(to_iso8601(*summer.deadline_at) == "2020-04-30T21:59:59.999Z");
    CHECK(summer.deadline_raw == "2020-04-30T23:59:59");
}

TEST_CASE("every real ad has a title, an employer, a place and a clean body") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    for (const ImportedItem& item : import(*file).items) {
        if (item.kind != ImportedItem::Kind::vacancy) continue;
        const VacancyText& text = item.vacancy.texts.at(0);
        INFO(item.source_id);
        CHECK_FALSE(text.title.empty());
        CHECK(text.title.find("  ") == std::string::npos);
        CHECK(text.title.back() != ' ');
        CHECK_FALSE(item.vacancy.employer.empty());
        CHECK_FALSE(item.vacancy.places.at(0).shown().empty());
        CHECK(item.vacancy.places[0].country == "SE");
        CHECK(text.body_plain.size() > 200);
        CHECK(text.body_plain.find('<') == std::string::npos);
        CHECK(text.body_plain.find("&amp;") == std::string::npos);
        CHECK(text.body_plain.find("\u00A0") == std::string::npos);
        CHECK(text.body_plain.find("\n\n\n") == std::string::npos);
        CHECK(text.body_html.substr(0, 3) == "<p>");
        CHECK(item.vacancy.content_hash.size() == 64);
    }
}

TEST_CASE("real ads: part time, permanence, spare commas, conditions and lists arrive as meant") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    const Import delta = import(*file);

    const Vacancy& nurse = delta.vacancy("23905979");
    CHECK(nurse.text_for("").title == "Sjuksköterska, tillsvidaretjänst Natt");
    CHECK(nurse.employment == Employment::permanent);
    CHECK(nurse.hours == Hours::part_time);
    CHECK(nurse.percent_min == 80);
    CHECK(nurse.percent_max == 100);
    CHECK(nurse.salary_text == "Månadslön");
    CHECK(nurse.text_for("").body_plain.find(
              "Tillsvidareanställning, tillträde: Tillträde enligt överenskommelse.") != std::string::npos);

    const Vacancy& burgers = delta.vacancy("23905982");
    CHECK(burgers.employer == "Max Burgers AB");
    CHECK(burgers.work_unit == "");
    CHECK(burgers.places[0].shown() == "Eskilstuna");

    const Vacancy& foreman = delta.vacancy("23905028");
    CHECK(foreman.text_for("").title == "Lagbas Anläggning");
    CHECK(foreman.apply_instructions == "Mikael.nyberg.se");

    const Vacancy& gardener = delta.vacancy("23904965");
    CHECK_FALSE(gardener.places[0].latitude);
    REQUIRE(gardener.requirements.size() == 3);
    CHECK(gardener.requirements[1].level == Level::nice);
    const VacancyText& text = gardener.text_for("");
    CHECK(text.body_html.find(
              "<ul><li>formgivning nya planteringar</li><li>förnya befintliga vegetationsytor</li>") !=
          std::string::npos);
    CHECK(text.body_plain.find("\n\n• formgivning nya planteringar\n• förnya befintliga vegetationsytor\n") !=
          std::string::npos);
    CHECK(text.body_html.find("<br></p>") == std::string::npos);
}

TEST_CASE("one ad of the current JobSearch schema is read by itself") {
    const auto file = reference_file("se/jobsearch_ad_2024.json");
    if (!file) return;
    const Import one = import(*file);
    CHECK(one.error == "");
    REQUIRE(one.items.size() == 1);
    const Vacancy& v = one.vacancy("28746073");
    CHECK(v.text_for("en").title == "Group Product Manager - Customer Care");
    CHECK(v.text_for("en").body_plain == "Who are we?\nVolvo Cars is a company on a mission ... mentor & "
                                         "inspire Product Managers. [... trimmed "
                                         "...]\n\nFull Time\nPermanent");
    CHECK(v.text_for("en").body_html == "<p>Who are we?<br>Volvo Cars is a company on a mission ... mentor "
                                        "&amp; inspire Product Managers. [... "
                                        "trimmed ...]</p><p>Full Time<br>Permanent</p>");
    CHECK(v.salary_text == "Fast månads- vecko- eller timlön"); // "Undefined" says nothing
    CHECK(v.employment == Employment::permanent);
    CHECK(v.employer == "Volvo Personvagnar AB");
    CHECK(v.work_unit == "Volvo Car Corporation");
    CHECK(v.places[0].shown() == "Stockholm");
    CHECK(v.places[0].latitude.value_or(0) == Approx(59.329323));
    CHECK(v.apply_url == "https://volvo-car-corporation.contactrh.com/jobs/9669/42438554");
    CHECK(v.apply_instructions == "Ansökan skickas till: VAK building, Assar Gabrielssons väg, Göteborg, SE");
    REQUIRE(v.contacts.size() == 1);
    CHECK(v.contacts[0].name == "Contact person");
    CHECK(v.contacts[0].phone == "+00 000 00 00");
    CHECK(to_iso8601(*v.deadline_at) == "2024-05-08T21:59:59.999Z");
    CHECK(v.source_url == "https://arbetsformedlingen.se/platsbanken/annonser/28746073");
}

TEST_CASE("the same ads as NDJSON give the same vacancies") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    const auto array = parse_json(*file);
    REQUIRE(array.ok());
    std::string lines;
    for (const Json& element : array->items())
        lines += element.to_text() + "\r\n";
    const Import a = import(*file), b = import(lines);
    CHECK(b.error == "");
    REQUIRE(a.items.size() == b.items.size());
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        CHECK(to_json(a.items[i].vacancy) == to_json(b.items[i].vacancy));
        CHECK(a.items[i].removed_at == b.items[i].removed_at);
    }
}

TEST_CASE("a truncated array gives the ads before the cut, then says that it is cut off") {
    const auto file = reference_file("se/jobstream_delta_2020.json");
    if (!file) return;
    const Import cut = import(std::string_view(*file).substr(0, file->size() / 2));
    CHECK(cut.items.size() >= 3);
    CHECK(cut.items.size() < 10);
    CHECK(cut.items[0].vacancy.text_for("").title == "Erfaren trädgårdsarbetare");
    CHECK(cut.error.find("cut off") != std::string::npos);
    const std::string two = "[" + small_ad().to_text() + "," + small_ad().to_text();
    const Import open = import(two);
    CHECK(open.items.size() == 2);
    CHECK(open.error.find("cut off before its closing bracket") != std::string::npos);
}

TEST_CASE("files of another kind are refused as a whole, with what they seem to be") {
    const auto refusal = [](std::string_view text) {
        const Import result = import(text);
        CHECK(result.items.empty());
        return result.error;
    };
    CHECK(refusal("") == "not a JobTech feed; it seems to be an empty file");
    CHECK(refusal("<!DOCTYPE html><html>") ==
          "not a JobTech feed; it seems to be an HTML page without a JobPosting");
    CHECK(refusal("id;rubrik\n1;Kock\n") == "not a JobTech feed; it seems to be a table (CSV)");
    CHECK(refusal("PK\x03\x04...") ==
          "not a JobTech feed; it seems to be a ZIP archive or an Office document");
    CHECK(refusal("[1,2]") == "not a JobTech feed; it seems to be JSON of another kind");
    CHECK(refusal(R"({"postings":[]})") == "not a JobTech feed; it seems to be the agency's own postings");
    CHECK(refusal(R"({"name":"x"})") == "not a JobTech feed; it seems to be JSON of another kind");
    CHECK(refusal(R"([{"id":"1"},{"id":"2"}])") == "not a JobTech feed; it seems to be JSON of another kind");
}

TEST_CASE("a page of JobSearch holds its ads in its hits, and says how many there are") {
    const std::string page =
        Json::object({{"total", Json::object({{"value", 7}})}, {"hits", Json::array({small_ad()})}})
            .to_text();
    Sweep sweep;
    std::size_t ads = 0;
    const auto outcome = import_jobtech(
        page,
        [&ads](const ImportedItem& item) -> Outcome {
            ads += item.kind == ImportedItem::Kind::vacancy;
            return done();
        },
        &sweep);
    REQUIRE(outcome.ok());
    CHECK(ads == 1);
    CHECK(sweep.why_incomplete() == "the file holds 1 of 7");
}

TEST_CASE("the other reference files are refused by their kind") {
    const std::vector<std::pair<const char*, const char*>> files = {
        {"jobposting/se_jobposting_70.json", "schema.org JobPosting"},
        {"jobposting/schemaorg_examples.json", "schema.org JobPosting"},
        {"fi/tmt_response_sample.json", "Työmarkkinatori vacancies"},
        {"fi/tmt_openapi_v1.json", "an API contract (OpenAPI)"},
        {"no/pam_ads_electricians.json", "a page of NAV ads"},
        {"no/import_api_transfer_ads.json", "messages to NAV's import API"},
        {"no/pam_ad_ad_1.json", "NAV ads"},
        {"no/styrk_category_mapping.csv", "a table of occupation codes"},
    };
    for (const auto& [path, kind] : files) {
        const auto file = reference_file(path);
        if (!file) return;
        const Import result = import(*file);
        INFO(path);
        CHECK(result.items.empty());
        CHECK(result.error == std::string("not a JobTech feed; it seems to be ") + kind);
    }
}

TEST_CASE("an ad that lacks what it must have is refused alone, with field and reason") {
    Json no_title = small_ad();
    no_title.erase("headline");
    Json bad_date = small_ad();
    bad_date.set("application_deadline", "Snarest");
    Json no_id = small_ad();
    no_id.set("id", Json());
    Json feed =
        Json::array({small_ad(), no_title, bad_date, no_id, Json("text"), Json::object({{"removed", true}})});
    const Import result = import(feed.to_text());
    CHECK(result.error == "");
    REQUIRE(result.items.size() == 6);
    CHECK(result.items[0].kind == ImportedItem::Kind::vacancy);
    CHECK(result.items[1].reason == "headline: missing");
    CHECK(result.items[1].source_id == "1");
    CHECK(result.items[2].reason == "application_deadline: \"Snarest\" is no date");
    CHECK(result.items[3].reason == "id: missing");
    CHECK(result.items[4].reason == "not an object");
    CHECK(result.items[5].reason == "id: missing");
    for (std::size_t i = 1; i < 6; ++i)
        CHECK(result.items[i].kind == ImportedItem::Kind::refusal);
}

TEST_CASE("an id that is there but is no id is told as it stands") {
    Json fraction = small_ad(), list = small_ad();
    fraction.set("id", Json(1.5));
    list.set("id", Json::array({1}));
    const Import result = import(Json::array({fraction, list}).to_text());
    REQUIRE(result.items.size() == 2);
    CHECK(result.items[0].reason == "id: 1.5 is neither a text nor a whole number");
    CHECK(result.items[1].reason == "id: [1] is neither a text nor a whole number");
    std::string big = small_ad().to_text();
    big.replace(big.find("\"id\":"), big.find(',', big.find("\"id\":")) - big.find("\"id\":"),
                "\"id\":123456789012345678901234567890");
    CHECK(import("[" + big + "]").items.at(0).reason.ends_with(" is neither a text nor a whole number"));
}

TEST_CASE("a broken first element does not make a feed something else") {
    const Json feed = Json::array({Json(), small_ad()});
    const Import result = import(feed.to_text());
    CHECK(result.error == "");
    REQUIRE(result.items.size() == 2);
    CHECK(result.items[0].reason == "not an object");
    CHECK(result.items[1].index == 1);
    CHECK(result.items[1].vacancy.employer == "");
}

TEST_CASE("a time of day before the end of the day is a deadline to the minute") {
    Json noon = small_ad();
    noon.set("application_deadline", "2026-07-01T12:00:00");
    noon.set("last_publication_date", "2026-07-01");
    const Import result = import(noon.to_text());
    REQUIRE(result.items.size() == 1);
    CHECK(to_iso8601(*result.items[0].vacancy.deadline_at) == "2026-07-01T10:00:00Z");
    CHECK(to_iso8601(*result.items[0].vacancy.expires_at) == "2026-07-01T21:59:59.999Z");
    CHECK(disappears_at(result.items[0].vacancy) == result.items[0].vacancy.deadline_at);
}

TEST_CASE("jobs abroad show their country and coordinates outside the globe are dropped") {
    Json abroad = small_ad();
    abroad.set("workplace_address", Json::object({{"country", "Norge"},
                                                  {"country_code", "155"},
                                                  {"municipality", Json()},
                                                  {"coordinates", Json::array({200.0, 59.0})}}));
    const Import result = import(abroad.to_text());
    REQUIRE(result.items.size() == 1);
    const Place& place = result.items[0].vacancy.places.at(0);
    CHECK(place.country == "NO");
    CHECK(place.shown() == "Norge");
    CHECK_FALSE(place.longitude);
    CHECK_FALSE(place.latitude);
}

TEST_CASE("an error of the sink ends the reading") {
    std::size_t taken = 0;
    const std::string feed = Json::array({small_ad(), small_ad(), small_ad()}).to_text();
    const auto outcome = import_jobtech(feed, [&taken](const ImportedItem&) -> Outcome {
        if (++taken == 2) return Error{ErrorKind::disk_full, "no room"};
        return done();
    });
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.error().kind == ErrorKind::disk_full);
    CHECK(taken == 2);
}

TEST_CASE("a record that is held as it stands is given out unread, and only it") {
    const std::string first = small_ad().to_text();
    Json other = small_ad();
    other.set("id", "2");
    const std::string held = jobtech_record(first);
    std::vector<ImportedItem> items;
    const auto outcome = import_jobtech(
        "[" + first + ", " + other.to_text() + "]",
        [&items](ImportedItem item) -> Outcome {
            items.push_back(std::move(item));
            return done();
        },
        nullptr,
        [&](const std::string& record) -> std::optional<std::string> {
            return record == held ? std::optional<std::string>("1") : std::nullopt;
        });
    REQUIRE(outcome.ok());
    REQUIRE(items.size() == 2);
    CHECK(items[0].kind == ImportedItem::Kind::held);
    CHECK(items[0].source_id == "1");
    CHECK(items[1].kind == ImportedItem::Kind::vacancy);
    CHECK(items[1].record == jobtech_record(other.to_text()));
    CHECK(items[1].index == 1);
}

TEST_CASE("where an ad is read otherwise than before, the number of the reading is raised") {
    const std::string ad = R"({"id": 17, "headline": " Kock  till skola", "employer": {"name": "Skola AB, ",
        "workplace": "Köket", "url": "www.skola.se", "organization_number": "556"}, "number_of_vacancies": 2,
        "description": {"text_formatted": "<p>Du <b>lagar</b> mat &amp; diskar.</p><ul><li>Svenska</li></ul>",
        "conditions": "Heltid"}, "application_deadline": "2026-12-31T23:59:59",
        "publication_date": "2026-11-01T10:00:00", "employment_type": {"label": "Tillsvidareanställning"},
        "working_hours_type": {"label": "Heltid"}, "scope_of_work": {"min": 100, "max": 100},
        "salary_type": {"label": "Fast lön"}, "experience_required": true, "driving_license_required": true,
        "driving_license": [{"label": "B", "concept_id": "x"}], "must_have": {"languages": [{"label": "Svenska"}]},
        "occupation": {"label": "Kock", "concept_id": "k"}, "occupation_group": {"label": "Kockar",
        "legacy_ams_taxonomy_id": "5120"}, "workplace_address": {"municipality": "Umeå",
        "municipality_code": "2480", "coordinates": [20.2, 63.8]}, "application_details": {"email": "a@b.se"},
        "application_contacts": [{"name": "Eva", "telephone": "070"}]})";
    // Other than this: raise `reading` in core/vacancies/import_jobtech.cpp, then write the new hash here.
    CHECK(content_hash_of(import(ad).vacancy("17")) ==
          "1643744b25cd74035165277ace715ae3da328e5913b80f3f7a8f37f6a7d3db67");
}
