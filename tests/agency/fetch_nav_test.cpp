#include "tests/agency/feed_server.h"

using namespace vakant;

namespace {

constexpr UtcMs hour = 3'600'000;
const std::string a = "11111111-0000-4000-8000-000000000001";
const std::string b = "11111111-0000-4000-8000-000000000002";
const std::string c = "11111111-0000-4000-8000-000000000003";

/// A line of a page; `at` is a time of 20 November 2026.
std::string line(const std::string& id, const std::string& status, const std::string& at) {
    const bool masked = status != "ACTIVE";
    return R"({"id":"line","url":"/api/v1/feedentry/)" + id + R"(","title":")" + (masked ? "..." : "Kokk") +
           R"(","date_modified":"2026-11-20T)" + at + R"(Z","_feed_entry":{"uuid":")" + id +
           R"(","status":")" + status +
           R"(","title":"...","businessName":"","municipal":"?","sistEndret":"2026-11-20T)" + at + R"(Z"}})";
}
std::string page(const std::string& id, const std::string& next, const std::string& lines) {
    return R"({"version":"1.0","title":"NAV","feed_url":"/api/v1/feed","id":)" + id + R"(,"next_id":)" +
           next + R"(,"items":[)" + lines + "]}";
}
std::string entry(const std::string& id, const std::string& at, const std::string& title = "Kokk") {
    return R"({"uuid":")" + id + R"(","sistEndret":"2026-11-20T)" + at +
           R"(Z","status":"ACTIVE","ad_content":{)" + R"("title":")" + title +
           R"(","description":"<p>Mat.</p>","expires":"2026-12-31T00:00:00+01:00",)" +
           R"("contactList":[{"name":"Canary Person","email":"canary@example.invalid"}],)" +
           R"("employer":{"name":"Kafe AS","orgnr":"999888777"}}})";
}

struct NavStage : FetchStage {
    NavStage() : FetchStage(FeedFormat::nav, "/api/v1/feed") {}
    void says(const std::string& path, const std::string& body, HttpHeaders headers = {}) {
        server.answer("/api/v1/" + path, {200, body, std::move(headers), false});
    }
};

} // namespace

TEST_CASE("pages are followed to the end of the feed, and each active ad is asked for once") {
    NavStage stage;
    // The last line of a page is the first of the next one; a has three lines, b came and went.
    stage.says("feed",
               page("1", "\"2\"", line(a, "ACTIVE", "10:00:00") + "," + line(b, "ACTIVE", "10:01:00")));
    stage.says("feed/2", page("\"2\"", "null",
                              line(b, "ACTIVE", "10:01:00") + "," + line(a, "ACTIVE", "10:05:00") + "," +
                                  line(b, "INACTIVE", "10:06:00") + "," + line(c, "ACTIVE", "10:07:00")));
    stage.says("feedentry/" + a, entry(a, "10:05:00"));
    stage.says("feedentry/" + c, entry(c, "10:07:00"));
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "imported");
    CHECK(report.detail == "");
    CHECK(stage.server.asked() ==
          std::vector<std::string>{"GET /api/v1/feed", "GET /api/v1/feed/2?pageSize=1000",
                                   "GET /api/v1/feedentry/" + a, "GET /api/v1/feedentry/" + c});
    CHECK(stage.server.requests().front().find("If-Modified-Since: Sun, 24 May 2026 08:00:00 GMT\r\n") !=
          std::string::npos);
    CHECK(report.import.added == 2);
    CHECK(stage.open_ads() == 2);
    CHECK(stage.state().cursor == "2");
    CHECK(stage.agency.count("SELECT COUNT(*) FROM vacancy_contacts") == 2);
}

TEST_CASE("the last page is asked again with both validators, and 304 is nothing new") {
    NavStage stage;
    stage.says("feed", page("5", "null", line(a, "ACTIVE", "10:00:00")),
               {{"ETag", "\"v1\""}, {"Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT"}});
    stage.says("feedentry/" + a, entry(a, "10:00:00"));
    stage.fetch();
    stage.server.asked();
    stage.agency.clock.move(hour);
    stage.server.answer("/api/v1/feed/5", {304, "", {}, false});
    CHECK(stage.fetch().outcome == "unchanged");
    CHECK(stage.server.asked() == std::vector<std::string>{"GET /api/v1/feed/5?pageSize=1000"});
    CHECK(stage.server.last_request().find("If-None-Match: \"v1\"\r\n") != std::string::npos);
    CHECK(stage.server.last_request().find("If-Modified-Since: Fri, 20 Nov 2026 10:00:00 GMT\r\n") !=
          std::string::npos);
    CHECK(stage.state().cursor == "5");
    CHECK(stage.state().etag == "\"v1\"");

    // Once a day without them: by that header the source leaves out lines that were late.
    stage.agency.clock.move(24 * hour);
    stage.server.forget_answers();
    stage.says("feed/5", page("5", "null", line(a, "ACTIVE", "10:00:00")));
    stage.fetch();
    CHECK(stage.server.last_request().find("If-None-Match") == std::string::npos);
    CHECK(stage.server.asked().size() == 1); // what is in the store already is not asked for again
}

TEST_CASE("a tail that has grown is read on, withdrawals are masked, and contacts go with the ad") {
    NavStage stage;
    stage.says("feed", page("5", "null", line(a, "ACTIVE", "10:00:00")));
    stage.says("feedentry/" + a, entry(a, "10:00:00"));
    stage.fetch();
    stage.says("feed/5", page("5", "6", line(a, "ACTIVE", "10:00:00") + "," + line(b, "ACTIVE", "11:00:00")));
    stage.says("feed/6",
               page("6", "null", line(b, "ACTIVE", "11:00:00") + "," + line(a, "INACTIVE", "12:00:00")));
    stage.says("feedentry/" + b, entry(b, "11:00:00"));
    const FetchReport report = stage.fetch();
    CHECK(stage.counts(report) ==
          R"({"read":2,"added":1,"updated":0,"unchanged":0,"removed":1,"refused":[]})");
    CHECK(stage.open_ads() == 1);
    CHECK(stage.agency.count("SELECT COUNT(*) FROM vacancy_contacts") == 1);
    CHECK(stage.agency.count("SELECT COUNT(*) FROM vacancies WHERE state = 'removed' AND body = ''") == 1);
    CHECK(stage.state().cursor == "6");
}

TEST_CASE("lines out of order: the last change by its time decides") {
    NavStage stage;
    stage.says("feed", page("1", "null",
                            line(a, "INACTIVE", "12:00:00") + "," + line(a, "ACTIVE", "10:00:00") + "," +
                                line(b, "ACTIVE", "12:00:00") + "," + line(b, "INACTIVE", "10:00:00")));
    stage.says("feedentry/" + b, entry(b, "12:00:00"));
    stage.fetch();
    CHECK(stage.server.asked() == std::vector<std::string>{"GET /api/v1/feed", "GET /api/v1/feedentry/" + b});
    CHECK(stage.open_ads() == 1);
}

TEST_CASE("a token that was changed is fetched again on 401, once") {
    NavStage stage;
    stage.source.token_url = stage.server.url("/api/publicToken");
    stage.says("publicToken", "Current public token for Nav Job Vacancy Feed:\nold.token.x\n");
    stage.says("publicToken", "Current public token for Nav Job Vacancy Feed:\nnew.token.y\n");
    stage.server.answer("/api/v1/feed", {401, "", {}, false});
    stage.source.token_url = stage.server.url("/api/v1/publicToken");
    stage.says("feed", page("1", "null", ""));
    CHECK(stage.fetch().outcome == "imported");
    CHECK(stage.server.asked() == std::vector<std::string>{"GET /api/v1/publicToken", "GET /api/v1/feed",
                                                           "GET /api/v1/publicToken", "GET /api/v1/feed"});
    CHECK(stage.server.requests()[1].find("Authorization: Bearer old.token.x\r\n") != std::string::npos);
    CHECK(stage.server.requests()[3].find("Authorization: Bearer new.token.y\r\n") != std::string::npos);
    stage.server.forget_answers();
    stage.says("publicToken", "x.y.z");
    stage.server.answer("/api/v1/feed/1", {401, "", {}, false});
    const FetchReport refused = stage.fetch();
    CHECK(refused.outcome == "failed");
    CHECK(refused.detail.ends_with("answers 401"));
}

TEST_CASE("an entry that is not given out is no ad; one that fails leaves the page to be read again") {
    NavStage stage;
    stage.says("feed",
               page("1", "null", line(a, "ACTIVE", "10:00:00") + "," + line(b, "ACTIVE", "10:01:00")));
    stage.server.answer("/api/v1/feedentry/" + b, {503, "", {}, false});
    CHECK(stage.fetch().outcome == "failed"); // a answers 404, b fails
    CHECK(stage.state().cursor == "");
    stage.server.forget_answers();
    stage.says("feed",
               page("1", "null", line(a, "ACTIVE", "10:00:00") + "," + line(b, "ACTIVE", "10:01:00")));
    stage.says("feedentry/" + b, entry(b, "10:01:00"));
    const FetchReport report = stage.fetch();
    CHECK(report.outcome == "imported");
    CHECK(stage.open_ads() == 1);
    CHECK(stage.state().cursor == "1");
}

TEST_CASE("a page that is no longer there is begun again by date; one that names itself ends the run") {
    NavStage stage;
    stage.says("feed", page("5", "null", line(a, "ACTIVE", "10:00:00")));
    stage.says("feedentry/" + a, entry(a, "10:00:00"));
    stage.fetch();
    stage.server.asked();
    const FetchReport again = stage.fetch(); // the page answers 404
    CHECK(again.detail == "page 5 is no longer there: begun again by date");
    CHECK(stage.server.asked() ==
          std::vector<std::string>{"GET /api/v1/feed/5?pageSize=1000", "GET /api/v1/feed"});
    CHECK(stage.server.last_request().find("If-Modified-Since: Sun, 22 Nov 2026 08:00:00 GMT") !=
          std::string::npos);
    stage.says("feed/5", page("5", "5", ""));
    CHECK(stage.fetch().detail == "page 5 names itself as the next one");
}

TEST_CASE("a page that is cut off, or is something else, moves nothing") {
    NavStage stage;
    const std::string whole = page("1", "null", line(a, "ACTIVE", "10:00:00"));
    stage.server.answer("/api/v1/feed", {200, whole.substr(0, 100), {}, true});
    CHECK(stage.fetch().outcome == "failed");
    stage.server.forget_answers();
    stage.says("feed", R"({"error":"teapot"})");
    CHECK(stage.fetch().detail == "not a page of NAV's feed; it seems to be an error message of a server");
    CHECK(stage.state().cursor == "");
}
