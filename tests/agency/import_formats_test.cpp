#include "agency/cli/admin_actions.h"
#include "agency/vacancies/import_vacancies.h"
#include "tests/agency/agency_fixture.h"
#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

Result<Json> import_as(AgencyFixture& agency, std::string_view format, std::string_view text,
                       bool snapshot = false) {
    return run_admin_action(
        *agency.services, "import",
        Json::object({{"agency", "a"}, {"format", format}, {"text", text}, {"snapshot", snapshot}}));
}
std::string report_of(AgencyFixture& agency, std::string_view format, std::string_view text,
                      bool snapshot = false) {
    return require(import_as(agency, format, text, snapshot))["report"].to_text();
}

/// An ad of Työmarkkinatori as a page of a sweep holds it.
std::string ad(const std::string& id, const std::string& changed = "2026-11-01T10:00:00Z") {
    return R"({"ilmoituksenID":")" + id + R"(","muokattupvm":")" + changed +
           R"(","perustiedot":{"tyonOtsikko":[{"kieliKoodi":"fi","arvo":"Siivooja"}]},)" +
           R"("hakeminen":{"ilmoittajanYhteystiedot":[{"sposti":"kari@example.invalid"}]}})";
}
std::string sweep(int promised, const std::string& ads) {
    return R"({"ilmoituksienMaara":)" + std::to_string(promised) + R"(,"ilmoitukset":[)" + ads + "]}";
}
constexpr const char* open_ads = "SELECT COUNT(*) FROM vacancies WHERE state = 'active'";

} // namespace

TEST_CASE("every format reaches the store under its own source, and a second run changes nothing") {
    struct File {
        const char* format;
        const char* name;
        const char* first;
        const char* second;
    };
    const std::vector<File> files{
        {"nav", "no/pam_ads_electricians.json",
         R"({"read":20,"added":0,"updated":0,"unchanged":0,"removed":20,"refused":[]})",
         R"({"read":20,"added":0,"updated":0,"unchanged":20,"removed":0,"refused":[]})"},
        {"tmt", "fi/testbed_job_postings_response.json",
         R"({"read":4,"added":3,"updated":0,"unchanged":1,"removed":0,"refused":[]})",
         R"({"read":4,"added":0,"updated":0,"unchanged":4,"removed":0,"refused":[]})"},
        {"jobposting", "jobposting/se_jobposting_70.json",
         R"({"read":70,"added":70,"updated":0,"unchanged":0,"removed":0,"refused":[]})",
         R"({"read":70,"added":0,"updated":0,"unchanged":70,"removed":0,"refused":[]})"},
        {"eures", "eures/position_openings.json",
         R"({"read":2,"added":2,"updated":0,"unchanged":0,"removed":0,"refused":[]})",
         R"({"read":2,"added":0,"updated":0,"unchanged":2,"removed":0,"refused":[]})"}};
    AgencyFixture agency;
    for (const File& file : files) {
        const auto text = reference_file(file.name);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        INFO(file.name);
        CHECK(report_of(agency, file.format, *text) == file.first);
        CHECK(report_of(agency, file.format, *text) == file.second);
    }
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE source = 'jobposting'") == 70);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE source = 'nav' AND state = 'removed'") == 20);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE source = 'eures' AND state = 'active'") == 2);
}

TEST_CASE("own postings are the same whether they came as JSON or as a table") {
    AgencyFixture agency;
    const std::string table =
        "id,language,title,description,city\nA-1,fi,Siivooja,Siivous,Vaasa\nA-2,fi,,Ruokaa,Vaasa\n";
    CHECK(report_of(agency, "csv", table) ==
          R"({"read":2,"added":1,"updated":0,"unchanged":0,"removed":0,"refused":)"
          R"([{"index":2,"id":"A-2","reason":"row 3, column title: missing"}]})");
    const std::string file =
        R"({"postings":[{"id":"A-1","texts":[{"language":"fi","title":"Siivooja","body":"Siivous"}],)"
        R"("places":[{"city":"Vaasa"}]}]})";
    CHECK(report_of(agency, "own", file) ==
          R"({"read":1,"added":0,"updated":0,"unchanged":1,"removed":0,"refused":[]})");
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE source = 'own'") == 1);
}

TEST_CASE(
    "a whole snapshot takes away what it lacks, with its contacts, and brings back what is there again") {
    AgencyFixture agency;
    report_of(agency, "tmt", sweep(2, ad("a") + "," + ad("b")), true);
    CHECK(agency.count(open_ads) == 2);
    CHECK(report_of(agency, "tmt", sweep(1, ad("a")), true) ==
          R"({"read":1,"added":0,"updated":0,"unchanged":1,"removed":0,"refused":[],"absent":1})");
    CHECK(agency.count(open_ads) == 1);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancy_contacts") == 1);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE state = 'removed' AND body = ''") == 1);
    // The same old copy in a single page is a straggler; in the next whole sweep it is the source's word.
    CHECK(report_of(agency, "tmt", sweep(1, ad("b"))) ==
          R"({"read":1,"added":0,"updated":0,"unchanged":1,"removed":0,"refused":[]})");
    CHECK(report_of(agency, "tmt", sweep(2, ad("a") + "," + ad("b")), true) ==
          R"({"read":2,"added":1,"updated":0,"unchanged":1,"removed":0,"refused":[],"absent":0})");
    CHECK(agency.count(open_ads) == 2);
}

TEST_CASE("a snapshot touches neither other sources nor other agencies") {
    AgencyFixture agency;
    const std::string posting =
        R"({"@type":"JobPosting","title":"Cook","identifier":"1","url":"https://x.example/1"})";
    require(import_as(agency, "jobposting", posting));
    require(
        run_admin_action(*agency.services, "import",
                         Json::object({{"agency", "b"}, {"format", "tmt"}, {"text", sweep(1, ad("b"))}})));
    report_of(agency, "tmt", sweep(1, ad("a")), true);
    CHECK(agency.count(open_ads) == 3);
}

TEST_CASE("a sweep that stopped early or says that it is not all takes nothing away, and tells why") {
    AgencyFixture agency;
    report_of(agency, "tmt", sweep(3, ad("a") + "," + ad("b") + "," + ad("c")), true);
    const auto why = [&agency](std::string_view format, const std::string& text) {
        return std::string(require(import_as(agency, format, text, true))["not_compared"].text());
    };
    CHECK(why("tmt", sweep(3, ad("a"))) == "the file holds 1 of 3");
    CHECK(why("tmt", sweep(0, "")) == "there is nothing in the file");
    CHECK(why("tmt", ad("a")) == "the file is a list of changes or of single ads");
    CHECK(why("tmt", sweep(2, ad("a") + R"(,{"perustiedot":{}})")) ==
          "a record was refused whose id cannot be told");
    CHECK(why("tmt", sweep(1, ad("a")) + "\n{\"ilmoitukset\":[") == "the file did not reach its end");
    CHECK(why("tmt", "hello") == "the file did not reach its end");
    CHECK(agency.count(open_ads) == 3);
}

TEST_CASE("municipalities are named where a code list is given with the file") {
    AgencyFixture agency;
    const std::string text =
        R"({"ilmoituksenID":"x","perustiedot":{"tyonOtsikko":"Kokki"},"sijainti":{"kunta":["091"]}})";
    const std::string codes = R"([{"Koodi":"091","Selitteet":[{"Kielikoodi":"sv","Teksti":"Helsingfors"},)"
                              R"({"Kielikoodi":"fi","Teksti":"Helsinki"}]}])";
    require(run_admin_action(
        *agency.services, "import",
        Json::object({{"agency", "a"}, {"format", "tmt"}, {"text", text}, {"places", codes}})));
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE body LIKE '%\"municipality\":\"Helsinki\"%'") ==
          1);
    const auto wrong = run_admin_action(
        *agency.services, "import",
        Json::object({{"agency", "a"}, {"format", "tmt"}, {"text", text}, {"places", "hello"}}));
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().detail == "not a code list of places; it seems to be a plain text");
}
