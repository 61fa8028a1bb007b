#include "agency/cli/admin_actions.h"
#include "core/envelope/envelope.h"
#include "core/profile/agency_profile.h"
#include "tests/agency/agency_fixture.h"

using namespace vakant;

namespace {

std::string profile(const std::string& name, const std::string& version = "1") {
    return Json::object({{"profile", "vakant-agency-profile/1"}, {"name", name}, {"version", version}})
        .to_text();
}

Result<Json> set_profile(AgencyFixture& agency, const std::string& id, const std::string& text) {
    return run_admin_action(*agency.services, "config_set", Json::object({{"agency", id}, {"text", text}}));
}

SignedContent content_of(const Json& item, const std::string& agency) {
    SignedContent content;
    content.agency = agency;
    content.kind = "config";
    content.id = item["id"].text();
    content.body = item["body"].text();
    content.signer = item["signer"].text();
    const Bytes signature = require(from_base64url(item["signature"].text()));
    REQUIRE(signature.size() == content.signature.size());
    std::copy(signature.begin(), signature.end(), content.signature.begin());
    return content;
}

} // namespace

TEST_CASE(
    "a kiosk fetches the agency's profile, signed by its content key, and only that of agencies it serves") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    CHECK(call(agency, "GET", "/v1/config?agency=a", kiosk.headers()).body == "[]");
    require(set_profile(agency, "a", profile("Apu Oy")));
    require(set_profile(agency, "b", profile("Bemanning Ab")));

    const Response response = call(agency, "GET", "/v1/config?agency=a", kiosk.headers());
    REQUIRE(response.status == 200);
    const Json list = json_of(response);
    REQUIRE(list.size() == 1);
    CHECK(list[0]["id"].text() == "profile");
    CHECK(list[0]["digest"].text() == blake2b_hex(list[0]["body"].text()));
    SignedContent content = content_of(list[0], "a");
    CHECK(agency_profile_from_text(content.body)->name == "Apu Oy");
    CHECK(check_content(content, agency.keys_of("a")).ok());
    content.body += " "; // the control: a changed body is not genuine
    CHECK_FALSE(check_content(content, agency.keys_of("a")).ok());
    CHECK(call(agency, "GET", "/v1/config?agency=b", kiosk.headers()).status == 403);
}

TEST_CASE("a new profile takes the place of the old one, and an equal one changes nothing for kiosks") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    const auto tag = [&] {
        const Response response = call(agency, "GET", "/v1/config?agency=a", kiosk.headers());
        for (const auto& [name, value] : response.headers)
            if (name == "etag") return value;
        return std::string();
    };
    require(set_profile(agency, "a", profile("Apu Oy")));
    const std::string first = tag();
    require(set_profile(agency, "a", " " + profile("Apu Oy")));
    CHECK(tag() == first);
    require(set_profile(agency, "a", profile("Apu ja Toimi Oy", "2")));
    CHECK(tag() != first);
    CHECK(require(run_admin_action(*agency.services, "config_show", Json::object({{"agency", "a"}})))["name"]
              .text() == "Apu ja Toimi Oy");
}

TEST_CASE("a profile that is wrong is refused and the one before it stays") {
    AgencyFixture agency;
    require(set_profile(agency, "a", profile("Apu Oy")));
    const auto refused = set_profile(agency, "a", R"({"profile":"vakant-agency-profile/1","nmae":"Apu"})");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::invalid_input);
    CHECK(refused.error().detail == "nmae: no such member");
    CHECK(require(run_admin_action(*agency.services, "config_show", Json::object({{"agency", "a"}})))["name"]
              .text() == "Apu Oy");
    CHECK(set_profile(agency, "nobody", profile("X")).error().detail == "agency nobody");
}

TEST_CASE("a start of the server keeps the profile and signs it with the content key of that day") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    require(set_profile(agency, "a", profile("Apu Oy")));
    agency.open();
    require_done(publish_documents(*agency.services, "a"));
    const Json list = json_of(call(agency, "GET", "/v1/config?agency=a", kiosk.headers()));
    REQUIRE(list.size() == 1);
    CHECK(check_content(content_of(list[0], "a"), agency.keys_of("a")).ok());
}
