// The commands import and fetch as people call them, against a running serve's socket and without one.
#include <sstream>

#include "agency/cli/admin_socket.h"
#include "agency/cli/commands.h"
#include "agency/cli/fetch_schedule.h"
#include "core/base/bytes.h"
#include "tests/agency/feed_server.h"

#include <spdlog/sinks/ostream_sink.h>

using namespace vakant;

namespace {

const std::string feed = R"([{"id":"1","headline":"Cleaner","description":{"text":"Words"},)"
                         R"("application_deadline":"2026-12-31T23:59:59"}])";

struct Desk {
    AgencyFixture& agency;
    std::vector<FeedSource> feeds;
    std::string printed;

    template <typename Command>
    std::string run(const std::string& typed, Command command) {
        std::istringstream in(typed);
        std::ostringstream out;
        Settings settings;
        settings.data = agency.folder.path();
        settings.assets = agency.assets;
        settings.postgres = postgres_for(agency.folder.path());
        settings.feeds = feeds;
        const Invocation invocation{settings, true, agency.clock, agency.random, in, out};
        const Outcome outcome = command(invocation);
        printed = out.str();
        return outcome.ok() ? std::string("done") : outcome.error().detail;
    }
    std::string import(const std::string& typed, const std::string& file = "-") {
        ImportOptions options;
        options.format = "jobtech";
        options.agency = "a";
        options.file = file;
        return run(typed, [&](const Invocation& i) { return import_command(i, options); });
    }
    std::string fetch(const FetchOptions& options) {
        return run("", [&](const Invocation& i) { return fetch_command(i, options); });
    }
};

} // namespace

TEST_CASE("import takes standard input or a file, whether serve runs or not, and counts as it should") {
    AgencyFixture agency;
    Desk desk{agency, {}, ""};
    const std::string once = R"({"read":1,"added":1,"updated":0,"unchanged":0,"removed":0,"refused":[]})";
    const std::string again = R"({"read":1,"added":0,"updated":0,"unchanged":1,"removed":0,"refused":[]})";
    {
        const auto socket = require(AdminSocket::start(*agency.services));
        CHECK(desk.import(feed) == "done");
        CHECK(desk.printed == once + "\n");
    }
    agency.services.reset();
    require_done(write_file_durably(agency.folder / "feed.json", feed));
    CHECK(desk.import("", agency.folder / "feed.json") == "done");
    CHECK(desk.printed == again + "\n");
    CHECK(desk.import("", agency.folder / "missing.json") ==
          (agency.folder / "missing.json").string() + ": cannot be read");
    CHECK(desk.import("hello").ends_with("it seems to be a plain text"));
    agency.open();
}

TEST_CASE("a large text beside a request is not a part of its line, and the next request is read after it") {
    AgencyFixture agency;
    const auto socket = require(AdminSocket::start(*agency.services));
    const Json arguments = Json::object({{"agency", "a"}, {"format", "jobtech"}});
    auto spool = require(SpooledText::make(agency.folder.path()));
    std::string lines = feed.substr(1, feed.size() - 2);
    for (int i = 0; i < 400; ++i) // line ends and more than a piece of the socket
        require_done(spool.append(lines + "\n" + std::string(300, ' ') + "\n"));
    const auto answer = require(ask_running_serve(agency.folder.path(), "import", arguments, &spool));
    REQUIRE(answer);
    CHECK((*answer)["report"]["read"].integer_or(0) == 400);
    CHECK((*answer)["report"]["added"].integer_or(0) == 1);
}

TEST_CASE("fetch says what each feed came to, and ends with a problem where one failed") {
    AgencyFixture agency;
    FeedServer server;
    server.answer("/stream", {200, feed, {}, false});
    FeedSource good;
    good.name = "good";
    good.agency = "a";
    good.urls = {server.url("/stream")};
    FeedSource bad = good;
    bad.name = "bad";
    bad.urls = {server.url("/missing")};
    Desk desk{agency, {good, bad}, ""};
    const auto socket = require(AdminSocket::start(*agency.services));
    CHECK(desk.fetch({"good", true, false}) == "done");
    CHECK(desk.printed ==
          R"({"name":"good","outcome":"imported","import":{"read":1,"added":1,"updated":0,"unchanged":0,)"
          R"("removed":0,"refused":[]},"next_at":"2026-11-23T08:15:00Z"})"
          "\n");
    CHECK(desk.fetch({"", true, false}) == "1 of the feeds failed");
    CHECK(desk.fetch({"other", true, false}) == "fetch other: no feed of that name in the settings file");
    CHECK(desk.fetch({"bad", false, true}) == "done");
    const Json status = require(parse_json(desk.printed));
    CHECK(status["fetched_at"].is_null());
    CHECK(status["failures"].integer_or(0) == 1);
    CHECK(status["outcome"].text() == "failed: the stream's address answers 404");
}

TEST_CASE("serve fetches what is due by itself, and stops in the middle of a silent answer") {
    AgencyFixture agency;
    std::promise<void> asked;
    LoopbackServer silent([&](const std::string&) {
        asked.set_value();
        return std::string(); // says nothing until the client gives up
    });
    FeedSource source;
    source.name = "slow";
    source.agency = "a";
    source.urls = {silent.url("/stream")};
    const std::vector<FeedSource> sources{source};
    std::ostringstream lines;
    spdlog::logger log("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines));
    FetchSchedule schedule(*agency.services, sources, log);
    asked.get_future().wait();
    agency.services->stopping = true;
    schedule.stop(); // comes back at once: the test would take a minute otherwise
    CHECK(agency.count("SELECT COUNT(*) FROM feed_states") == 0);
    CHECK(lines.str().find("canary") == std::string::npos);
}
