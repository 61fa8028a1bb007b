#include <fstream>

#include "agency/vacancies/import_vacancies.h"
#include "agency/vacancies/vacancy_feed.h"
#include "core/vacancies/twin_key.h"
#include "tests/agency/agency_fixture.h"

using namespace vakant;

namespace {

ImportReport take(AgencyFixture& agency, ImportFormat format, const std::string& text) {
    return require(import_vacancies(*agency.services->database, "a", format, text, agency.clock.wall_ms()));
}

/// The same job as two channels tell it: titles and numbers are written differently.
std::string in_jobtech(const std::string& id = "1", const std::string& title = "Städare – kontor") {
    return R"({"id":")" + id + R"(","headline":")" + title +
           R"(","timestamp":1795000000000,"application_deadline":"2026-12-31T23:59:59","description":{"text":)" +
           R"("Städning"},"employer":{"name":"Rent AB","organization_number":"5560300005"},)" +
           R"("webpage_url":"https://arbetsformedlingen.example/1","workplace_address":{"municipality":"Malmö"}})";
}
std::string in_jobposting(const std::string& number = "556030-0005") {
    return R"({"@type":"JobPosting","identifier":"x-1","title":"STÄDARE, kontor","validThrough":"2026-12-31",)"
           R"("url":"https://rent.example/jobs/1","hiringOrganization":{"name":"Rent AB","taxID":")" +
           number + R"("},"jobLocation":{"address":{"addressLocality":"Malmö","addressCountry":"SE"}}})";
}
std::string as_own() {
    return "id,language,title,description,organisation_number,municipality,deadline\n"
           "O-1,sv,Städare kontor,Städning,556030-0005,Malmö,2026-12-31\n";
}
std::string removal(const std::string& id) {
    return R"({"id":")" + id + R"(","removed":true,"removed_date":"2026-11-23T12:00:00"})";
}

struct Mirror {
    AgencyFixture& agency;
    PlayedKiosk kiosk{agency.random};
    std::string cursor;
    explicit Mirror(AgencyFixture& of) : agency(of) { kiosk.enrol(of, {"a"}); }
    Json page() {
        const Response response =
            call(agency, "GET", "/v1/vacancies?agency=a&cursor=" + cursor, kiosk.headers());
        REQUIRE(response.status == 200);
        Json body = json_of(response);
        cursor = std::string(body["next_cursor"].text());
        return body;
    }
};

/// Source of each vacancy that comes, with the sources behind it.
std::vector<std::string> shown(const Json& page) {
    std::vector<std::string> lines;
    for (const Json& vacancy : page["upserts"].items()) {
        std::string line(vacancy["source"].text());
        for (const Json& other : vacancy["also_at"].items())
            line += " also " + std::string(other["source"].text()) + " " + std::string(other["url"].text());
        lines.push_back(line);
    }
    return lines;
}
using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("the same job through two channels is shown once, with both kept; either may withdraw") {
    AgencyFixture agency;
    Mirror mirror(agency);
    take(agency, ImportFormat::jobtech, in_jobtech());
    CHECK(shown(mirror.page()) == Lines{"jobtech"});
    agency.clock.move(1000);
    take(agency, ImportFormat::jobposting, in_jobposting());
    const Json merged = mirror.page();
    CHECK(shown(merged) == Lines{"jobtech also jobposting https://rent.example/jobs/1"});
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE state = 'active'") == 2);

    SECTION("the one behind withdraws") {
        take(
            agency, ImportFormat::jobposting,
            R"({"@type":"JobPosting","identifier":"x-1","title":"STÄDARE, kontor","validThrough":"2026-11-01",)"
            R"("url":"https://rent.example/jobs/1"})");
        CHECK(shown(mirror.page()) == Lines{"jobtech"});
    }
    SECTION("the one that is shown withdraws, and the other comes forward") {
        take(agency, ImportFormat::jobtech, removal("1"));
        const Json page = mirror.page();
        CHECK(shown(page) == Lines{"jobposting"});
        CHECK(page["tombstones"].size() == 1);
    }
    SECTION("the agency's own order comes before all others") {
        take(agency, ImportFormat::csv, as_own());
        const Json page = mirror.page();
        CHECK(shown(page) == Lines{"own also jobposting https://rent.example/jobs/1 also jobtech "
                                   "https://arbetsformedlingen.example/1"});
        CHECK(page["upserts"][0]["apply_at_kiosk"].bool_or(false));
        CHECK(page["tombstones"].size() == 1);
    }
    SECTION("a first load gets one") {
        Mirror another(agency);
        CHECK(shown(another.page()) == Lines{"jobtech also jobposting https://rent.example/jobs/1"});
    }
    SECTION("a change that makes them two shows both") {
        take(agency, ImportFormat::jobposting, in_jobposting("556030-0013"));
        Lines lines = shown(mirror.page());
        std::sort(lines.begin(), lines.end());
        CHECK(lines == Lines{"jobposting", "jobtech"});
    }
}

TEST_CASE("two ads of one source are two jobs, however alike") {
    AgencyFixture agency;
    Mirror mirror(agency);
    take(agency, ImportFormat::jobtech, "[" + in_jobtech("1") + "," + in_jobtech("2") + "]");
    CHECK(shown(mirror.page()) == Lines{"jobtech", "jobtech"});
}

TEST_CASE("jobs are the same by title, employer's number, municipality and day, and by nothing less") {
    Vacancy v;
    v.texts = {{"sv", "Städare – kontor", "", "", ""}};
    v.organisation_number = "556030-0005";
    v.places.emplace_back();
    v.places[0].municipality = "Malmö";
    v.deadline_at = require(parse_iso8601("2026-12-31T22:59:59.999Z"));
    const std::string key = twin_key_of(v);
    const auto with = [&v](auto change) {
        Vacancy other = v;
        change(other);
        return twin_key_of(other);
    };
    CHECK(key.size() == 32);
    CHECK(with([](Vacancy& o) { o.texts[0].title = "STÄDARE, KONTOR!"; }) == key);
    CHECK(with([](Vacancy& o) { o.organisation_number = "SE5560300005"; }) == key);
    CHECK(with([](Vacancy& o) { o.deadline_at = *o.deadline_at - 3'600'000; }) == key); // an hour east
    CHECK(with([](Vacancy& o) { o.places[0].city = "Limhamn"; }) == key);
    CHECK(with([](Vacancy& o) { o.texts[0].title = "Städare"; }) != key);
    CHECK(with([](Vacancy& o) { o.organisation_number = "5560300013"; }) != key);
    CHECK(with([](Vacancy& o) { o.places[0].municipality = "Lund"; }) != key);
    CHECK(with([](Vacancy& o) { o.deadline_at = *o.deadline_at + 86'400'000; }) != key);
    CHECK(with([](Vacancy& o) { o.organisation_number.clear(); }) == "");
    CHECK(with([](Vacancy& o) { o.places.clear(); }) == "");
    CHECK(with([](Vacancy& o) { o.texts[0].title = "–"; }) == "");
}

TEST_CASE("who hires behind an unnamed ad is kept for the agency and reaches no kiosk") {
    AgencyFixture agency;
    Mirror mirror(agency);
    const std::string head =
        "id,language,title,description,relation,employer,client_company,employer_hidden\n";
    take(agency, ImportFormat::csv,
         head + "H,fi,Kokki,Keittoa,agency_leased,Canary Oy,Canary Halli,yes\n" +
             "S,fi,Kokki,Keittoa,agency_leased,Named Oy,,no\n");
    const std::string page = mirror.page().to_text();
    CHECK(page.find("Canary") == std::string::npos);
    CHECK(page.find("Named Oy") != std::string::npos);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancy_clients WHERE employer = 'Canary Oy'") == 1);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE body LIKE '%Canary%'") == 0);
    // The name is part of what is compared all the same.
    const std::string changed = head + "H,fi,Kokki,Keittoa,agency_leased,Other Oy,Canary Halli,yes\n";
    CHECK(take(agency, ImportFormat::csv, changed).updated == 1);
    CHECK(take(agency, ImportFormat::csv, changed).unchanged == 1);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancy_clients WHERE employer = 'Other Oy'") == 1);
    take(agency, ImportFormat::csv, "id,language,title,description,status\nH,fi,Kokki,Keittoa,withdrawn\n");
    CHECK(agency.count("SELECT COUNT(*) FROM vacancy_clients") == 0);
}

TEST_CASE("contacts of a vacancy that is gone are in no byte of the store's files", "[sqlite]") {
    AgencyFixture agency;
    const auto found_in_files = [&agency](const std::string& word) {
        std::size_t found = 0;
        for (const auto& file : std::filesystem::recursive_directory_iterator(agency.folder.path())) {
            if (!file.is_regular_file()) continue;
            std::ifstream in(file.path(), std::ios::binary);
            const std::string bytes(std::istreambuf_iterator<char>(in), {});
            found += bytes.find(word) != std::string::npos;
        }
        return found;
    };
    // The text names its contact too, as many do.
    const auto ad = [](const std::string& id, const std::string& canary) {
        return R"({"id":")" + id + R"(","headline":"Kock","timestamp":1795000000000,)" +
               R"("application_deadline":"2026-11-25T23:59:59","description":{"text":"Ring )" + canary +
               R"( nu"},"application_contacts":[{"name":")" + canary + R"(","email":")" + canary +
               R"(@example.invalid"}]})";
    };
    take(agency, ImportFormat::jobtech,
         "[" + ad("1", "CanaryRemoved") + "," + ad("2", "CanaryExpired") + "," + ad("3", "CanaryAbsent") +
             "]");
    agency.services.reset(); // closes the store with its checkpoint
    for (const char* name : {"CanaryRemoved", "CanaryExpired", "CanaryAbsent"})
        CHECK(found_in_files(name) > 0); // the control: the search can find them
    agency.open();
    take(agency, ImportFormat::jobtech, removal("1"));
    ImportChoices whole;
    whole.snapshot = true;
    require(import_vacancies(*agency.services->database, "a", ImportFormat::jobtech,
                             "[" + ad("2", "CanaryExpired") + "]", agency.clock.wall_ms(), whole));
    agency.clock.move(5LL * 24 * 3'600'000);
    require(sweep_vacancies(*agency.services->database, agency.clock.wall_ms()));
    agency.services.reset();
    for (const char* name : {"CanaryRemoved", "CanaryExpired", "CanaryAbsent"}) {
        INFO(name);
        CHECK(found_in_files(name) == 0);
    }
}
