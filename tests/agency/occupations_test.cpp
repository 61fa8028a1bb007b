// Tables of occupations from the command to what a person finds at the kiosk.
#include <sstream>

#include "agency/cli/admin_actions.h"
#include "agency/cli/admin_socket.h"
#include "agency/cli/commands.h"
#include "core/base/bytes.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

const std::string attic = R"([{"uri":"http://data.europa.eu/esco/occupation/1a","notation":"9999.1",)"
                          R"("prefLabel":{"fi":"ullakkosäätäjä","en":"attic tuner"}}])";
const std::string advertised =
    R"([{"id":"1","headline":"Ullakkosäätäjä Turkuun","description":{"text":"Sanoja"},)"
    R"("application_deadline":"2026-12-31T23:59:59"},)"
    R"({"id":"2","headline":"Kokki","description":{"text":"Sanoja"},)"
    R"("application_deadline":"2026-12-31T23:59:59"}])";
const std::string attic_in_arabic = "conceptUri,iscoGroup,preferredLabel,altLabels\n"
                                    "http://data.europa.eu/esco/occupation/1a,9999,ضابط العلية,\n";

struct Desk {
    AgencyFixture& agency;
    std::string printed;

    template <typename Command>
    std::string run(const std::string& typed, bool as_json, const Command& command) {
        std::istringstream in(typed);
        std::ostringstream out;
        Settings settings;
        settings.data = agency.folder.path();
        settings.assets = agency.assets;
        settings.postgres = postgres_for(agency.folder.path());
        const Invocation invocation{settings, as_json, agency.clock, agency.random, in, out};
        const Outcome outcome = command(invocation);
        printed = out.str();
        return outcome.ok() ? std::string("done") : outcome.error().detail;
    }
    std::string import(const std::string& text, const std::string& format = "esco",
                       const std::string& language = "", bool as_json = true) {
        return run(text, as_json, [&](const Invocation& i) {
            return occupations_import_command(i, {"a", format, "-", language, ""});
        });
    }
    std::string list(bool as_json = true) {
        return run("", as_json, [](const Invocation& i) {
            return occupations_list_command(i, {"a", "", "", "", ""});
        });
    }
    std::string remove(const std::string& id) {
        return run("", true, [&](const Invocation& i) {
            return occupations_remove_command(i, {"a", "", "", "", id});
        });
    }
};

/// An agency with two ads, its socket, and a kiosk that mirrors it.
struct MirroredBoard {
    AgencyFixture agency;
    std::unique_ptr<AdminSocket> socket = require(AdminSocket::start(*agency.services));
    Desk desk{agency, ""};
    KioskAtDesk kiosk{agency};
    std::vector<OccupationTable> shipped = require(read_occupation_folder(agency.assets / "occupations"));
    std::unique_ptr<CacheReader> reader;

    MirroredBoard() {
        require(
            run_admin_action(*agency.services, "import",
                             Json::object({{"agency", "a"}, {"format", "jobtech"}, {"text", advertised}})));
        kiosk.cache = require(CacheWriter::open(kiosk.folder / "cache.db", shipped));
        kiosk.enrol({"a"});
        kiosk.exchange();
        reader = require(CacheReader::open(kiosk.folder / "cache.db", shipped));
    }
    std::string found(const std::string& words) {
        VacancyQuery query;
        query.words = words;
        query.board = Board::all;
        std::string titles;
        for (const VacancyCard& card : require(reader->search(query, agency.clock.wall_ms())).cards)
            titles += (titles.empty() ? "" : "; ") + card.title;
        return titles;
    }
    void minutes_later() { kiosk.run_for(3 * 60'000); }
};

} // namespace

TEST_CASE("a table that the agency imports reaches its kiosks signed, and what people type is found by it") {
    MirroredBoard board;
    CHECK(board.found("attic tuner").empty());
    CHECK(board.desk.import(attic) == "done");
    CHECK(board.desk.printed ==
          R"({"id":"esco","occupations":1,"links":0,"names":{"en":1,"fi":1},"agency":"a"})"
          "\n");
    board.minutes_later();
    CHECK(board.found("attic tuner") == "Ullakkosäätäjä Turkuun");
    CHECK(board.found("ضابط العلية").empty());
    CHECK(board.desk.import(attic_in_arabic, "esco", "ar") == "done");
    board.minutes_later();
    CHECK(board.found("ضابط العلية") == "Ullakkosäätäjä Turkuun");
    CHECK(board.found("attic tuner") == "Ullakkosäätäjä Turkuun"); // the other table is still there
}

TEST_CASE("a table takes the place of its predecessor, is listed, and goes when it is removed") {
    MirroredBoard board;
    CHECK(board.desk.import(attic, "esco", "", false) == "done");
    CHECK(board.desk.printed == "offered to the kiosks of a: esco  1 occupations  0 links  en 1  fi 1\n");
    const std::string roof =
        R"([{"uri":"http://data.europa.eu/esco/occupation/1a","notation":"9999.1","prefLabel":{"fi":"ullakkosäätäjä","en":"loft keeper"}}])";
    CHECK(board.desk.import(roof) == "done");
    CHECK(board.desk.import(attic_in_arabic, "esco", "ar") == "done");
    board.minutes_later();
    CHECK(board.found("attic tuner").empty());
    CHECK(board.found("loft keeper") == "Ullakkosäätäjä Turkuun");
    CHECK(board.desk.list() == "done");
    CHECK(board.desk.printed == R"([{"id":"esco","occupations":1,"links":0,"names":{"en":1,"fi":1}},)"
                                R"({"id":"esco-ar","occupations":1,"links":0,"names":{"ar":1}}])"
                                "\n");
    CHECK(board.agency.count("SELECT count(*) FROM documents WHERE kind = 'occupations'") == 2);
    CHECK(board.desk.remove("esco") == "done");
    board.minutes_later();
    CHECK(board.found("loft keeper").empty());
    CHECK(board.desk.remove("esco") == "occupations esco: agency a has no table of that name");
}

TEST_CASE("a table that is wrong is refused with its file and place, and the one before it stays") {
    MirroredBoard board;
    CHECK(board.desk.import(attic) == "done");
    CHECK(board.desk.import("conceptUri,iscoGroup,preferredLabel,altLabels\nhttp://x/occupation/1,99,a,\n",
                            "esco", "en") == "-: row 2, column iscoGroup: not a code of four digits");
    CHECK(board.desk.import("hello") == "-: not ESCO's occupations; it seems to be a plain text");
    const auto missing = board.desk.run("", true, [](const Invocation& i) {
        return occupations_import_command(i, {"a", "esco", "/nowhere/esco.json", "", ""});
    });
    CHECK(missing == "/nowhere/esco.json: cannot be read");
    const auto other = board.desk.run(attic, true, [](const Invocation& i) {
        return occupations_import_command(i, {"nobody", "esco", "-", "", ""});
    });
    CHECK(other == "-: agency nobody");
    CHECK(board.desk.list() == "done");
    CHECK(board.desk.printed == R"([{"id":"esco","occupations":1,"links":0,"names":{"en":1,"fi":1}}])"
                                "\n");
}

TEST_CASE("tables are served to kiosks of their agency alone, and signed anew when the server starts") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    require(run_admin_action(*agency.services, "occupations_import",
                             Json::object({{"agency", "a"}, {"format", "esco"}, {"text", attic}})));
    CHECK(call(agency, "GET", "/v1/occupations?agency=b", kiosk.headers()).status == 403);
    const std::string before = call(agency, "GET", "/v1/occupations?agency=a", kiosk.headers()).body;
    agency.open();
    require_done(publish_documents(*agency.services, "a"));
    const Response response = call(agency, "GET", "/v1/occupations?agency=a", kiosk.headers());
    CHECK(response.body == before); // an equal key signs alike
    const Json list = json_of(response);
    REQUIRE(list.size() == 1);
    SignedContent content;
    content.agency = "a";
    content.kind = "occupations";
    content.id = list[0]["id"].text();
    content.body = list[0]["body"].text();
    content.signer = list[0]["signer"].text();
    const Bytes signature = require(from_base64url(list[0]["signature"].text()));
    std::copy(signature.begin(), signature.end(), content.signature.begin());
    CHECK(check_content(content, agency.keys_of("a")).ok());
    content.body += " ";
    CHECK_FALSE(check_content(content, agency.keys_of("a")).ok()); // the control
}
