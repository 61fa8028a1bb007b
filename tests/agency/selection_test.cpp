#include "agency/cli/admin_actions.h"
#include "agency/vacancies/import_vacancies.h"
#include "agency/vacancies/vacancy_feed.h"
#include "agency/vacancies/vacancy_rows.h"
#include "agency/vacancies/vacancy_selectors.h"
#include "tests/agency/agency_fixture.h"
#include "tests/places.h"

using namespace vakant;

namespace {

/// An ad of somebody else, unless `source` is "own".
Vacancy ad(const std::string& title, const std::string& municipality, const std::string& code = "",
           const std::string& source = "jobtech") {
    Vacancy vacancy;
    vacancy.agency = "a";
    vacancy.source = source;
    vacancy.source_id = title;
    vacancy.id = vacancy_id_of("a", source, title);
    vacancy.apply_at_kiosk = source == "own";
    vacancy.texts.push_back({"fi", title, "", "", "Words about " + title});
    if (!municipality.empty()) {
        Place place;
        place.municipality = municipality;
        vacancy.places.push_back(place);
    }
    if (!code.empty()) vacancy.occupations.push_back({"ISCO08", code, ""});
    return vacancy;
}

void keep(AgencyFixture& agency, const std::vector<Vacancy>& vacancies) {
    require_done(agency.services->database->write([&](Connection& connection) -> Outcome {
        for (const Vacancy& vacancy : vacancies)
            VAKANT_CHECK(keep_vacancy(connection, vacancy, {}, agency.clock.wall_ms()));
        return done();
    }));
}

struct SelectingKiosk {
    AgencyFixture& agency;
    PlayedKiosk kiosk{agency.random};
    std::string cursor;

    explicit SelectingKiosk(AgencyFixture& of) : agency(of) { kiosk.enrol(of, {"a"}); }
    void select(const Json& selection) {
        require(run_admin_action(*agency.services, "device_select",
                                 Json::object({{"device", kiosk.prefix}, {"selection", selection}})));
    }
    Response fetch(const HeaderLines& more = {}) {
        HeaderLines headers = kiosk.headers();
        headers.insert(headers.end(), more.begin(), more.end());
        return call(agency, "GET", "/v1/vacancies?agency=a&cursor=" + cursor, headers);
    }
    Json page() {
        const Response response = fetch();
        REQUIRE(response.status == 200);
        Json body = json_of(response);
        cursor = std::string(body["next_cursor"].text());
        return body;
    }
    /// Titles that came, and how many tombstones: "Cleaner Cook -1".
    std::string news() {
        const Json body = page();
        std::string text;
        for (const Json& vacancy : body["upserts"].items())
            text += (text.empty() ? "" : " ") + std::string(vacancy["texts"][0]["title"].text());
        if (body["tombstones"].size() > 0) text += " -" + std::to_string(body["tombstones"].size());
        return text;
    }
};

Json places(Json::Array names) {
    return Json::object({{"places", Json::array(std::move(names))}});
}

/// 300 words from a vocabulary in which few words are common and most are rare, as in people's language.
std::string words_like_an_ad(std::uint64_t& seed) {
    const auto next = [&seed] {
        return seed = seed * 6364136223846793005u + 1442695040888963407u, seed >> 33;
    };
    std::string text;
    for (int i = 0; i < 300; ++i) {
        std::uint64_t rank = next() % 6000;
        rank = rank * (next() % 6000) / 6000;
        std::uint64_t shape = rank * 2654435761u + 12345;
        for (std::uint64_t syllable = 0; syllable < 2 + rank % 4; ++syllable, shape /= 60) {
            text += "kstvrlnmpjhd"[shape % 12];
            text += "aeiouyäö"[shape / 12 % 6];
        }
        text += i % 40 == 39 ? "\n\n" : " ";
    }
    return text;
}

std::size_t bytes_of_whole_load(SelectingKiosk& kiosk, std::size_t& ads, std::size_t& largest_page) {
    std::size_t bytes = 0;
    for (bool more = true; more;) {
        const Response response = kiosk.fetch({{"accept-encoding", "zstd"}});
        REQUIRE(response.status == 200);
        bytes += response.body.size();
        largest_page = std::max(largest_page, response.body.size());
        const bool small = response.headers.back().first != "vary";
        const std::string text =
            small ? response.body
                  : std::string(as_text(require(decompress(as_bytes(response.body), 64u << 20))));
        const Json page = require(parse_json(text));
        ads += page["upserts"].size();
        kiosk.cursor = std::string(page["next_cursor"].text());
        more = page["more"].bool_or(false);
    }
    return bytes;
}

} // namespace

TEST_CASE("a first load brings the agency's own orders before other people's advertisements") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency, {ad("Early", "Oulu"), ad("Ours", "Turku", "", "own"), ad("Late", "Oulu")});
    CHECK(kiosk.news() == "Ours Early Late");
    keep(agency, {ad("Next", "Oulu"), ad("Ours too", "Turku", "", "own")});
    CHECK(kiosk.news() == "Next Ours too");
}

TEST_CASE("what changes while the first load goes on is not missed") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    std::vector<Vacancy> many;
    for (int i = 0; i < 250; ++i)
        many.push_back(ad("A" + std::to_string(i), "Oulu"));
    keep(agency, many);
    CHECK(kiosk.page()["upserts"].size() == 200);
    Vacancy gone = many[3];
    gone.status = VacancyStatus::withdrawn;
    keep(agency, {gone, ad("Ours", "Oulu", "", "own")});
    std::string rest;
    for (bool more = true; more;) {
        const Json page = kiosk.page();
        more = page["more"].bool_or(false);
        for (const Json& vacancy : page["upserts"].items())
            if (vacancy["source"].text() == "own") rest += "ours ";
        if (page["tombstones"].size() > 0) rest += page["tombstones"][0].text() == gone.id ? "gone " : "?";
    }
    CHECK(rest.find("ours") != std::string::npos);
    CHECK(rest.find("gone") != std::string::npos);
}

TEST_CASE("a kiosk mirrors the places of its selection, what is done anywhere, and all of the agency's own") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    Vacancy remote = ad("Remote", "Helsinki");
    remote.remote = Remote::yes;
    keep(agency, {ad("Here", "Tampere"), ad("There", "Oulu"), ad("Anywhere", ""), remote,
                  ad("Ours", "Oulu", "", "own")});
    kiosk.select(places({"TAMPERE"}));
    CHECK(kiosk.news() == "Ours Here Anywhere Remote");
}

TEST_CASE("a field takes in every occupation whose code begins with it") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency,
         {ad("Cleaner", "Oulu", "9112"), ad("Window cleaner", "Oulu", "9123"), ad("Nurse", "Oulu", "2221")});
    kiosk.select(Json::object({{"fields", Json::array({"91"})}}));
    CHECK(kiosk.news() == "Cleaner Window cleaner");
}

TEST_CASE(
    "an advertisement that leaves the selection is taken away, one that was never in it is not mentioned") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency, {ad("Moves", "Tampere"), ad("Elsewhere", "Oulu")});
    kiosk.select(places({"Tampere"}));
    REQUIRE(kiosk.news() == "Moves");
    keep(agency, {ad("Moves", "Oulu"), ad("Elsewhere", "Turku")});
    CHECK(kiosk.news() == " -1");
    Vacancy closed = ad("Elsewhere", "Turku");
    closed.status = VacancyStatus::withdrawn;
    keep(agency, {closed});
    CHECK(kiosk.news().empty());
    keep(agency, {ad("Elsewhere", "Tampere")});
    CHECK(kiosk.news() == "Elsewhere");
}

TEST_CASE("a changed selection makes the kiosk load again, the same one in another order does not") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency, {ad("Here", "Tampere"), ad("There", "Oulu")});
    kiosk.select(places({"Tampere", "Nokia"}));
    CHECK(kiosk.news() == "Here");
    kiosk.select(places({"Nokia", "Tampere"}));
    CHECK(kiosk.fetch().status == 200);
    kiosk.select(places({"Oulu"}));
    CHECK(kiosk.fetch().status == 410);
    kiosk.cursor.clear();
    CHECK(kiosk.news() == "There");
    kiosk.select(Json::object({{"own_only", true}}));
    kiosk.cursor.clear();
    CHECK(kiosk.news().empty());
}

TEST_CASE("the profile's selection counts where the kiosk has none of its own") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency, {ad("Here", "Tampere"), ad("There", "Oulu")});
    const Json profile = Json::object(
        {{"profile", "vakant-agency-profile/1"}, {"name", "Apu Oy"}, {"mirror", places({"Oulu"})}});
    require_done(publish_profile(*agency.services, "a", profile.to_text()));
    CHECK(kiosk.news() == "There");
    kiosk.select(places({"Tampere"}));
    kiosk.cursor.clear();
    CHECK(kiosk.news() == "Here");
    kiosk.select(Json());
    kiosk.cursor.clear();
    CHECK(kiosk.news() == "There");
    CHECK(run_admin_action(*agency.services, "device_select", Json::object({{"device", "XXX"}}))
              .error()
              .detail == "device XXX");
}

TEST_CASE("vacancies kept by a version that knew no selections can be selected after a start") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency, {ad("Here", "Tampere")});
    require_done(agency.services->database->write([](Connection& connection) -> Outcome {
        VAKANT_TRY(gone, connection.run("DELETE FROM vacancy_selectors", {}));
        (void)gone;
        return done();
    }));
    kiosk.select(places({"Tampere"}));
    CHECK(kiosk.news().empty()); // the control
    CHECK(require(fill_selectors(*agency.services->database)) == 1);
    CHECK(require(fill_selectors(*agency.services->database)) == 0);
    kiosk.cursor.clear();
    CHECK(kiosk.news() == "Here");
}

TEST_CASE("answers are compressed for who asks for it, and only where it is worth it") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    keep(agency, {ad("Short", "Oulu")});
    const auto encoding = [](const Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "content-encoding") return value;
        return std::string();
    };
    CHECK(encoding(call(agency, "GET", "/v1/config?agency=a", kiosk.kiosk.headers())).empty());
    const Response plain = call(agency, "GET", "/v1/forms?agency=a", kiosk.kiosk.headers());
    CHECK(encoding(plain).empty());
    HeaderLines asking = kiosk.kiosk.headers();
    asking.emplace_back("accept-encoding", "gzip, zstd");
    const Response compressed = call(agency, "GET", "/v1/forms?agency=a", asking);
    REQUIRE(encoding(compressed) == "zstd");
    CHECK(compressed.body.size() * 2 < plain.body.size());
    CHECK(as_text(require(decompress(as_bytes(compressed.body), 4u << 20))) == plain.body);
    CHECK(encoding(call(agency, "GET", "/v1/config?agency=a", asking)).empty());
}

TEST_CASE(
    "two thousand advertisements of 300 words take at most 3 MB on the wire, in pages of a few seconds each "
    "at 64 kbit/s") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    std::uint64_t seed = 20261125;
    std::vector<Vacancy> many;
    for (int i = 0; i < 2000; ++i) {
        Vacancy vacancy = ad("Työ " + std::to_string(i), i % 3 == 0 ? "Tampere" : "Nokia", "9112");
        vacancy.employer = "Työnantaja " + std::to_string(i % 700) + " Oy";
        vacancy.texts[0].body_plain = words_like_an_ad(seed);
        vacancy.texts[0].body_html = "<p>" + vacancy.texts[0].body_plain + "</p>";
        vacancy.contacts.push_back({"Etunimi Sukunimi " + std::to_string(i), "",
                                    "+358 40 123 " + std::to_string(i),
                                    "nimi" + std::to_string(i) + "@tyonantaja.example"});
        many.push_back(std::move(vacancy));
    }
    keep(agency, many);
    std::size_t ads = 0, largest = 0;
    const std::size_t bytes = bytes_of_whole_load(kiosk, ads, largest);
    CHECK(ads == 2000);
    INFO(bytes << " bytes, the largest page " << largest);
    CHECK(bytes <= 3'000'000);
    CHECK(bytes >= 600'000); // the control: words of this many are not repetitions of each other
    constexpr std::size_t bytes_in_15_seconds = 15 * 8000;
    CHECK(largest <= bytes_in_15_seconds);
}

TEST_CASE("real advertisements keep to 1.5 kB each on the wire") {
    AgencyFixture agency;
    SelectingKiosk kiosk(agency);
    const std::filesystem::path folder = source_dir() + "/../shared/data/vacancies";
    const auto postings = read_file(folder / "jobposting/se_jobposting_70.json");
    if (!postings.ok()) {
        WARN("skipped: no reference data");
        return;
    }
    // Their deadlines lie in the past of the clock here; what they weigh does not depend on it.
    agency.clock.move(require(parse_iso8601("2020-01-10T00:00:00Z")) - agency.clock.wall_ms());
    kiosk.kiosk.enrol(agency, {"a"});
    const ImportReport report = require(import_vacancies(
        *agency.services->database, "a", FeedFormat::jobposting, *postings, agency.clock.wall_ms()));
    REQUIRE(report.added > 0);
    std::size_t ads = 0, largest = 0;
    const std::size_t bytes = bytes_of_whole_load(kiosk, ads, largest);
    INFO(report.added << " added, " << ads << " open, " << bytes << " bytes");
    REQUIRE(ads > 10);
    CHECK(bytes / ads <= 1500);
}
