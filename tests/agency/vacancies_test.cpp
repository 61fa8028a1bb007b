#include "agency/vacancies/import_vacancies.h"
#include "agency/vacancies/vacancy_feed.h"
#include "agency/vacancies/vacancy_rows.h"
#include "tests/agency/agency_fixture.h"
#include "tests/places.h"

using namespace vakant;

namespace {

ImportReport import_text(AgencyFixture& agency, const std::string& text,
                         ImportFormat format = ImportFormat::jobtech) {
    return require(import_vacancies(*agency.services->database, "a", format, text, agency.clock.wall_ms()));
}

/// An ad as JobStream sends it, with the members that this importer reads.
std::string ad(const std::string& id, const std::string& title, const std::string& updated,
               const std::string& deadline = "2026-12-31T23:59:59") {
    return Json::object(
               {{"id", id},
                {"headline", title},
                {"removed", false},
                {"timestamp", require(parse_iso8601(updated + "Z"))},
                {"publication_date", updated},
                {"application_deadline", deadline},
                {"description", Json::object({{"text", "Words about " + title}})},
                {"employer", Json::object({{"name", "Kommun"}})},
                {"application_contacts",
                 Json::array({Json::object({{"name", "Canary Person"}, {"email", "canary@example.org"}})})},
                {"workplace_address", Json::object({{"municipality", "Umeå"}})}})
        .to_text();
}

std::string removal(const std::string& id, const std::string& at) {
    return Json::object({{"id", id}, {"removed", true}, {"removed_date", at}}).to_text();
}

/// A kiosk's mirror of agency "a".
struct Mirror {
    AgencyFixture& agency;
    PlayedKiosk kiosk{agency.random};
    std::string cursor;

    explicit Mirror(AgencyFixture& of) : agency(of) { kiosk.enrol(of, {"a"}); }
    Response fetch(const std::string& more = "") {
        return call(agency, "GET", "/v1/vacancies?agency=a&cursor=" + cursor + more, kiosk.headers());
    }
    Json page(const std::string& more = "") {
        const Response response = fetch(more);
        REQUIRE(response.status == 200);
        Json body = json_of(response);
        cursor = std::string(body["next_cursor"].text());
        return body;
    }
};

std::vector<std::string> titles(const Json& page) {
    std::vector<std::string> titles;
    for (const Json& vacancy : page["upserts"].items())
        titles.emplace_back(vacancy["texts"][0]["title"].text());
    return titles;
}

using Titles = std::vector<std::string>;

/// Counts what the store is asked.
class Counting final : public Connection {
public:
    explicit Counting(Connection& of) : of_(of) {}
    Result<std::int64_t> run(std::string_view sql, const Values& values) override {
        ++questions;
        return of_.run(sql, values);
    }
    Outcome query(std::string_view sql, const Values& values, const EachRow& each) override {
        ++questions;
        return of_.query(sql, values, each);
    }
    int questions = 0;

private:
    Connection& of_;
};

} // namespace

TEST_CASE("the real JobStream delta is counted exactly, and a second run changes nothing") {
    AgencyFixture agency;
    const auto folder = std::filesystem::path(source_dir() + "/../shared/data/vacancies/se");
    const auto delta = read_file(folder / "jobstream_delta_2020.json");
    const auto single = read_file(folder / "jobsearch_ad_2024.json");
    if (!delta.ok() || !single.ok()) {
        WARN("skipped: no reference data");
        return;
    }
    CHECK(to_json(import_text(agency, *delta)).to_text() ==
          R"({"read":24,"added":10,"updated":0,"unchanged":0,"removed":14,"refused":[]})");
    CHECK(to_json(import_text(agency, *single)).to_text() ==
          R"({"read":1,"added":1,"updated":0,"unchanged":0,"removed":0,"refused":[]})");
    CHECK(to_json(import_text(agency, *delta)).to_text() ==
          R"({"read":24,"added":0,"updated":0,"unchanged":24,"removed":0,"refused":[]})");
    CHECK(to_json(import_text(agency, *single)).to_text() ==
          R"({"read":1,"added":0,"updated":0,"unchanged":1,"removed":0,"refused":[]})");
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies") == 25);
}

TEST_CASE("an ad is added, updated, removed; and its removal wins over a later stale copy") {
    AgencyFixture agency;
    Mirror mirror(agency);
    CHECK(import_text(agency, ad("1", "Cleaner", "2026-11-01T10:00:00")).added == 1);
    CHECK(titles(mirror.page()) == Titles{"Cleaner"});
    CHECK(import_text(agency, ad("1", "Cleaner", "2026-11-01T10:00:00")).unchanged == 1);
    CHECK(import_text(agency, ad("1", "Head cleaner", "2026-11-02T10:00:00")).updated == 1);
    CHECK(titles(mirror.page()) == Titles{"Head cleaner"});
    CHECK(import_text(agency, ad("1", "Cleaner", "2026-11-01T10:00:00")).unchanged == 1);
    CHECK(titles(mirror.page()).empty());

    CHECK(import_text(agency, removal("1", "2026-11-03T10:00:00")).removed == 1);
    CHECK(mirror.page()["tombstones"].size() == 1);
    CHECK(import_text(agency, removal("1", "2026-11-03T10:00:00")).unchanged == 1);
    CHECK(import_text(agency, ad("1", "Head cleaner", "2026-11-02T10:00:00")).unchanged == 1);
    CHECK(titles(mirror.page()).empty());
    CHECK(agency.count("SELECT COUNT(*) FROM vacancy_contacts") == 0);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE body <> ''") == 0);

    CHECK(import_text(agency, ad("1", "Cleaner again", "2026-11-04T10:00:00")).added == 1);
    CHECK(titles(mirror.page()) == Titles{"Cleaner again"});
}

TEST_CASE("an ad whose record is what its source wrote before is confirmed without being read again") {
    AgencyFixture agency;
    const std::string record = ad("1", "Cleaner", "2026-11-01T10:00:00");
    CHECK(import_text(agency, record).added == 1);
    const std::int64_t sequence = agency.count("SELECT feed_sequence FROM vacancies");
    agency.clock.move(3'600'000);
    // Whoever read it now would see that the row does not say what the record says.
    require_done(agency.services->database->write([](Connection& connection) -> Outcome {
        VAKANT_TRY(rows, connection.run("UPDATE vacancies SET content_hash = 'other'", {}));
        (void)rows;
        return done();
    }));
    CHECK(import_text(agency, record).unchanged == 1);
    CHECK(agency.count("SELECT feed_sequence FROM vacancies") == sequence);
    CHECK(agency.count("SELECT confirmed_at FROM vacancies") == agency.clock.wall_ms());
    CHECK(import_text(agency, " " + record.substr(0, record.size() - 1) + " }").updated == 1);
}

TEST_CASE("the last word of a file counts, also where it is what the source wrote before") {
    AgencyFixture agency;
    Mirror mirror(agency);
    const std::string before = ad("1", "Cleaner", "2026-11-01T10:00:00");
    const std::string other = ad("1", "Head cleaner", "2026-11-01T10:00:00");
    import_text(agency, before);
    CHECK(to_json(import_text(agency, "[" + other + "," + before + "]")).to_text() ==
          R"({"read":2,"added":0,"updated":2,"unchanged":0,"removed":0,"refused":[]})");
    CHECK(titles(mirror.page()) == Titles{"Cleaner"});
    CHECK(import_text(agency, other).updated == 1);
    CHECK(titles(mirror.page()) == Titles{"Head cleaner"});
}

TEST_CASE("of an ad that is gone nothing is kept by which its record could be told") {
    AgencyFixture agency;
    const std::string record = ad("1", "Cleaner", "2026-11-01T10:00:00", "2026-11-24T23:59:59");
    import_text(agency, record);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE record <> ''") == 1);
    SECTION("removed") {
        import_text(agency, removal("1", "2026-11-03T10:00:00"));
    }
    SECTION("ended") {
        agency.clock.move(3 * 24 * 3'600'000);
        require_done(agency.services->database->write([&](Connection& connection) -> Outcome {
            VAKANT_TRY(gone, expire_vacancies(connection, agency.clock.wall_ms()));
            return gone == 1 ? done() : internal_error("not one");
        }));
    }
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE record <> ''") == 0);
    CHECK(import_text(agency, record).unchanged == 1);
}

TEST_CASE("a removal that comes before its ad keeps the ad away") {
    AgencyFixture agency;
    Mirror mirror(agency);
    CHECK(import_text(agency, removal("7", "2026-11-03T10:00:00")).removed == 1);
    CHECK(import_text(agency, ad("7", "Late", "2026-11-02T10:00:00")).unchanged == 1);
    CHECK(titles(mirror.page()).empty());
}

TEST_CASE("what comes before a broken end is kept, and the break is told") {
    AgencyFixture agency;
    const std::string cut = "[" + ad("1", "Cleaner", "2026-11-01T10:00:00") + ",{\"id\":";
    const ImportReport report = import_text(agency, cut);
    CHECK(report.added == 1);
    REQUIRE(report.ended_early.has_value());
}

TEST_CASE("a vacancy disappears by the clock, and its contacts with it") {
    AgencyFixture agency;
    Mirror mirror(agency);
    import_text(agency, ad("1", "Short", "2026-11-01T10:00:00", "2026-11-24T23:59:59"));
    const Json first = mirror.page();
    REQUIRE(titles(first) == Titles{"Short"});
    CHECK(first["upserts"][0]["contacts"][0]["email"].text() == "canary@example.org");
    agency.clock.move(3LL * 24 * 3600 * 1000);
    CHECK(require(sweep_vacancies(*agency.services->database, agency.clock.wall_ms())) == 1);
    const Json later = mirror.page();
    CHECK(later["tombstones"].size() == 1);
    CHECK(later["tombstones"][0].text() == first["upserts"][0]["id"].text());
    CHECK(agency.count("SELECT COUNT(*) FROM vacancy_contacts") == 0);
    CHECK(agency.count("SELECT COUNT(*) FROM vacancies WHERE body LIKE '%canary%'") == 0);
    CHECK(import_text(agency, ad("1", "Short", "2026-11-01T10:00:00", "2026-11-24T23:59:59")).unchanged == 1);
}

TEST_CASE("a cursor walks page by page, each change once, and says when there is no more") {
    AgencyFixture agency;
    Mirror mirror(agency);
    std::string five = "[";
    for (int i = 1; i <= 5; ++i)
        five +=
            (i == 1 ? "" : ",") + ad(std::to_string(i), "Job " + std::to_string(i), "2026-11-01T10:00:00");
    import_text(agency, five + "]");
    const Json first = mirror.page("&limit=2");
    CHECK(titles(first) == Titles{"Job 1", "Job 2"});
    CHECK(first["more"].bool_or(false));
    CHECK(titles(mirror.page("&limit=2")) == Titles{"Job 3", "Job 4"});
    const Json last = mirror.page("&limit=2");
    CHECK(titles(last) == Titles{"Job 5"});
    CHECK_FALSE(last["more"].bool_or(true));
    CHECK(titles(mirror.page("&limit=2")).empty());
}

TEST_CASE("a page of a hundred vacancies asks the store some twenty times, and gives each its own contacts") {
    AgencyFixture agency;
    std::string ads;
    for (int number = 100; number < 200; ++number) {
        const std::string name = std::to_string(number);
        std::string one = ad(name, "Job " + name, "2026-11-01T08:00:00");
        one.replace(one.find("Canary Person"), 13, "Person " + name);
        ads += (ads.empty() ? "[" : ",") + one;
    }
    import_text(agency, ads + "]");
    int questions = 0;
    const FeedPage page = require(agency.services->database->read_for<FeedPage>([&](Connection& connection) {
        Counting counting(connection);
        auto read =
            vacancy_page(counting, {"a", agency.services->epoch, "", {}, 200, agency.clock.wall_ms()});
        questions = counting.questions;
        return read;
    }));
    REQUIRE(page.upserts.size() == 100);
    CHECK(questions <= 20);
    for (const std::string& text : page.upserts) {
        const Json vacancy = require(parse_json(text));
        const std::string number(vacancy["texts"][0]["title"].text().substr(4));
        CHECK(vacancy["contacts"].to_text() ==
              R"([{"name":"Person )" + number + R"(","role":"","phone":"","email":"canary@example.org"}])");
    }
}

TEST_CASE("an unchanged page costs 304, a cursor of another store 410") {
    AgencyFixture agency;
    Mirror mirror(agency);
    import_text(agency, ad("1", "Cleaner", "2026-11-01T10:00:00"));
    mirror.page();
    const Response current = mirror.fetch();
    REQUIRE(current.status == 200);
    HeaderLines conditional = mirror.kiosk.headers();
    conditional.emplace_back("if-none-match", current.headers.back().second);
    agency.clock.move(1000);
    const std::string target = "/v1/vacancies?agency=a&cursor=" + mirror.cursor;
    CHECK(call(agency, "GET", target, conditional).status == 304);
    import_text(agency, ad("2", "Cook", "2026-11-01T10:00:00"));
    CHECK(call(agency, "GET", target, conditional).status == 200);
    for (const std::string cursor : {"other.1", "nonsense", "-", "99999999999999999999"}) {
        mirror.cursor = cursor;
        CHECK(mirror.fetch().status == 410);
    }
    mirror.cursor = agency.services->epoch + ".999";
    CHECK(mirror.fetch().status == 410);
}

TEST_CASE("a kiosk sees only the vacancies of agencies that it serves") {
    AgencyFixture agency;
    Mirror mirror(agency);
    const Response other = call(agency, "GET", "/v1/vacancies?agency=b", mirror.kiosk.headers());
    CHECK(other.status == 403);
    CHECK(json_of(other)["error"].text() == "agency_not_served");
}

TEST_CASE("only the agency's own postings can be applied for at the kiosk") {
    AgencyFixture agency;
    Mirror mirror(agency);
    import_text(agency, ad("1", "Cleaner", "2026-11-01T10:00:00"));
    CHECK_FALSE(mirror.page()["upserts"][0]["apply_at_kiosk"].bool_or(false));
    const auto demo = read_file(agency.assets / "vacancies" / "own.json");
    REQUIRE(demo.ok());
    const ImportReport own = import_text(agency, *demo, ImportFormat::own);
    CHECK(own.added == own.read);
    const Json page = mirror.page();
    CHECK(page["upserts"].size() == own.added);
    for (const Json& vacancy : page["upserts"].items())
        CHECK(vacancy["apply_at_kiosk"].bool_or(false));
    CHECK(import_text(agency, *demo, ImportFormat::own).unchanged == own.read);
}
