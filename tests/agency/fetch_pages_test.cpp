#include "agency/cli/admin_actions.h"
#include "agency/cli/settings.h"
#include "agency/vacancies/vacancy_feed.h"
#include "core/base/bytes.h"
#include "tests/agency/feed_server.h"

using namespace vakant;

namespace {

constexpr UtcMs hour = 3'600'000;

std::string tmt_page(int promised, const std::vector<std::string>& ids) {
    std::string ads;
    for (const std::string& id : ids)
        ads += (ads.empty() ? "" : ",") +
               (R"({"ilmoituksenID":")" + id + R"(","muokattupvm":"2026-11-01T10:00:00Z","perustiedot":)" +
                R"({"tyonOtsikko":[{"kieliKoodi":"fi","arvo":"Siivooja"}]}})");
    return R"({"sivutus":{"sivu":0},"ilmoituksienMaara":)" + std::to_string(promised) +
           ",\n\"ilmoitukset\":[" + ads + "]}";
}

/// What stands at "/ads", one page after the other.
struct TmtStage : FetchStage {
    TmtStage() : FetchStage(FeedFormat::tmt, "/ads") { source.page_size = 2; }
    void pages(const std::vector<FeedAnswer>& answers) {
        server.forget_answers();
        for (const FeedAnswer& one : answers)
            server.answer("/ads", one);
    }
    void pages(const std::vector<std::string>& bodies) {
        std::vector<FeedAnswer> answers;
        for (const std::string& body : bodies)
            answers.push_back({200, body, {}, false});
        pages(answers);
    }
};

std::string posting(const std::string& id, const std::string& title) {
    return R"({"@type":"JobPosting","identifier":")" + id + R"(","title":")" + title +
           R"(","url":"https://jobs.example/)" + id + R"("})";
}

} // namespace

TEST_CASE("a sweep reads page after page until it has what was promised, and takes away what it lacks") {
    TmtStage stage;
    stage.pages({tmt_page(3, {"a", "b"}), tmt_page(3, {"c"})});
    CHECK(stage.fetch().import.added == 3);
    CHECK(stage.server.asked() ==
          std::vector<std::string>{"GET /ads?sivu=0&maara=2", "GET /ads?sivu=1&maara=2"});
    stage.pages({tmt_page(2, {"a", "c"})});
    const FetchReport report = stage.fetch();
    CHECK(report.detail == "");
    CHECK(report.import.absent == 1);
    CHECK(stage.open_ads() == 2);
    CHECK(stage.state().swept_at == stage.agency.clock.wall_ms());
}

TEST_CASE("a sweep that stops at a ceiling, is refused on the way or loses a page removes nothing") {
    TmtStage stage;
    stage.pages({tmt_page(3, {"a", "b"}), tmt_page(3, {"c"})});
    stage.fetch();
    const auto detail_of = [&stage] {
        const std::string detail = stage.fetch().detail;
        CHECK(stage.open_ads() == 3);
        return detail;
    };
    stage.pages({tmt_page(3, {"a", "b"}), tmt_page(3, {})}); // the ceiling: empty pages from there on
    CHECK(detail_of() == "nothing absent was taken away: the file holds 2 of 3");
    stage.pages({{200, tmt_page(3, {"a", "b"}), {}, false}, {403, "", {}, false}});
    CHECK(detail_of().ends_with("answers 403"));
    stage.pages(
        {{200, tmt_page(3, {"a", "b"}), {}, false}, {200, tmt_page(3, {"c"}).substr(0, 60), {}, true}});
    CHECK(detail_of().find("the answer was cut off") != std::string::npos);
    stage.pages({{200, tmt_page(3, {"a", "b"}), {}, false}, {200, "<html>later</html>", {}, false}});
    CHECK(detail_of().starts_with("a page cannot be read"));
    // An ad that went while the pages were read moves the others up: one was skipped, none is missing.
    stage.pages({tmt_page(3, {"a", "b"}), tmt_page(2, {})});
    CHECK(detail_of() == "nothing absent was taken away: the file holds 2 of 3");
    // The control: the same sweep, whole.
    stage.pages({tmt_page(2, {"a", "b"})});
    stage.fetch();
    CHECK(stage.open_ads() == 2);
}

TEST_CASE("a page with a posting is asked whether it has changed, and is over where it is gone") {
    FetchStage stage(FeedFormat::jobposting, "/job/1");
    stage.source.urls.push_back(stage.server.url("/job/2"));
    const auto page = [](const std::string& id, const std::string& title) {
        return "<html><script type=\"application/ld+json\">" + posting(id, title) + "</script></html>";
    };
    stage.server.answer("/job/1", {200, page("1", "Cook"), {{"ETag", "\"1\""}}, false});
    stage.server.answer("/job/1", {304, "", {}, false});
    stage.server.answer(
        "/job/2", {200, page("2", "Cleaner"), {{"Last-Modified", "Mon, 23 Nov 2026 07:00:00 GMT"}}, false});
    stage.server.answer("/job/2", {410, "", {}, false});
    CHECK(stage.fetch().import.added == 2);
    stage.server.asked();
    const FetchReport second = stage.fetch();
    CHECK(second.outcome == "imported");
    CHECK(second.import.absent == 1);
    CHECK(stage.open_ads() == 1);
    const auto requests = stage.server.requests();
    CHECK(requests[2].find("If-None-Match: \"1\"\r\n") != std::string::npos);
    CHECK(requests[3].find("If-Modified-Since: Mon, 23 Nov 2026 07:00:00 GMT\r\n") != std::string::npos);
}

TEST_CASE("an address that fails keeps neither the others waiting nor its own ads from the board") {
    FetchStage stage(FeedFormat::jobposting, "/job/1");
    stage.source.urls.push_back(stage.server.url("/job/2"));
    stage.server.answer("/job/1", {200, posting("1", "Cook"), {}, false});
    stage.server.answer("/job/1", {200, "<html>we are moving house</html>", {}, false});
    stage.server.answer("/job/2", {200, posting("2", "Cleaner"), {}, false});
    stage.fetch();
    stage.server.asked();
    CHECK(stage.fetch().outcome == "failed");
    CHECK(stage.server.asked().size() == 2);
    CHECK(stage.open_ads() == 2);
}

TEST_CASE(
    "a table that is all there is takes away the agency's rows that it lacks, not those of another file") {
    FetchStage stage(FeedFormat::csv, "/jobs.csv");
    stage.source.whole = true;
    const std::string head = "id,language,title,description\n";
    require(run_admin_action(
        *stage.agency.services, "import",
        Json::object({{"agency", "a"}, {"format", "csv"}, {"text", head + "X,fi,Kokki,Keittoa\n"}})));
    stage.server.answer("/jobs.csv", {200, head + "A,fi,Kokki,Keittoa\nB,fi,Siivooja,Siivoa\n", {}, false});
    stage.server.answer("/jobs.csv", {200, head + "B,fi,Siivooja,Siivoa\n", {}, false});
    CHECK(stage.fetch().import.added == 2);
    CHECK(stage.fetch().import.absent == 1);
    CHECK(stage.open_ads() == 2);
    CHECK(stage.agency.count("SELECT COUNT(*) FROM vacancies WHERE source_id = 'X' AND state = 'active'") ==
          1);
}

TEST_CASE("an ad of others without an end is over two months after it was last seen, an own order is not") {
    FetchStage stage(FeedFormat::jobposting, "/job/1");
    stage.server.answer("/job/1", {200, posting("1", "Cook"), {}, false});
    stage.fetch();
    require(
        run_admin_action(*stage.agency.services, "import",
                         Json::object({{"agency", "a"},
                                       {"format", "csv"},
                                       {"text", "id,language,title,description\nX,fi,Kokki,Keittoa\n"}})));
    const auto sweep = [&stage] {
        require(sweep_vacancies(*stage.agency.services->database, stage.agency.clock.wall_ms()));
        return stage.open_ads();
    };
    stage.agency.clock.move(59 * 24 * hour);
    CHECK(sweep() == 2);
    stage.fetch(); // seen again
    stage.agency.clock.move(59 * 24 * hour);
    CHECK(sweep() == 2);
    stage.agency.clock.move(24 * hour);
    CHECK(sweep() == 1);
    CHECK(stage.agency.count("SELECT COUNT(*) FROM vacancies WHERE source = 'own' AND state = 'active'") ==
          1);
}

TEST_CASE("feeds are read from the settings by name, and a wrong one is told by file, line and member") {
    ScratchFolder folder;
    const auto settings_of = [&folder](const std::string& text) {
        require_done(write_file_durably(folder / "agency.toml", text));
        GivenOptions given;
        given.config = folder / "agency.toml";
        given.assets = folder.path();
        return read_settings(given, "/nowhere/bin/program");
    };
    const auto read =
        settings_of("data = \"/tmp/x\"\n\n[[fetch]]\nname = \"platsbanken\"\nformat = \"jobtech\"\n"
                    "url = \"https://jobstream.example/stream\"\n"
                    "snapshot_url = \"https://jobstream.example/snapshot\"\nevery_s = 120\n"
                    "[[fetch]]\nname = \"pages\"\nformat = \"jobposting\"\nagency = \"a\"\n"
                    "urls = [\"https://x.example/1\", \"https://x.example/2\"]\n");
    REQUIRE(read.ok());
    REQUIRE(read->feeds.size() == 2);
    CHECK(read->feeds[0].every_ms == 120'000);
    CHECK(read->feeds[0].overlap_ms == 2 * hour);
    CHECK(read->feeds[1].urls.size() == 2);
    CHECK(to_json(require(feed_source_from_json(to_json(read->feeds[1])))) == to_json(read->feeds[1]));
    const auto problem = [&](const std::string& members) {
        const auto wrong = settings_of("[[fetch]]\n" + members);
        REQUIRE_FALSE(wrong.ok());
        const std::string& detail = wrong.error().detail;
        return detail.substr(detail.find("agency.toml"));
    };
    CHECK(
        problem("name = \"x\"\nformat = \"rss\"\nurl = \"https://x.example\"\n") ==
        "agency.toml:1: fetch x: format: \"rss\" is none of jobtech, nav, tmt, jobposting, eures, csv, own");
    CHECK(problem("name = \"x\"\nformat = \"nav\"\n") == "agency.toml:1: fetch x: url: missing");
    CHECK(problem("name = \"X Y\"\nformat = \"nav\"\nurl = \"https://x.example\"\n") ==
          "agency.toml:1: fetch X Y: name: needs small letters, digits and -");
    CHECK(problem("name = \"x\"\nformat = \"nav\"\nurl = \"https://x.example\"\nevery = 5\n") ==
          "agency.toml:1: fetch x: every: no setting of that name");
    CHECK(problem("name = \"x\"\nformat = \"nav\"\nurl = \"ftp://x.example\"\n") ==
          "agency.toml:1: fetch x: url: \"ftp://x.example\" is no web address");
    CHECK(problem("name = \"x\"\nformat = \"nav\"\nurl = \"https://x.example\"\nevery_s = 5\n") ==
          "agency.toml:1: fetch x: every_s: must be a whole number from 60 to 2592000");
    CHECK(problem("name = \"x\"\nformat = \"nav\"\nurl = \"https://x.example\"\nkey_header = \"k\"\n") ==
          "agency.toml:1: fetch x: key_header: goes together with key_file");
}

TEST_CASE("dates of HTTP are written and read as the RFC says, and nothing else is taken for one") {
    CHECK(http_date(784'111'777'000) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784'111'777'000);
    for (const char* other : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
                              "Sun, 66 Nov 1994 08:49:37 GMT", "2026-11-23T08:00:00Z"})
        CHECK(parse_http_date(other) == std::nullopt);
}
