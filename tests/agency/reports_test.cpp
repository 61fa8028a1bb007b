#include "agency/cli/admin_actions.h"
#include "tests/agency/agency_fixture.h"

using namespace vakant;

namespace {

std::string report_of(const std::string& vacancy, const std::string& reason) {
    return Json::object({{"kind", "report"},
                         {"vacancy", vacancy},
                         {"title", "Lokalvårdare"},
                         {"reason", reason},
                         {"language", "uk"}})
        .to_text();
}

Response deliver(AgencyFixture& agency, const PlayedKiosk& kiosk, const std::string& payload) {
    return call(agency, "POST", "/v1/submissions", kiosk.headers(),
                submission_line(kiosk.seal(agency, "a", payload), "a"));
}

Json reports(AgencyFixture& agency, const std::string& whose) {
    return require(run_admin_action(*agency.services, "reports", Json::object({{"agency", whose}})));
}

} // namespace

TEST_CASE("a report on an advertisement is kept and listed, the newest first, and makes nobody a candidate") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    CHECK(deliver(agency, kiosk, report_of("v1", "money")).body.find("\"verdict\":\"stored\"") !=
          std::string::npos);
    agency.clock.move(60'000);
    deliver(agency, kiosk, report_of("v2", "closed"));
    const Json list = reports(agency, "a");
    REQUIRE(list.size() == 2);
    CHECK(list[0]["vacancy"].text() == "v2");
    CHECK(list[1]["reason"].text() == "money");
    CHECK(list[1]["title"].text() == "Lokalvårdare");
    CHECK(list[1]["received_at"].text() == "2026-11-23T08:00:00Z");
    CHECK(list[1]["state"].is_null());
    CHECK(reports(agency, "b").size() == 0);
    CHECK(reports(agency, "").size() == 2);
    CHECK(agency.count("SELECT COUNT(*) FROM candidates") == 0);
    CHECK(agency.count("SELECT COUNT(*) FROM envelopes WHERE flag <> ''") == 0);
}

TEST_CASE("a report without a vacancy or a reason is kept as it is and flagged") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    deliver(agency, kiosk, R"({"kind":"report","vacancy":"v1"})");
    CHECK(reports(agency, "").size() == 0);
    CHECK(agency.count("SELECT COUNT(*) FROM envelopes WHERE flag = 'not_readable'") == 1);
}

TEST_CASE("a remark longer than a remark is cut") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    Json report = require(parse_json(report_of("v1", "other")));
    report.set("remark", std::string(2000, 'x'));
    deliver(agency, kiosk, report.to_text());
    CHECK(reports(agency, "")[0]["remark"].text().size() == 500);
}
