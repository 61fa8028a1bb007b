#include "agency/cli/admin_actions.h"
#include "agency/cli/admin_socket.h"
#include "agency/cli/commands.h"
#include "tests/agency/agency_fixture.h"

#include <sstream>

using namespace vakant;

namespace {

const std::string feed =
    R"([{"id":"1","headline":"Cleaner","removed":false,"description":{"text":"Words"},)"
    R"("publication_date":"2026-11-01T10:00:00","application_deadline":"2026-12-31T23:59:59"}])";

Json import_arguments() {
    return Json::object({{"agency", "a"}, {"format", "jobtech"}, {"text", feed}});
}

} // namespace

TEST_CASE("an action asked over admin.sock answers as one that runs here") {
    AgencyFixture here;
    AgencyFixture there;
    const auto socket = require(AdminSocket::start(*there.services));
    for (const std::string action : {"import", "import", "vacancies", "devices", "candidates"}) {
        const auto direct = require(run_admin_action(*here.services, action, import_arguments()));
        const auto asked = require(ask_running_serve(there.folder.path(), action, import_arguments()));
        REQUIRE(asked.has_value());
        CHECK(asked->to_text() == direct.to_text());
    }
}

TEST_CASE("an action's failure comes back over admin.sock as it was") {
    AgencyFixture agency;
    const auto socket = require(AdminSocket::start(*agency.services));
    const Json arguments = Json::object({{"code", "BCDF-GHJK"}, {"agencies", Json::array({Json("a")})}});
    const auto direct = run_admin_action(*agency.services, "device_begin_approval", arguments);
    const auto asked = ask_running_serve(agency.folder.path(), "device_begin_approval", arguments);
    REQUIRE_FALSE(direct.ok());
    REQUIRE_FALSE(asked.ok());
    CHECK(asked.error().kind == ErrorKind::not_found);
    CHECK(asked.error().detail == direct.error().detail);
    CHECK(asked.error().detail == "code BCDF-GHJK: no kiosk shows it, or it has expired");
    CHECK_FALSE(ask_running_serve(agency.folder.path(), "no such thing", arguments).ok());
}

TEST_CASE("where no serve runs nobody answers, and one process at a time has the store") {
    const ScratchFolder folder;
    const auto asked = require(ask_running_serve(folder.path(), "devices", Json::object()));
    CHECK_FALSE(asked.has_value());
    {
        const auto held = require(DataLock::take(folder.path()));
        const auto second = DataLock::take(folder.path());
        REQUIRE_FALSE(second.ok());
        CHECK(second.error().kind == ErrorKind::unavailable);
    }
    CHECK(DataLock::take(folder.path()).ok());
}

TEST_CASE("admin.sock is its owner's alone, and gone with its server") {
    AgencyFixture agency;
    const auto path = agency.folder / "admin.sock";
    {
        const auto socket = require(AdminSocket::start(*agency.services));
        const auto mode = std::filesystem::status(path).permissions();
        CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("devices approve prints the six words and approves on nothing but yes") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    const auto code = require(agency.services->database->write_for<DeviceCode>([&](Connection& connection) {
        return request_code(connection, {kiosk.id, "0.1.0", kiosk.key.public_key, "192.0.2.7"},
                            agency.clock.wall_ms(), agency.random);
    }));
    const auto socket = require(AdminSocket::start(*agency.services));
    const auto approve = [&](const std::string& typed, bool json, std::string& printed) {
        std::istringstream in(typed);
        std::ostringstream out;
        Settings settings;
        settings.data = agency.folder.path();
        const Invocation invocation{settings, json, agency.clock, agency.random, in, out};
        const Outcome outcome = devices_approve_command(invocation, {code.user_code, {"a"}});
        printed = out.str();
        return outcome.ok() ? std::string("approved") : outcome.error().detail;
    };
    std::string printed;
    CHECK(approve("", true, printed) == "no answer was given: nothing is approved");
    const Json words = require(parse_json(printed.substr(0, printed.find('\n'))))["words"];
    CHECK(words.size() == 6);
    SECTION("yes") {
        CHECK(approve("yes\n", true, printed) == "approved");
        CHECK(printed.ends_with(R"({"approved":true,"device":")" + kiosk.id + "\",\"agencies\":[\"a\"]}\n"));
        CHECK(agency.count("SELECT COUNT(*) FROM device_codes WHERE desk_agreed = 1 AND dead = 0") == 1);
    }
    SECTION("no") {
        CHECK(approve("no\n", false, printed) == "the words were not confirmed: the code is dead");
        CHECK(agency.count("SELECT COUNT(*) FROM device_codes WHERE desk_agreed = 0 AND dead = 1") == 1);
    }
    SECTION("something else") {
        CHECK(approve("y\n", false, printed) == "the words were not confirmed: the code is dead");
    }
}

TEST_CASE("a settings file says by line what is wrong with it") {
    const ScratchFolder folder;
    const auto file = folder / "agency.toml";
    const auto problem = [&](const std::string& text) {
        REQUIRE(write_file_durably(file, text).ok());
        GivenOptions given;
        given.config = file;
        const auto settings = read_settings(given, "/nowhere/program");
        return settings.ok() ? "port " + std::to_string(settings->server.port) : settings.error().detail;
    };
    CHECK(problem("[server]\nport = 9000\n") == "port 9000");
    CHECK(problem("[server]\nprot = 9000\n") == file.string() + ":2: server.prot: no setting of that name");
    CHECK(problem("[server]\nport = \"x\"\n") ==
          file.string() + ":2: server.port: not a value that it can have");
    CHECK(problem("[server]\nport = 70000\n") ==
          file.string() + ":2: server.port: not a value that it can have");
    CHECK(problem("data = \n").starts_with(file.string() + ":1: "));
}
