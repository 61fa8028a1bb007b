#include "agency/store/leases.h"
#include "core/base/bytes.h"
#include "tests/agency/feed_server.h"

using namespace vakant;

namespace {

constexpr UtcMs hour = 3'600'000;

/// As JobStream sends it; `moved_at` is 2026-11-22 at that hour, in UTC.
std::string ad(const std::string& id, const std::string& title, int moved_at = 8) {
    const UtcMs time = require(parse_iso8601("2026-11-22T00:00:00Z")) + moved_at * hour;
    return R"({"id":")" + id + R"(","headline":")" + title + R"(","removed":false,"timestamp":)" +
           std::to_string(time) + R"(,"application_deadline":"2026-12-31T23:59:59",)" +
           R"("description":{"text":"Words"},"employer":{"name":"Kommun"}})";
}
/// 2020's way: the id is a number.
std::string removal(const std::string& id, const std::string& at) {
    return R"({"id":)" + id + R"(,"removed":true,"removed_date":")" + at + R"("})";
}

} // namespace

TEST_CASE("a first poll takes the snapshot, then the changes since it was asked for less the overlap") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.source.snapshot_url = stage.server.url("/snapshot");
    stage.server.answer("/snapshot",
                        {200, "[" + ad("1", "Kock") + "," + ad("2", "Städare") + "]", {}, false});
    stage.server.answer("/stream", {200, "[" + removal("2", "2026-11-23T08:30:00") + "]", {}, false});
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "imported");
    CHECK(report.detail == "");
    CHECK(stage.counts(report) ==
          R"({"read":3,"added":2,"updated":0,"unchanged":0,"removed":1,"refused":[],"absent":0})");
    // 08:00 UTC is 09:00 in Stockholm, less two hours.
    CHECK(stage.server.asked() ==
          std::vector<std::string>{"GET /snapshot", "GET /stream?date=2026-11-23T07:00:00"});
    CHECK(stage.state().cursor == "1795420800000");
    CHECK(stage.state().swept_at == 1'795'420'800'000);
    CHECK(stage.open_ads() == 1);

    // The snapshot is not asked for again before a day is over; the same answer changes nothing.
    stage.agency.clock.move(hour);
    CHECK(stage.counts(stage.fetch()) ==
          R"({"read":1,"added":0,"updated":0,"unchanged":1,"removed":0,"refused":[]})");
    CHECK(stage.server.asked() == std::vector<std::string>{"GET /stream?date=2026-11-23T07:00:00"});
    stage.agency.clock.move(24 * hour);
    stage.server.forget_answers();
    stage.server.answer("/snapshot", {200, "[" + ad("3", "Lärare") + "]", {}, false});
    stage.server.answer("/stream", {200, "[]", {}, false});
    CHECK(stage.fetch().import.absent == 1);
    CHECK(stage.open_ads() == 1);
}

TEST_CASE("a stream without its closing bracket gives what it holds and leaves the cursor where it was") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200, "[" + ad("1", "Kock") + "," + ad("2", "Städ"), {}, false});
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "failed");
    CHECK(report.import.added == 2);
    CHECK(report.detail.find("cut off before its closing bracket") != std::string::npos);
    CHECK(stage.state().cursor == "");
    CHECK(stage.state().failures == 1);
    CHECK(report.next_at == stage.agency.clock.wall_ms() + 60'000);
    CHECK(stage.open_ads() == 2);

    stage.server.forget_answers();
    stage.server.answer("/stream", {200, "[" + ad("1", "Kock") + "," + ad("2", "Städ") + "]", {}, false});
    CHECK(stage.fetch().import.unchanged == 2);
    CHECK(stage.state().cursor == "1795420800000");
    CHECK(stage.state().failures == 0);
}

TEST_CASE("a connection that breaks in the middle of an ad gives the ads before it and takes nothing away") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.source.snapshot_url = stage.server.url("/snapshot");
    const std::string both = "[" + ad("1", "Kock") + "," + ad("2", "Städare");
    stage.server.answer("/snapshot", {200, both + "]", {}, false});
    stage.server.answer("/stream", {200, "[]", {}, false});
    stage.fetch();
    stage.agency.clock.move(25 * hour);
    stage.server.forget_answers();
    stage.server.answer("/snapshot",
                        {200, "[" + ad("1", "Kock") + "," + ad("3", "Ny").substr(0, 40), {}, true});
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "failed");
    CHECK(report.detail.find("the answer was cut off") != std::string::npos);
    CHECK(report.import.unchanged == 1);
    CHECK(stage.open_ads() == 2);
    CHECK(stage.state().swept_at == 1'795'420'800'000);
}

TEST_CASE("a source whose clock is behind is asked from its own time on") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200, "[]", {{"Date", "Mon, 23 Nov 2026 05:00:00 GMT"}}, false});
    stage.fetch();
    stage.server.asked();
    CHECK(to_iso8601(std::stoll(stage.state().cursor)) == "2026-11-23T05:00:00Z");
    stage.fetch();
    CHECK(stage.server.asked() == std::vector<std::string>{"GET /stream?date=2026-11-23T04:00:00"});
}

TEST_CASE("a source whose clock is ahead, or that says no time, is asked from ours on") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200, "[]", {{"Date", "Mon, 23 Nov 2026 11:00:00 GMT"}}, false});
    stage.fetch();
    CHECK(to_iso8601(std::stoll(stage.state().cursor)) == "2026-11-23T08:00:00Z");
}

TEST_CASE("429 and 403 are waited out as long as the source asks, and longer each time where it does not") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    const UtcMs now = stage.agency.clock.wall_ms();
    stage.server.answer("/stream", {429, "slow down", {{"Retry-After", "3600"}}, false});
    stage.server.answer("/stream", {403, "no", {}, false});
    stage.server.answer("/stream", {503,
                                    "",
                                    {{"Date", "Mon, 23 Nov 2026 10:00:00 GMT"},
                                     {"Retry-After", "Mon, 23 Nov 2026 10:30:00 GMT"}},
                                    false});
    stage.server.answer("/stream", {200, "[]", {}, false});
    const FetchReport first = stage.fetch();
    CHECK(first.outcome == "failed");
    CHECK(first.detail == "127.0.0.1:" + stage.server.url("").substr(17) + " answers 429");
    CHECK(first.next_at == now + 3'600'000);
    CHECK(stage.fetch(true).outcome == "not_due");
    CHECK(stage.server.asked().size() == 1);
    CHECK(stage.fetch().next_at == now + 120'000); // the second failure
    CHECK(stage.fetch().next_at == now + 1'800'000);
    stage.agency.clock.move(1'800'000);
    CHECK(stage.fetch(true).outcome == "imported");
    CHECK(stage.state().failures == 0);
    CHECK(stage.state().not_before == stage.agency.clock.wall_ms() + stage.source.every_ms);
}

TEST_CASE("an id that changes its type is the same ad, and a removal wins over a stale copy of any order") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200,
                                    "[" + ad("7", "Kock", 10) + "," + removal("7", "2026-11-22T12:00:00") +
                                        "," + ad("7", "Kock", 9) + "]",
                                    {},
                                    false});
    const FetchReport report = stage.fetch();
    CHECK(stage.counts(report) ==
          R"({"read":3,"added":1,"updated":0,"unchanged":1,"removed":1,"refused":[]})");
    CHECK(stage.open_ads() == 0);
    CHECK(stage.agency.count("SELECT COUNT(*) FROM vacancies") == 1);
}

TEST_CASE("a page of another kind is refused with what it seems to be, and the cursor stays") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200, "<html><body>Sign in</body></html>", {}, false});
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "failed");
    CHECK(report.detail.find("it seems to be an HTML page") != std::string::npos);
    CHECK(stage.state().cursor == "");
}

TEST_CASE("a snapshot that suddenly lacks most of what was there takes nothing away") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.source.snapshot_url = stage.server.url("/snapshot");
    std::string all = "[" + ad("0", "Kock");
    for (int i = 1; i < 120; ++i)
        all += "," + ad(std::to_string(i), "Kock");
    stage.server.answer("/snapshot", {200, all + "]", {}, false});
    stage.server.answer("/snapshot", {200, "[" + ad("0", "Kock") + "]", {}, false});
    stage.server.answer("/stream", {200, "[]", {}, false});
    stage.fetch();
    stage.agency.clock.move(25 * hour);
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "imported");
    CHECK(report.detail == "nothing absent was taken away: the snapshot lacks 119 of 120 vacancies, which "
                           "looks like a fault of its source");
    CHECK(stage.open_ads() == 120);
}

TEST_CASE("a feed that another process holds the lease of is left to it until the lease runs out") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200, "[]", {}, false});
    require_done(stage.agency.services->database->write([&](Connection& connection) -> Outcome {
        const UtcMs now = stage.agency.clock.wall_ms();
        VAKANT_TRY(taken, take_lease(connection, "a", "fetch feed", "another", now, now + 60'000));
        CHECK(taken);
        VAKANT_TRY(second, take_lease(connection, "a", "fetch feed", "third", now, now + 60'000));
        CHECK_FALSE(second);
        return done();
    }));
    CHECK(stage.fetch().outcome == "busy");
    CHECK(stage.server.asked().empty());
    stage.agency.clock.move(60'000);
    CHECK(stage.fetch().outcome == "imported");
    CHECK(stage.agency.count("SELECT COUNT(*) FROM leases") == 0);
}

TEST_CASE("a key travels in the header that the source wants, and is read from its file each time") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.source.key_header = "api-key";
    stage.source.key_file = stage.agency.folder / "feed.key";
    require_done(write_file_durably(stage.source.key_file, "canary-secret\n"));
    stage.server.answer("/stream", {200, "[]", {}, false});
    const FetchReport report = stage.fetch();
    CHECK(stage.server.last_request().find("api-key: canary-secret\r\n") != std::string::npos);
    CHECK(to_json(report).to_text().find("canary-secret") == std::string::npos);
    std::filesystem::remove(stage.source.key_file);
    CHECK(stage.fetch().outcome == "failed");
}

TEST_CASE("a fetch that is told to stop keeps its state as it was") {
    FetchStage stage(FeedFormat::jobtech, "/stream");
    stage.server.answer("/stream", {200, "[" + ad("1", "Kock") + "]", {}, false});
    stage.agency.services->stopping = true;
    CHECK(stage.fetch().outcome == "failed");
    CHECK(stage.server.asked().empty());
    CHECK(stage.state().failures == 0);
    CHECK(stage.state().not_before == 0);
}
